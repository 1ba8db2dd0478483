import type { IdentifierKind, Message } from '../../kernel/fact.js';
import { BadPart } from '../reading/bad-part.js';
import { unwrapped } from '../reading/notification.js';
import { required, type Place } from '../reading/place.js';

/** An HMPPS domain event out of its envelopes. */
export interface DomainEvent {
  readonly type: string;
  /** RFC 3339: when it happened, or when the publishing service noticed. */
  readonly occurredAt: string;
  /** RFC 3339: when it was published, where the event or its envelope says so. */
  readonly publishedAt?: string | undefined;
  readonly place: Place;
  /** `additionalInformation`. */
  readonly more: Place;
}

const shapes = {
  noms: { type: 'NOMS', shape: /^[A-Z]\d{4}[A-Z]{2}$/, rule: 'a prisoner number is A0000AA' },
  crn: { type: 'CRN', shape: /^[A-Z]\d{6}$/, rule: 'a case reference number is A000000' },
} as const satisfies Partial<Record<IdentifierKind, unknown>>;

/** Throws `BadPart`. */
export function readDomainEvent(message: Message): DomainEvent {
  const { place, sentAt } = unwrapped(message);
  return {
    type: required(place.at('eventType').text(), place.at('eventType')),
    occurredAt: required(place.at('occurredAt').instant(), place.at('occurredAt')),
    publishedAt: place.at('publishedAt').instant() ?? sentAt,
    place,
    more: place.at('additionalInformation'),
  };
}

/** The event type, when it looks like a domain event: it has what the published schema requires. Throws `BadPart`. */
export function typeIn(message: Message): string | undefined {
  const { place } = unwrapped(message);
  return place.at('occurredAt').absent || place.at('version').absent ? undefined : place.at('eventType').text();
}

/** Whom it is about, in one spelling. Events name them in `personReference`, older ones beside it. Throws `BadPart`. */
export function numberIn({ place, more }: DomainEvent, kind: keyof typeof shapes): string {
  const { type, shape, rule } = shapes[kind];
  const list = place.at('personReference').at('identifiers');
  const named = list.list().find((one) => one.at('type').text()?.toUpperCase() === type);
  const beside = more.at(kind === 'noms' ? 'nomsNumber' : 'crn');
  const [first, second] = [named?.at('value').text(), beside.text()].flatMap((text) => text?.toUpperCase() ?? []);
  if (second !== undefined && second !== first)
    throw new BadPart('contradiction', 'the event names two different people', beside.pointer);
  const number = required(first, list);
  if (!shape.test(number)) throw new BadPart('invalid-identifier', rule, (named ?? beside).pointer);
  return number;
}

/** The same where an event may leave it out. Throws `BadPart` when what it has is no such number. */
export function numberIfAny(event: DomainEvent, kind: keyof typeof shapes): string | undefined {
  const beside = event.more.at(kind === 'noms' ? 'nomsNumber' : 'crn');
  const named = event.place.at('personReference').at('identifiers').list();
  const has = named.some(
    (one) => one.at('type').text()?.toUpperCase() === shapes[kind].type && !one.at('value').absent,
  );
  return has || !beside.absent ? numberIn(event, kind) : undefined;
}

/** A number that stands anywhere in the event, in one spelling. Throws `BadPart`. */
export function numberAt(place: Place, kind: keyof typeof shapes): string {
  const number = required(place.text()?.toUpperCase(), place);
  if (!shapes[kind].shape.test(number)) throw new BadPart('invalid-identifier', shapes[kind].rule, place.pointer);
  return number;
}
