import { setTimeout as pause } from 'node:timers/promises';

/** Resolves after `ms`, or at once when the signal aborts: the caller looks which. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
