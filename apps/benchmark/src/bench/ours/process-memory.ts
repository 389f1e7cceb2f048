/** The memory that this process holds and has held, in MiB. */
import { readFileSync } from 'node:fs';

/** Resident memory now, and at its greatest since the process began. */
export function processMemory(): { now: number; peak: number } {
  const status = readStatus();
  const now = status?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  const peak = status?.match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  return {
    now: now === undefined ? process.memoryUsage.rss() / 2 ** 20 : Number(now) / 2 ** 10,
    peak: peak === undefined ? process.resourceUsage().maxRSS / 2 ** 10 : Number(peak) / 2 ** 10,
  };
}

/** Linux alone has it. There, `maxRSS` would count the parent too: a child inherits the peak of the process that started it. */
function readStatus(): string | undefined {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return undefined;
  }
}
