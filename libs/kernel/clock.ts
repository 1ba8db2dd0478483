/** Where "now" comes from. Pure code never asks: it is handed an instant as data. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
