// Turns of the event loop, as short as the platform allows.

/** A source of turns of the event loop. */
export interface Pause {
  /** Resolves in a later task, after timers, messages and input that are already due. */
  turn(): Promise<void>;
  /** Lets go of what the pause holds. */
  close(): void;
}

/**
 * Node has `setImmediate`. In a browser a nested `setTimeout` waits 4 ms, so a message port is used there; in Node a port would
 * starve timers and keep the process alive.
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
