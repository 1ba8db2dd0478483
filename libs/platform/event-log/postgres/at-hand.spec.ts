import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordedEvents } from '../../../testing/event-log/new-events.js';
import { AtHand } from './at-hand.js';

const CONTENT = 1_000;
/** With what is counted besides. */
const EACH = CONTENT + 1_024;
const never = new AbortController().signal;

describe('events at hand', () => {
  it('continue from any position to the limit, over several flushes', () => {
    const atHand = followed();
    hold(atHand, 11, 3);
    hold(atHand, 14, 2);
    expect(given(atHand, 10, 10)).toEqual([11, 12, 13, 14, 15]);
    expect(given(atHand, 12, 2)).toEqual([13, 14]);
    expect(given(atHand, 13, 1)).toEqual([14]);
    expect(given(atHand, 15, 10)).toEqual([]);
  });

  it('stop where another process wrote, and go on behind it', () => {
    const atHand = followed();
    hold(atHand, 11, 2);
    hold(atHand, 14, 2);
    expect(given(atHand, 10, 10)).toEqual([11, 12]);
    expect(given(atHand, 12, 10)).toEqual([]);
    expect(given(atHand, 13, 10)).toEqual([14, 15]);
    expect(given(atHand, 9, 10)).toEqual([]);
  });

  it('are the newest, as many as there is room for', () => {
    const atHand = followed(4 * EACH);
    hold(atHand, 1, 2);
    hold(atHand, 3, 2);
    expect(given(atHand, 0, 10)).toEqual([1, 2, 3, 4]);
    hold(atHand, 5, 1);
    expect(given(atHand, 0, 10)).toEqual([]);
    expect(given(atHand, 2, 10)).toEqual([3, 4, 5]);
    hold(atHand, 6, 5);
    expect(given(atHand, 5, 10)).toEqual([]);
  });

  it('are held until the last of those who follow has passed them, or has left', () => {
    const atHand = followed();
    const [quick, slow] = [atHand.joined(0n, never), atHand.joined(0n, never)];
    atHand.left(first.get(atHand)!);
    hold(atHand, 1, 2);
    hold(atHand, 3, 1);
    atHand.moved(quick, 3n);
    atHand.moved(slow, 1n);
    expect(given(atHand, 0, 10)).toEqual([1, 2, 3]);
    atHand.moved(slow, 2n);
    expect(given(atHand, 1, 10)).toEqual([]);
    expect(given(atHand, 2, 10)).toEqual([3]);
    atHand.left(slow);
    expect(given(atHand, 2, 10)).toEqual([]);
  });

  it('are held no longer for one that has ended without a word', () => {
    const atHand = new AtHand();
    const ended = new AbortController();
    const quick = atHand.joined(0n, never);
    atHand.joined(0n, ended.signal);
    hold(atHand, 1, 2);
    atHand.moved(quick, 2n);
    expect(given(atHand, 0, 10)).toEqual([1, 2]);
    ended.abort();
    hold(atHand, 3, 1);
    expect([given(atHand, 0, 10), given(atHand, 2, 10)]).toEqual([[], [3]]);
    atHand.left(quick);
    expect(atHand.wanted).toBe(false);
  });

  it('are none where nobody follows, before or after', () => {
    const atHand = new AtHand();
    hold(atHand, 1, 2);
    expect(given(atHand, 0, 10)).toEqual([]);
    const reader = atHand.joined(0n, never);
    hold(atHand, 3, 2);
    atHand.left(reader);
    expect([atHand.wanted, given(atHand, 2, 10)]).toEqual([false, []]);
  });

  it('are forgotten when the log goes on before their end, as after a restored backup', () => {
    const atHand = followed();
    hold(atHand, 11, 5);
    hold(atHand, 14, 1);
    expect(given(atHand, 10, 10)).toEqual([]);
    expect(given(atHand, 13, 10)).toEqual([14]);
  });

  it('are never anything but what follows without a gap', () => {
    const flush = fc.record({ skipped: fc.nat({ max: 2 }), size: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(fc.array(flush, { maxLength: 20 }), fc.integer({ min: 1, max: 12 }), (flushes, limit) => {
        const atHand = followed(30 * EACH);
        const held = new Set<number>();
        let head = 0;
        for (const { skipped, size } of flushes) {
          hold(atHand, head + skipped + 1, size);
          for (let n = 1; n <= size; n += 1) held.add(head + skipped + n);
          head += skipped + size;
        }
        for (let after = 0; after <= head; after += 1) {
          const events = given(atHand, after, limit);
          expect(events).toEqual(events.map((_, n) => after + n + 1));
          expect(events.every((position) => held.has(position))).toBe(true);
          // Whatever is within the bound, and before the next gap, is there.
          const newest = after >= head - 20 && held.has(after + 1);
          expect(events.length > 0 || !newest).toBe(true);
        }
      }),
    );
  });
});

const first = new WeakMap<AtHand, ReturnType<AtHand['joined']>>();

function followed(mostBytes?: number): AtHand {
  const atHand = new AtHand(mostBytes);
  first.set(atHand, atHand.joined(0n, never));
  return atHand;
}

function hold(atHand: AtHand, from: number, count: number): void {
  atHand.hold(recordedEvents(BigInt(from), count), CONTENT * count);
}

function given(atHand: AtHand, after: number, limit: number): number[] {
  return atHand.after(BigInt(after), limit).map(({ position }) => Number(position));
}
