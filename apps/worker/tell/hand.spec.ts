import { describe, expect, it } from '@jest/globals';
import { Hand } from './hand.js';

describe('the endpoints in hand', () => {
  it('leave room for those that answer two seconds after any number of others fell silent at once', async () => {
    const hand = new Hand();
    const silent = Promise.withResolvers<undefined>();
    for (let one = 0; one < 192; one += 1) hand.take(false, silent.promise, 0);
    expect(hand.room(1_999)).toEqual({ quick: 0, slow: 64 });
    // They take the slow lane's room beyond its end: what is slow waits for its like.
    expect(hand.room(2_000)).toEqual({ quick: 192, slow: 0 });
    silent.resolve(undefined);
    await hand.empty();
    expect(hand.room(2_000)).toEqual({ quick: 192, slow: 64 });
  });

  it('keep those that were slow the last time out of the quick lane from the start', () => {
    const hand = new Hand();
    for (let one = 0; one < 64; one += 1) hand.take(true, new Promise<void>(() => undefined), 0);
    expect(hand.room(0)).toEqual({ quick: 192, slow: 0 });
  });

  it('give their room back when they are done', async () => {
    const hand = new Hand();
    hand.take(false, Promise.resolve(), 0);
    hand.take(true, Promise.resolve(), 0);
    expect(hand.room(0)).toEqual({ quick: 191, slow: 63 });
    await hand.empty();
    expect(hand.room(0)).toEqual({ quick: 192, slow: 64 });
  });
});
