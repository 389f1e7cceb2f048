// One turn of the event loop, as short as the platform allows.

/** A way to let the event loop run its other tasks. */
export interface Pause {
  /** Resolves in a later task, after timers, messages and input that are already due had their chance. */
  turn(): Promise<void>;
  /** Lets go of what the pause holds; a message port would keep a Node process alive. */
  close(): void;
}

/**
 * Chooses how to pause.
 *
 * `setTimeout` waits at least 4 ms in browsers once nested, a third of a frame each time, so a message port is used
 * there. Node has `setImmediate`, and must use it: its message ports deliver up to 1000 messages before they let a
 * timer run, so a port would starve the very `AbortSignal.timeout` that the pause is for.
 */
export function createPause(): Pause {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (typeof setImmediate === 'function') {
    return { turn: () => new Promise((resolve) => setImmediate(resolve)), close: () => undefined };
  }
  const { port1, port2 } = new MessageChannel();
  return {
    turn: () =>
      new Promise((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(undefined);
      }),
    close: () => port1.close(),
  };
}
