import type { Fact, Message } from '../../../libs/kernel/fact.js';
import type { Claimed, PartOutcome } from '../../../libs/kernel/intake.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Item, Translation } from '../../../libs/kernel/outcome.js';
import { messageHash } from '../../../libs/platform/intake/hashes.js';
import type { PlacedFact, Work } from '../work.js';

export type Translate = (message: Message) => Translation;

/** Turns a claimed message into work: its facts with the hashes they are known by, and what came of its other parts. */
export function translateClaimed(claimed: Claimed, translate: Translate, keys: KeyStore): Work {
  const { items, covers } = translate(claimed.message);
  const { system } = claimed.message;
  const others: PartOutcome[] = [];
  const retracts: ({ messageHash: Buffer } | { receipt: string })[] = [];
  const work: Work = {
    claimed,
    facts: [],
    others,
    retracts,
    covers: covers.map((cover) => ({ ...cover, scopeHash: hashOf(keys, 'scope', system, cover.scope) })),
  };
  const said = new Map<string, PlacedFact>();
  for (const item of items) {
    if (item.outcome === 'fact') {
      const placed = place(item, work, keys);
      const twin = said.get(placed.factHash);
      if (!twin) {
        said.set(placed.factHash, placed);
        work.facts.push(placed);
      } else if (twin.contentHash !== placed.contentHash) {
        others.push(contradiction(item.fact));
      }
    } else if (item.outcome === 'retract') {
      const { target } = item;
      retracts.push('receipt' in target ? target : { messageHash: messageHash(keys, system, target.messageId) });
      others.push({ outcome: 'retracted' });
    } else {
      const { outcome, reason, pointer } = item;
      others.push({
        outcome,
        reason: reason.code,
        detail: reason.detail,
        ...(pointer === undefined ? {} : { pointer }),
      });
    }
  }
  if (others.length === 0 && work.facts.length === 0) {
    others.push({ outcome: 'ignored', reason: 'nothing-in-it', detail: 'the message says nothing the hub records' });
  }
  return work;
}

function place({ fact, note }: Extract<Item, { outcome: 'fact' }>, work: Work, keys: KeyStore): PlacedFact {
  const { system } = work.claimed.message;
  const { record, key, scope } = fact;
  return {
    fact,
    work,
    recordHash: hashOf(keys, 'record', system, [record.key]),
    // The record is part of it: a mended adapter that moves a fact to another record withdraws it from the first.
    factHash: hashOf(keys, 'fact', system, [record.key, ...key]),
    contentHash: contentHash(keys, fact),
    ...(scope === undefined ? {} : { scopeHash: hashOf(keys, 'scope', system, scope) }),
    ...(note === undefined ? {} : { note }),
    ...(fact.stream === undefined ? {} : { stream: fact.stream }),
  };
}

/** Keyed hash of what a fact says, hex. */
export function contentHash(
  keys: KeyStore,
  { type, data, occurred, handling }: Pick<Fact, 'type' | 'data' | 'occurred' | 'handling'>,
): string {
  return keys.hash('content', type, data, occurred.at, occurred.precision, handling ?? '').toString('hex');
}

function contradiction(fact: Fact): PartOutcome {
  return {
    fact: fact.type,
    outcome: 'quarantined',
    reason: 'contradicts-itself',
    detail: 'the message states the same fact twice with different content; the first was taken',
    ...(fact.pointer === undefined ? {} : { pointer: fact.pointer }),
  };
}

/** Keyed hash of what something of a system is known by, hex. */
export function hashOf(keys: KeyStore, domain: string, system: string, parts: readonly string[]): string {
  return keys.hash(domain, system, ...parts).toString('hex');
}
