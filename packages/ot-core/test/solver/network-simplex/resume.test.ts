import { withKernels } from '@brenier/kernels';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import {
  createTransportProblem,
  networkSimplex,
  pointClouds,
  runSync,
  type NetworkSimplexResult,
  type NetworkSimplexSnapshot,
  type TransportProblem,
} from '@brenier/ot-core';
import { cloud, problemKinds } from './problem-kinds.js';

function stopAfter(problem: TransportProblem, steps: number, stepBudget: number): NetworkSimplexResult {
  return runSync(networkSimplex({ resumable: true, stepBudget }), problem, { maxSteps: steps });
}

/** In a memory that remembers nothing: what a snapshot leaves out would be garbage. */
function resume(problem: TransportProblem, from: NetworkSimplexSnapshot): NetworkSimplexResult {
  withKernels(({ arena }) => arena.int32(arena.allocate(2 ** 22), 2 ** 20).fill(0x55555555));
  return runSync(networkSimplex({ from }), problem);
}

describe('networkSimplex with resumable and from', () => {
  it.each(problemKinds)('ends with the bits of an undisturbed run, wherever it was stopped: %s', (_, problem) => {
    const expected = runSync(networkSimplex(), problem);
    let stops = 0;
    // Steps of 3000 units stop in every phase of every level.
    for (let steps = 0; ; steps += 1 + (steps >> 3)) {
      const stopped = stopAfter(problem, steps, 3000);
      if (stopped.status === 'optimal') break;
      expect(stopped.status).toBe('max-iterations');
      expect(resume(problem, stopped.snapshot!)).toEqual(expected);
      stops++;
    }
    expect(stops).toBeGreaterThan(10);
  });

  it('can be stopped and resumed again and again', () => {
    const [, problem] = problemKinds[1];
    let result = stopAfter(problem, 3, 10_000);
    let stops = 0;
    for (; result.snapshot; stops++) {
      const solver = networkSimplex({ from: result.snapshot, resumable: true, stepBudget: 10_000 });
      result = runSync(solver, problem, { maxSteps: 3 });
    }
    expect(stops).toBeGreaterThan(3);
    expect(result).toEqual(runSync(networkSimplex(), problem));
  });

  it('gives snapshots of their own once the solve is long and has them ready', () => {
    const problem = createTransportProblem(pointClouds(cloud('a', 3000, 2), cloud('b', 3000, 2)));
    const expected = runSync(networkSimplex(), problem);
    const solver = networkSimplex({ resumable: true, stepBudget: 2 ** 19 });
    const state = solver.init(problem);
    for (let steps = 0; steps < 14; steps++) solver.step(state);
    const snapshots = [solver.result(state, 'aborted').snapshot!];
    solver.step(state);
    snapshots.push(solver.result(state, 'aborted').snapshot!);
    for (let steps = 0; steps < 4; steps++) solver.step(state);
    expect(solver.status(state)).toBe('running');
    solver.dispose(state);
    expect(snapshots[1].checksum).not.toBe(snapshots[0].checksum);
    for (const snapshot of snapshots) expect(resume(problem, snapshot)).toEqual(expected);
  });

  it('keeps its snapshot through structuredClone and through a file', () => {
    const [, problem] = problemKinds[0];
    const { snapshot } = stopAfter(problem, 20, 5000);
    const expected = runSync(networkSimplex(), problem);
    expect(resume(problem, structuredClone(snapshot!))).toEqual(expected);
    const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
    try {
      writeFileSync(join(folder, 'solve'), serialize(snapshot));
      const read = deserialize(readFileSync(join(folder, 'solve'))) as NetworkSimplexSnapshot;
      expect(resume(problem, read)).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has no snapshot where none was asked for, and none once it is done', () => {
    const [, problem] = problemKinds[0];
    expect(runSync(networkSimplex({ stepBudget: 5000 }), problem, { maxSteps: 3 })).not.toHaveProperty('snapshot');
    expect(runSync(networkSimplex({ resumable: true }), problem)).not.toHaveProperty('snapshot');
  });

  it('is not disturbed by results that were read on the way', () => {
    const [, problem] = problemKinds[1];
    const solver = networkSimplex({ stepBudget: 3000, resumable: true });
    const state = solver.init(problem);
    while (solver.status(state) === 'running') {
      solver.result(state, 'aborted');
      solver.progress(state);
      solver.step(state);
    }
    expect(solver.result(state, 'optimal')).toEqual(runSync(networkSimplex(), problem));
    solver.dispose(state);
  });

  it('refuses snapshots of another problem, of another version, and damaged ones', () => {
    const [, problem] = problemKinds[0];
    const snapshot = stopAfter(problem, 20, 5000).snapshot!;
    const solve = (changed: object, of = problem) => resume(of, { ...snapshot, ...changed });
    expect(() => resume(problemKinds[1][1], snapshot)).toThrow(
      '"from" expected a snapshot of this problem of 130 rows and 300 columns, got 400 rows and 400 columns',
    );
    const other = createTransportProblem(pointClouds(cloud('a', 400, 2), cloud('a', 400, 2)));
    expect(() => solve({}, other)).toThrow('got one of other costs or weights');
    const heavier = createTransportProblem(pointClouds(cloud('a', 400, 2), cloud('b', 400, 2)), {
      a: new Float64Array(400).fill(1),
    });
    expect(() => solve({}, heavier)).toThrow('got one of other costs or weights');
    const farther = createTransportProblem(pointClouds(cloud('a', 400, 2), cloud('b', 400, 2), { cost: 'euclidean' }));
    expect(() => solve({}, farther)).toThrow('got one of other costs or weights');
    expect(() => solve({ version: 0 })).toThrow('"from.version" expected');
    for (const at of [0, 1000, snapshot.bytes.length - 1]) {
      const bytes = snapshot.bytes.slice();
      bytes[at] ^= 4;
      expect(() => solve({ bytes })).toThrow('"from.bytes" expected undamaged bytes');
    }
    expect(() => solve({ bytes: snapshot.bytes.subarray(16) })).toThrow('"from.bytes" expected undamaged bytes');
    expect(() => networkSimplex({ from: {} as never })).toThrow(TypeError);
    expect(() => networkSimplex({ from: snapshot, start: { g: [0] } })).toThrow(RangeError);
    expect(() => networkSimplex({ resumable: 1 } as never)).toThrow(TypeError);
    // Refusals leave the solver and its memory usable.
    expect(resume(problem, snapshot).status).toBe('optimal');
  });
});
