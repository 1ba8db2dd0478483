import { catalogue, encode } from '../../../libs/contracts/catalogue.js';
import { FactWithdrawnSchema } from '../../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { isHistory } from '../../../libs/kernel/delivery.js';
import { FACT_WITHDRAWN, type EventMeta, type NewEvent, type RecordedEvent } from '../../../libs/kernel/event-log.js';
import type { Occurred } from '../../../libs/kernel/fact.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import { startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Append } from '../../../libs/kernel/versions.js';
import { open, seal } from '../../../libs/platform/keys/seal.js';
import type { DerivedFact, PlacedFact } from '../work.js';

/** Where the content of an append comes from: a message in hand, a record's snapshots, or an earlier event of the same content. */
export type Source = { readonly told: Told } | { readonly earlier: RecordedEvent };

export type Told = Pick<DerivedFact, 'fact' | 'factHash' | 'origin'>;

export function toldBy({ fact, factHash, work: { claimed } }: PlacedFact): Told {
  const { system, agency, receivedAt } = claimed.message;
  const history = isHistory(claimed.message) ? { history: true as const } : {};
  return { fact, factHash, origin: { system, agency, receivedAt, correlation: claimed.correlation, ...history } };
}

/**
 * The id of an append: a keyed hash of system, fact key (both in `factHash`), content and what is superseded. So any
 * retry, replay or redelivery makes the very same event, and two different ones never share an id.
 */
export function eventId(keys: KeyStore, factHash: string, append: Append): string {
  const content = append.kind === 'withdrawn' ? 'withdrawn' : append.content;
  const place = append.kind === 'historic' ? 'historic' : (append.supersedes ?? '');
  const hash = keys.hash('event', factHash, content, place).subarray(0, 16);
  // RFC 9562 version 8: a UUID whose bits the application makes.
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The event of a version: sealed under the record's key, bound to its own id. */
export function versionEvent(
  id: string,
  append: Exclude<Append, { kind: 'withdrawn' }>,
  source: Source,
  key: DataKey,
): NewEvent {
  const said = {
    statedAt: append.by.statedAt,
    receipt: append.by.receipt,
    content: append.content,
    key: key.id,
    ...(append.supersedes === undefined ? {} : { supersedes: append.supersedes }),
    ...(append.kind === 'historic' ? { historic: true as const } : {}),
  };
  if ('earlier' in source) {
    const { earlier } = source;
    const { supersedes: _before, historic: _then, history, ...meta } = earlier.meta;
    // Said again by another message, it is as that one was delivered; of that nothing is known any more, so it may page.
    const late = history === true && earlier.meta.receipt === said.receipt ? { history } : {};
    const data = open(key, earlier.data, earlier.id);
    return { id, type: earlier.type, meta: { ...meta, ...late, ...said }, data: seal(key, data, id) };
  }
  const { fact, factHash, origin } = source.told;
  const contract = catalogue.get(fact.type);
  const meta: EventMeta = {
    ...origin,
    fact: factHash,
    ...occurredAt(fact.occurred),
    category: contract?.category ?? 'uncategorised',
    handling: fact.handling ?? contract?.handling ?? '',
    ...said,
  };
  return { id, type: fact.type, meta, data: seal(key, fact.data, id) };
}

/** The event that takes a fact back. It carries the category and handling of what it withdraws: who may see one may see the other. */
export function withdrawalEvent(
  id: string,
  supersedes: string,
  before: EventMeta,
  why: Withdrawal,
  key: DataKey,
): NewEvent {
  const { supersedes: _before, historic: _then, history: _late, ...meta } = before;
  return {
    id,
    type: FACT_WITHDRAWN,
    meta: {
      ...meta,
      content: '',
      supersedes,
      key: key.id,
      causation: why.receipt,
      ...(why.statedAt === undefined ? {} : { statedAt: why.statedAt }),
    },
    data: seal(key, encode(FactWithdrawnSchema, { why: why.code }), id),
  };
}

export interface Withdrawal {
  readonly code: 'retracted' | 'restated-without' | 'retranslated' | 'compared-anew';
  /** The receipt that brought it about. */
  readonly receipt: string;
  readonly statedAt?: string;
}

/** As an event carries it. */
export function occurredAt({ at, precision }: Occurred): Pick<EventMeta, 'occurredAt' | 'precision'> {
  return { occurredAt: precision === 'date' ? startOfDayLondon(at) : at, precision };
}
