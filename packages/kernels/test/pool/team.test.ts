import { afterEach, describe, expect, it } from 'vitest';
import { compileBinary } from '../../src/binary.js';
import { binary } from '../../src/generated/plain-threads.js';
import { possibleThreads, startTeam, type Team } from '../../src/pool/team.js';

const module = compileBinary(binary);
const teams: Team[] = [];

async function start(threads: number): Promise<Team> {
  const team = await startTeam(module, threads);
  teams.push(team);
  return team;
}

afterEach(async () => {
  await Promise.all(teams.splice(0).map((team) => team.dispose()));
});

describe('startTeam', () => {
  it('runs every chunk once, whoever takes it', async () => {
    const team = await start(3);
    const rows = 5000;
    const x = team.arena.allocate(rows * 8);
    const y = team.arena.allocate(8);
    const out = team.arena.allocate(rows * 8);
    const scratch = team.arena.allocate(3 * 192);
    team.arena.float64(x, rows).set(Float64Array.from({ length: rows }, (_, i) => i));
    team.arena.float64(y, 1)[0] = 0;
    for (let repetition = 0; repetition < 50; repetition++) {
      team.arena.float64(out, rows).fill(-1);
      await team.run(
        {
          kernel: 'pairwiseCosts64',
          rows,
          rowsPerChunk: 7,
          arguments: [
            { start: x, perRow: 8 },
            'rows',
            y,
            1,
            1,
            0,
            { start: out, perRow: 8 },
            { start: scratch, perThread: 192 },
          ],
        },
        undefined,
      );
      expect(team.arena.float64(out, rows).findIndex((value, i) => value !== i * i)).toBe(-1);
    }
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
