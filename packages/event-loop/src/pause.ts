// Turns of the event loop, as short as the platform allows.

/** A source of turns of the event loop. */
export interface Pause {
  /**
   * Resolves in a later task, after timers, messages and input that are already due had their chance. Several may be awaited at
   * once, and they resolve on a closed pause too, if later.
   */
  turn(): Promise<void>;
  /** Lets go of what the pause holds: in a browser, a message port. */
  close(): void;
}

/**
 * Chooses the fastest way to let timers, messages and input through between two slices of work.
 *
 * A nested `setTimeout` waits at least 4 ms in browsers, a quarter of a frame each time, so a message port is used there. Node has
 * `setImmediate`, and must use it: its message ports deliver up to 1000 messages before they let a timer run, so a port would starve
 * the very `AbortSignal.timeout` that the pause is for, and keep the process alive.
 *
 * @returns the pause; close it when the work is done
 *
 * @example
 * A loop that a timer may stop.
 * ```ts
 * import { createPause } from '@brenier/event-loop';
 *
 * const signal = AbortSignal.timeout(20);
 * const pause = createPause();
 * let slices = 0;
 * while (!signal.aborted) {
 *   slices++;
 *   await pause.turn();
 * }
 * pause.close();
 * slices > 1; // => true
 * ```
 */
export function createPause(): Pause {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (typeof setImmediate === 'function') {
    return { turn: () => new Promise((resolve) => setImmediate(resolve)), close: () => undefined };
  }
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  let isClosed = false;
  port1.onmessage = () => waiting.shift()?.();
  return {
    turn: () =>
      new Promise((resolve) => {
        if (isClosed) return void setTimeout(resolve);
        waiting.push(resolve);
        port2.postMessage(undefined);
      }),
    close() {
      isClosed = true;
      port1.close();
      for (const resolve of waiting.splice(0)) setTimeout(resolve);
    },
  };
}
