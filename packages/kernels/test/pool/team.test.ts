import { afterEach, describe, expect, it } from 'vitest';
import { compileBinary } from '../../src/binary.js';
import { binary } from '../../src/generated/plain-threads.js';
import type { HeldMemory, KernelJob } from '../../src/index.js';
import { cell, jobBytes, viewJob } from '../../src/pool/job.js';
import { possibleThreads, startTeam, type Team } from '../../src/pool/team.js';

const module = compileBinary(binary);
const teams: Team[] = [];

async function start(threads: number, patience?: number): Promise<Team> {
  const team = await startTeam({ module, isRelaxed: false, isWide: false, threads, patience });
  teams.push(team);
  return team;
}

afterEach(async () => {
  await Promise.all(teams.splice(0).map((team) => team.dispose()));
});

describe('startTeam', () => {
  it.each(['run', 'runNow'] as const)('runs every chunk once, whoever takes it (%s)', async (call) => {
    const team = await start(3);
    const rows = 5000;
    const { job, out, release } = squares(team, rows);
    for (let repetition = 0; repetition < 50; repetition++) {
      new Float64Array(team.memory.buffer, out, rows).fill(-1);
      if (call === 'run') await team.run(job, undefined);
      else team.runNow(job);
      expectSquares(team, out, rows);
    }
    release();
  });

  it('runs a synchronous job alone while another one is under way', async () => {
    const team = await start(2);
    const first = squares(team, 40_000);
    const second = squares(team, 5000);
    const running = team.run(first.job, undefined);
    team.runNow(second.job);
    expectSquares(team, second.out, 5000);
    await running;
    expectSquares(team, first.out, 40_000);
  });

  it('throws the reason when a kernel traps in a synchronous job, and stays failed', async () => {
    const team = await start(2);
    const job = { kernel: 'exponential', rows: 1000, rowsPerChunk: 1, arguments: [3e9, 3e9, 'rows'] } as const;
    expect(() => team.runNow(job)).toThrow(/A kernel failed .*out of bounds/);
    expect(() => team.runNow({ ...job, rows: 0 })).toThrow('A kernel failed');
    await expect(team.run(job, undefined)).rejects.toThrow('A kernel failed');
  });

  it('throws instead of spinning for ever when a worker dies inside a synchronous job', async () => {
    const team = await start(2, 50);
    const offset = jobOffset(team);
    // A worker that came through the gate and never left.
    Atomics.add(viewJob(team.memory.buffer, offset).cells, cell.gate, 1);
    const { job } = squares(team, 5000);
    expect(() => team.runNow(job)).toThrow('does not come back');
    expect(() => team.runNow(job)).toThrow('does not come back');
  });

  it('rejects with the reason when a kernel traps, whichever thread it was, and stays failed', async () => {
    const team = await start(2);
    // An address beyond the memory traps in the engine.
    const job = { kernel: 'exponential', rows: 1000, rowsPerChunk: 1, arguments: [3e9, 3e9, 'rows'] } as const;
    await expect(team.run(job, undefined)).rejects.toThrow(/A kernel failed .*out of bounds/);
    await expect(team.run({ ...job, rows: 0 }, undefined)).rejects.toThrow('A kernel failed');
  });

  it('ends a job whose workers are gone instead of waiting for ever', async () => {
    const team = await start(2);
    const job = { kernel: 'heapBase', rows: 1e9, rowsPerChunk: 1, arguments: [] } as const;
    const running = team.run(job, undefined);
    setTimeout(() => void team.dispose(), 30);
    await expect(running).rejects.toThrow('The worker pool was disposed');
  });

  it('cannot have more threads than a job has room for', () => {
    expect(possibleThreads(1000)).toBe(64);
  });
});

/** Squares of 0, 1, … by a kernel, in chunks of seven. */
function squares(team: Team, rows: number): { job: KernelJob; out: number; release: () => void } {
  const parts = [rows * 8, 8, rows * 8, team.threads * 192].map((bytes) => team.hold(bytes));
  const [x, y, out, scratch] = parts.map(({ offset }: HeldMemory) => offset);
  new Float64Array(team.memory.buffer, x, rows).set(Float64Array.from({ length: rows }, (_, i) => i));
  new Float64Array(team.memory.buffer, y, 1)[0] = 0;
  const job: KernelJob = {
    kernel: 'pairwiseCosts64',
    rows,
    rowsPerChunk: 7,
    arguments: [
      { start: x, perRow: 8 },
      ...(['rows', y, 1, 1, 0] as const),
      { start: out, perRow: 8 },
      { start: scratch, perThread: 192 },
    ],
  };
  return { job, out, release: () => parts.forEach((part) => part.release()) };
}

function expectSquares(team: Team, out: number, rows: number): void {
  expect(new Float64Array(team.memory.buffer, out, rows).findIndex((value, i) => value !== i * i)).toBe(-1);
}

/** The job is the first thing that a team keeps in its memory. */
function jobOffset(team: Team): number {
  const offset = Math.ceil(team.exports.heapBase() / 64) * 64;
  expect(team.hold(1).offset).toBeGreaterThanOrEqual(offset + jobBytes);
  return offset;
}
