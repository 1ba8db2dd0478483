import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 20;

/** Resolves once it is so. Rejects with what `why` says when it is not in two minutes. */
export async function until(
  so: () => boolean | Promise<boolean>,
  why: () => string | Promise<string> = () => 'it is not so in time',
): Promise<void> {
  for (const over = Date.now() + PATIENCE_MS; !(await so());) {
    if (Date.now() > over) throw new Error(await why());
    await sleep(LOOK_AGAIN_MS);
  }
}
