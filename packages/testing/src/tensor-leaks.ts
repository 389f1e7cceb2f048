// Tensors that outlive the work that made them.

/** What counts live tensors: the TensorFlow.js namespace, or an engine. */
export interface TensorMemory {
  /** The live tensors and data buffers at this moment. */
  memory(): { readonly numTensors: number; readonly numDataBuffers: number };
}

/**
 * Counts what a piece of work leaves behind: tensors and data buffers, per repetition. The work is done once beforehand, so what it
 * caches for good does not count.
 *
 * @param tf - counts live tensors; structural, so that no TensorFlow.js is needed here
 * @param work - may be asynchronous
 * @param repetitions - how often the work is repeated. Default 5
 * @returns 0 for work that cleans up; negative where it disposes of what it did not make
 */
export async function leakedTensors(tf: TensorMemory, work: () => unknown, repetitions = 5): Promise<number> {
  await work();
  const before = tf.memory();
  for (let k = 0; k < repetitions; k++) await work();
  const after = tf.memory();
  return (after.numTensors - before.numTensors + after.numDataBuffers - before.numDataBuffers) / repetitions;
}
