import { encode } from '../../contracts/catalogue.js';
import {
  MovedBetweenEstablishmentsSchema,
  ReceivedIntoCustodySchema,
  ReleasedFromCustodySchema,
} from '../../contracts/gen/hub/secure_estate/v1/secure_estate_pb.js';
import type { Fact } from '../../kernel/fact.js';
import { dayInLondon } from '../../kernel/london.js';
import { ignored, translated, type Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import { wireOf } from '../reading/person.js';
import { required } from '../reading/place.js';
import { numberIn, type DomainEvent } from './domain-event.js';
import { aboutNobodyKnown } from './nobody-known.js';

/**
 * Each movement is published twice: at once by the search service, and 45 minutes later by the prison service, which says
 * nothing of a movement that was undone meanwhile. The later is the settled word, whichever comes first.
 */
export type Feed = 'immediate' | 'settled';

type Kind = 'received' | 'moved' | 'released';

const kinds: Readonly<Record<'received' | 'released', Readonly<Record<string, Kind | 'custody-continues'>>>> = {
  received: {
    ADMISSION: 'received',
    NEW_ADMISSION: 'received',
    READMISSION: 'received',
    READMISSION_SWITCH_BOOKING: 'received',
    POST_MERGE_ADMISSION: 'received',
    RECALL: 'received',
    CONVICTED: 'received',
    REMAND: 'received',
    TRANSFERRED: 'moved',
    RETURN_FROM_COURT: 'custody-continues',
    TEMPORARY_ABSENCE_RETURN: 'custody-continues',
  },
  released: {
    RELEASED: 'released',
    RELEASED_TO_HOSPITAL: 'released',
    // The establishment that receives them says so.
    TRANSFERRED: 'custody-continues',
    SENT_TO_COURT: 'custody-continues',
    TEMPORARY_ABSENCE_RELEASE: 'custody-continues',
  },
};

// Received on recall, as HMPPS's own reception service lists them: licence, home detention curfew, detention and training
// order, home leave, intermittent custody, emergency release, removal. `probableCause` is a guess and often wrong.
const recallCodes: readonly string[] = ['24', 'B', 'ETB', 'ETRB', 'ETRLR', 'ETRRIE', 'H', 'L', 'Y'];

const minutes = 60_000;
const dayMs = 24 * 60 * minutes;
/** How long HMPPS waits to see whether a movement is undone. */
const undoneWithin = 45 * minutes;

export function movement(event: DomainEvent, direction: 'received' | 'released', feed: Feed): Translation {
  const reason = required(event.more.at('reason').text(), event.more.at('reason'));
  if (reason === 'UNKNOWN') return ignored('unknown-movement', 'the prison service does not say what movement it was');
  const kind = Object.hasOwn(kinds[direction], reason) ? kinds[direction][reason] : undefined;
  if (kind === undefined)
    throw new BadPart('unknown-code', 'a reason the hub does not know', event.more.at('reason').pointer);
  if (kind === 'custody-continues') return ignored(kind, 'court, a temporary absence or a transfer: custody goes on');

  const number = numberIn(event, 'noms');
  const establishment = required(event.more.at('prisonId').text(), event.more.at('prisonId')).toUpperCase();
  const scope = scopeOf(number, kind, event, establishment);
  const statedAt = feed === 'settled' ? settledAt(event) : (event.publishedAt ?? event.occurredAt);
  if (feed === 'settled' && isContradicted(event, direction)) {
    const { items } = ignored('undone', 'when it was told, the movement had been undone');
    return { items, covers: [{ scope, statedAt }] };
  }
  const fact = factOf(event, kind, { number, establishment, reason, scope, statedAt });
  return translated([fact], feed === 'immediate' ? undoes(event, kind, number, establishment) : []);
}

interface Movement {
  readonly number: string;
  readonly establishment: string;
  readonly reason: string;
  readonly scope: readonly string[];
  readonly statedAt: string;
}

function factOf(event: DomainEvent, kind: Kind, { number, establishment, reason, scope, statedAt }: Movement): Fact {
  const reasonCode = event.more.at('nomisMovementReasonCode').text() ?? '';
  const person = { identifiers: [{ kind: 'noms', value: number } as const] };
  const said = { establishment, reasonCode, person: wireOf(person) };
  const of = {
    received: () => encode(ReceivedIntoCustodySchema, { ...said, recall: isRecall(reason, reasonCode) }),
    moved: () => encode(MovedBetweenEstablishmentsSchema, said),
    released: () => encode(ReleasedFromCustodySchema, { ...said, toHospital: reason === 'RELEASED_TO_HOSPITAL' }),
  };
  return {
    record: { key: number, person },
    key: [types[kind], number, ...scope.slice(2)],
    type: types[kind],
    data: of[kind](),
    occurred: { at: event.occurredAt, precision: 'instant' },
    statedAt,
    scope,
    onlyIfKnown: aboutNobodyKnown,
  };
}

const types = {
  received: 'hub.secure_estate.v1.ReceivedIntoCustody',
  moved: 'hub.secure_estate.v1.MovedBetweenEstablishments',
  released: 'hub.secure_estate.v1.ReleasedFromCustody',
} as const;

/**
 * One movement of its kind in a day. The twins differ in time: one says when it happened, the other when it was noticed.
 * Days are counted from four in the morning, when nobody is moved, so that midnight does not part them.
 */
function scopeOf(number: string, kind: Kind, { occurredAt }: DomainEvent, establishment: string): readonly string[] {
  const day = dayInLondon(new Date(Date.parse(occurredAt) - 4 * 60 * minutes).toISOString());
  return ['movement', number, kind, day, ...(kind === 'moved' ? [establishment] : [])];
}

// A movement and its opposite soon after are a mistake put right: neither happened. Only the settled word outranks this.
function undoes(event: DomainEvent, kind: Kind, number: string, establishment: string) {
  if (kind === 'moved') return [];
  const opposite = kind === 'received' ? 'released' : 'received';
  const statedAt = new Date(Date.parse(event.occurredAt) + undoneWithin).toISOString();
  return [{ scope: scopeOf(number, opposite, event, establishment), statedAt }];
}

// A day later than it was said: so it outranks whatever the immediate feed says of the same day, and only that.
function settledAt({ publishedAt, occurredAt }: DomainEvent): string {
  return new Date(Date.parse(publishedAt ?? occurredAt) + dayMs).toISOString();
}

/** True when the person is not where the movement would have left them. */
function isContradicted({ more }: DomainEvent, direction: 'received' | 'released'): boolean {
  const location = more.at('currentLocation').text();
  if (location === undefined) return false;
  return (location === 'IN_PRISON') !== (direction === 'received');
}

function isRecall(reason: string, reasonCode: string): boolean {
  return reason === 'RECALL' || recallCodes.includes(reasonCode.toUpperCase());
}
