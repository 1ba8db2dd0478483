import { setTimeout } from 'node:timers/promises';

/** Resolves after so long, or when the signal aborts. Unlike a signal's own timeout it keeps a command alive that waits for nothing else. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  }
}
