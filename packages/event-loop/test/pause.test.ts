import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPause } from '../src/pause.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a turn of the event loop', () => {
  it.each(['Node', 'a browser'])('comes after the microtasks that are due, in %s', async (platform) => {
    if (platform === 'a browser') vi.stubGlobal('setImmediate', undefined);
    const pause = createPause();
    const order: string[] = [];
    const turn = pause.turn().then(() => order.push('turn'));
    void Promise.resolve().then(() => order.push('microtask'));
    await turn;
    await pause.turn();
    pause.close();
    expect(order).toEqual(['microtask', 'turn']);
  });

  it.each(['Node', 'a browser'])('comes to all who wait, also where the pause is closed, in %s', async (platform) => {
    if (platform === 'a browser') vi.stubGlobal('setImmediate', undefined);
    const pause = createPause();
    await Promise.all([pause.turn(), pause.turn(), pause.turn()]);
    const underWay = [pause.turn(), pause.turn()];
    pause.close();
    await Promise.all([...underWay, pause.turn()]);
  });
});
