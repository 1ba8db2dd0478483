import type { Room } from '../../../libs/platform/notifications/delivery-store.js';

const QUICK = 192;
const SLOW = 64;
/** Whoever is in hand for longer is slow by now, whatever it was the last time. */
const QUICK_MS = 2_000;

/**
 * The endpoints that are being sent to, in two lanes: those that answered soon the last time never wait for those that did not, of
 * which as many may hang as fit theirs. However many fall silent at once, each is in the way of the others for two seconds and then of
 * its like: they go over to the slow lane as they hang, even beyond its room.
 */
export class Hand {
  readonly #turns = new Map<Promise<void>, { readonly slow: boolean; readonly since: number }>();

  /** `now`: milliseconds of any one clock. The turn rejects never. */
  take(slow: boolean, turn: Promise<void>, now: number): void {
    const done = turn.finally(() => this.#turns.delete(done));
    this.#turns.set(done, { slow, since: now });
  }

  /** How many more of each kind may be taken. */
  room(now: number): Room {
    const quick = [...this.#turns.values()].filter(({ slow, since }) => !slow && now - since < QUICK_MS).length;
    return { quick: QUICK - quick, slow: Math.max(0, SLOW - (this.#turns.size - quick)) };
  }

  /** Resolves when nobody is in hand any more. */
  async empty(): Promise<void> {
    await Promise.all(this.#turns.keys());
  }
}
