/** What the run ran on. */
import { arch, cpus, platform, totalmem } from 'node:os';
import type { MachineRecord } from './results.js';

/** The machine, as the report prints it: no host name, no path. */
export function describeMachine(): MachineRecord {
  const cores = cpus();
  return {
    platform: platform(),
    arch: arch(),
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}
