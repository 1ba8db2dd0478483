const FIRST_MS = 5_000;
const LONGEST_MS = 60 * 60_000;
const GIVEN_UP_MS = 3 * 86_400_000;

/** When to try again after so many failures, in milliseconds since the epoch. `random`: from 0 to 1, so that not all come back at once. */
export function retryAt(failures: number, now: number, random: number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return now + Math.round(wait * (0.5 + random / 2));
}

/** True when it has been tried for three days. */
export function isOver(firstAt: number, now: number): boolean {
  return now - firstAt >= GIVEN_UP_MS;
}
