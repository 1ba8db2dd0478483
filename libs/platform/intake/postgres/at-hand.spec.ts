import { describe, expect, it } from '@jest/globals';
import { incoming } from '../../../testing/intake/messages.js';
import { memoryKeyStore } from '../../../testing/keys/memory-key-store.js';
import { AtHand } from './at-hand.js';
import { draft, type Draft } from './draft.js';

const keys = memoryKeyStore();
const drafted = (id: string, bytes = 10): Draft =>
  draft([incoming(id, 'a', { body: Buffer.alloc(bytes) })], keys, Date.parse('2026-03-01T10:00:00Z'))[0]!;

/** One that is asked: where nobody claims, nothing is held. */
async function asked(mostBytes?: number): Promise<AtHand> {
  const atHand = new AtHand(mostBytes);
  await atHand.take([], keys);
  return atHand;
}

describe('messages at hand', () => {
  it('are handed out once, and only while their key is there', async () => {
    const atHand = await asked();
    const drafts = [drafted('a'), drafted('b')];
    const taken = await keys.take(2);
    atHand.hold(drafts, taken);
    await keys.destroy([taken[1]?.id ?? '']);
    const receipts = drafts.map(({ receipt }) => receipt);
    expect([...(await atHand.take(receipts, keys)).keys()]).toEqual([receipts[0]]);
    expect((await atHand.take(receipts, keys)).size).toBe(0);
  });

  it('are those that came first, as many as there is room for; what goes makes room', async () => {
    const atHand = await asked(5_000);
    const drafts = ['a', 'b', 'c'].map((id) => drafted(id, 1_000));
    const receipts = drafts.map(({ receipt }) => receipt);
    atHand.hold(drafts, await keys.take(3));
    atHand.drop([receipts[0] ?? '']);
    const late = drafted('d', 1_000);
    atHand.hold([late], await keys.take(1));
    const found = await atHand.take([...receipts, late.receipt], keys);
    expect([...found.keys()]).toEqual([receipts[1], late.receipt]);
  });

  it('are none in a process that does not claim', async () => {
    const atHand = new AtHand();
    const kept = drafted('a');
    atHand.hold([kept], await keys.take(1));
    expect((await atHand.take([kept.receipt], keys)).size).toBe(0);
  });
});
