import { setImmediate, setTimeout } from 'node:timers/promises';

/** Resolves after so long, or when the signal aborts. Unlike a signal's own timeout it keeps a command alive that waits for nothing else. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

/** Resolves in the next turn of the event loop: what was begun before this is on its way by then. */
export async function nextTurn(): Promise<void> {
  await setImmediate();
}
