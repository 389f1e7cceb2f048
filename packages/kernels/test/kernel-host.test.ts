import { afterAll, describe, expect, it } from 'vitest';
import { createPlainKernels, createWorkerPool, type KernelHost, localHost } from '../src/index.js';

const pool = await createWorkerPool({ threads: 2 });
afterAll(() => pool.dispose());
const hosts: readonly [string, KernelHost][] = [
  ['one instance', localHost(createPlainKernels())],
  ['a pool', pool],
];

describe.each(hosts)('%s as a host', (_, host) => {
  it('runs a kernel over chunks of rows, the last one shorter', () => {
    const held = host.hold(10 * 8);
    const x = { start: held.offset, perRow: 8 };
    new Float64Array(host.memory.buffer, held.offset, 10).fill(0);
    host.runNow({ kernel: 'exponential', rows: 9, rowsPerChunk: 4, arguments: [x, x, 'rows'] });
    expect([...new Float64Array(host.memory.buffer, held.offset, 10)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    held.release();
  });

  it('takes no rows for nothing to do', () => {
    host.runNow({ kernel: 'exponential', rows: 0, rowsPerChunk: 1, arguments: [0, 0, 'rows'] });
  });

  it('refuses a job that would hang or that it does not know', () => {
    const job = { kernel: 'heapBase', rows: 1, rowsPerChunk: 1, arguments: [] } as const;
    expect(() => host.runNow({ ...job, kernel: 'gauss' as never })).toThrow('"kernel" expected the name of a kernel');
    expect(() => host.runNow({ ...job, rows: NaN })).toThrow('"rows" expected a whole number');
    expect(() => host.runNow({ ...job, rowsPerChunk: 0 })).toThrow('"rowsPerChunk" expected a whole number');
    expect(() => host.runNow({ ...job, arguments: new Array(17).fill(0) })).toThrow('"arguments.length" expected');
    host.runNow(job);
  });

  it('gives memory that is held last back to be held again', () => {
    const first = host.hold(1000);
    const second = host.hold(1000);
    second.release();
    expect(host.hold(500).offset).toBe(second.offset);
    first.release();
  });
});
