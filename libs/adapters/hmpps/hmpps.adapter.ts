import { defineAdapter, type Adapter, type Format } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { ignored, type Translation } from '../../kernel/outcome.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { holds, readable } from '../reading/bad-part.js';
import { placeOf } from '../reading/content.js';
import { readDomainEvent, typeIn } from './domain-event.js';
import { events } from './events.js';

/** Any domain event, whatever its type: the name for publishers that pass on a whole topic. */
const anyDomainEvent = 'hmpps.domain-event';

const schema = 'json-schema';

const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries([anyDomainEvent, ...Object.keys(events)].map((name) => [name, readable(domainEvent)])),
  [schema]: () => ignored('schema', 'a description of messages, and not one'),
};

// One topic carries the events of prisons and of probation: whichever of the two systems an area subscribes with takes both.
export const probationAdapter = hmppsAdapter('probation');

export function hmppsAdapter(agency: 'probation' | 'secure-estate'): Adapter {
  return defineAdapter({
    agency,
    formats: { ...canonicalFormats(agency), ...formats },
    recognise,
    // Publishers name the type of each event; there are hundreds, and those not taken up must not all go to a person.
    formatNamed: (message) => (holds(() => typeIn(message) === message.format) ? anyDomainEvent : undefined),
  });
}

function recognise(message: Message): string | undefined {
  if (holds(() => typeIn(message) !== undefined)) return anyDomainEvent;
  const described = ['$schema', 'openapi'].some((name) => holds(() => !placeOf(message).at(name).absent));
  return described ? schema : undefined;
}

// What the event says it is, not what the publisher named: the name may be the topic's.
function domainEvent(message: Message): Translation {
  const event = readDomainEvent(message);
  const read = Object.hasOwn(events, event.type) ? events[event.type] : undefined;
  return read ? read(event) : ignored('not-taken-up', 'a domain event of a type that the hub does not take up');
}
