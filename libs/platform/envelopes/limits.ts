import { tooLarge } from '../problems/problem.js';

/** Largest request body of any door: a native message, or a whole batch. */
export const BODY_LIMIT = 10 * 1_048_576;

/** Events that a batch may have. */
export const BATCH_LIMIT = 1_000;

/** Bytes of one event, with its attributes. */
const EVENT_LIMIT = 1_048_576;

/** Throws 413. */
export function sized(event: Uint8Array): true {
  if (event.length > EVENT_LIMIT) throw tooLarge(`An event is at most ${EVENT_LIMIT} bytes long.`);
  return true;
}
