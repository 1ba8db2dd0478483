import { defineAdapter, type Adapter, type Format } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { ignored, type Translation } from '../../kernel/outcome.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { holds, readable } from '../reading/bad-part.js';
import { allocation } from './allocation.js';
import { readDomainEvent, typeIn, type DomainEvent } from './domain-event.js';
import { movement } from './movement.js';

/** Any domain event, whatever its type: the name for publishers that pass on a whole topic. */
const anyDomainEvent = 'hmpps.domain-event';

const events: Readonly<Record<string, (event: DomainEvent) => Translation>> = {
  'prisoner-offender-search.prisoner.received': (event) => movement(event, 'received', 'immediate'),
  'prison-offender-events.prisoner.received': (event) => movement(event, 'received', 'settled'),
  'prisoner-offender-search.prisoner.released': (event) => movement(event, 'released', 'immediate'),
  'prison-offender-events.prisoner.released': (event) => movement(event, 'released', 'settled'),
  'person.community.manager.allocated': allocation,
};

const formats: Readonly<Record<string, Format>> = Object.fromEntries(
  [anyDomainEvent, ...Object.keys(events)].map((name) => [name, readable(domainEvent)]),
);

// One topic carries the events of prisons and of probation: whichever of the two systems an area subscribes with takes both.
export const probationAdapter = hmppsAdapter('probation');
export const secureEstateAdapter = hmppsAdapter('secure-estate');

function hmppsAdapter(agency: 'probation' | 'secure-estate'): Adapter {
  return defineAdapter({
    agency,
    formats: { ...canonicalFormats(agency), ...formats },
    recognise: (message) => (holds(() => typeIn(message) !== undefined) ? anyDomainEvent : undefined),
    // Publishers name the type of each event; there are hundreds, and those not taken up must not all go to a person.
    formatNamed: (message) => (holds(() => typeIn(message) === message.format) ? anyDomainEvent : undefined),
  });
}

// What the event says it is, not what the publisher named: the name may be the topic's.
function domainEvent(message: Message): Translation {
  const event = readDomainEvent(message);
  const read = Object.hasOwn(events, event.type) ? events[event.type] : undefined;
  return read ? read(event) : ignored('not-taken-up', 'a domain event of a type that the hub does not take up');
}
