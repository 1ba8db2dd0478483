const FIRST_MS = 5_000;
const LONGEST_MS = 60 * 60_000;
const LOOKED_FIRST_MS = 500;
const LOOKED_LAST_MS = 5 * 60_000;
const GIVEN_UP_MS = 3 * 86_400_000;

/** When to try again after so many failures, in milliseconds since the epoch. `random`: from 0 to 1, so that not all come back at once. */
export function retryAt(failures: number, now: number, random: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return now + Math.round(wait * (0.5 + random / 2));
}

/** When to look again what a message says, after so many looks before: never longer from now than it has waited already. */
export function lookAgainAt(looks: number, now: number): number {
  return now + Math.min(LOOKED_LAST_MS, LOOKED_FIRST_MS * 2 ** Math.min(looks, 20));
}

/** True when it has been tried for three days. */
export function isOver(firstAt: number, now: number): boolean {
  return now - firstAt >= GIVEN_UP_MS;
}
