import type { Fact, Message } from '../../../libs/kernel/fact.js';
import type { Claimed } from '../../../libs/kernel/intake.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Item, Translation } from '../../../libs/kernel/outcome.js';
import { saidIn } from '../../../libs/kernel/said.js';
import { messageHash } from '../../../libs/platform/intake/hashes.js';
import type { PlacedFact, Work } from '../work.js';

export type Translate = (message: Message) => Translation;

/** Turns a claimed message into work: its facts with the hashes they are known by, and what came of its other parts. */
export function translateClaimed(claimed: Claimed, translate: Translate, keys: KeyStore): Work {
  const translation = translate(claimed.message);
  const { facts, retractions, others } = saidIn(translation);
  const { system } = claimed.message;
  const work: Work = {
    claimed,
    facts: [],
    others,
    retracts: retractions.map(({ target }) =>
      'receipt' in target ? target : { messageHash: messageHash(keys, system, target.messageId) },
    ),
    covers: translation.covers.map((cover) => ({
      ...cover,
      scopeHash: hashOf(keys, 'scope', system, cover.scope),
    })),
  };
  for (const item of facts) work.facts.push(place(item, work, keys));
  return work;
}

function place({ fact, note }: Extract<Item, { outcome: 'fact' }>, work: Work, keys: KeyStore): PlacedFact {
  const { system } = work.claimed.message;
  const { record, key, scope } = fact;
  const before = work.facts.at(-1);
  return {
    fact,
    work,
    recordHash:
      before?.fact.record.key === record.key ? before.recordHash : hashOf(keys, 'record', system, [record.key]),
    // The record is part of it: a mended adapter that moves a fact to another record withdraws it from the first.
    factHash: hashOf(keys, 'fact', system, [record.key, ...key]),
    contentHash: contentHash(keys, fact),
    ...(scope === undefined ? {} : { scopeHash: scopeHashOf(scope, work, keys) }),
    ...(note === undefined ? {} : { note }),
    ...(fact.stream === undefined ? {} : { stream: fact.stream }),
  };
}

// The facts of a message are mostly in one scope, which is the one that it covers: that is hashed once.
function scopeHashOf(scope: readonly string[], { claimed, covers, facts }: Work, keys: KeyStore): string {
  const [cover] = covers;
  if (cover && isSame(cover.scope, scope)) return cover.scopeHash;
  const before = facts.at(-1);
  if (before?.scopeHash !== undefined && isSame(before.fact.scope ?? [], scope)) return before.scopeHash;
  return hashOf(keys, 'scope', claimed.message.system, scope);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part, at) => part === other[at]);
}

/** Keyed hash of what a fact says, hex. */
export function contentHash(
  keys: KeyStore,
  { type, data, occurred, handling }: Pick<Fact, 'type' | 'data' | 'occurred' | 'handling'>,
): string {
  return keys.hash('content', type, data, occurred.at, occurred.precision, handling ?? '').toString('hex');
}

/** Keyed hash of what something of a system is known by, hex. */
export function hashOf(keys: KeyStore, domain: string, system: string, parts: readonly string[]): string {
  return keys.hash(domain, system, ...parts).toString('hex');
}
