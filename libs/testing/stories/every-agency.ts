import fc from 'fast-check';
import type { Agency } from '../../kernel/agency.js';
import type { CloudEvent } from '../../simulations/cloud-event.js';
import { everyEvent, everyWithdrawal } from '../../simulations/every-event/every-event.js';
import type { Telling } from '../../simulations/telling.js';
import { given, numbersOf, who, type Child } from './children.js';
import { courtSayings } from './court-sayings.js';
import { crimeSayings, educationSayings, healthSayings, socialCareSayings } from './care-sayings.js';
import { caseSayings, custodySayings, domainEventSayings, forceSayings } from './justice-sayings.js';
import type { Native, Saying } from './saying.js';

/** What every agency says of a few children, in every format that it speaks: in the order of the sources' times. */
export const everyAgencyTellings: fc.Arbitrary<readonly Telling[]> = fc
  .array(steps(), { minLength: 14, maxLength: 40, size: 'max' })
  .map((told) => {
    const tellings: Telling[] = [];
    for (const [at, step] of told.entries()) tellings.push(...step(at, tellings));
    return tellings;
  });

type Step = (at: number, before: readonly Telling[]) => readonly Telling[];

function steps(): fc.Arbitrary<Step> {
  const natives = [courtSayings, forceSayings, crimeSayings, domainEventSayings, caseSayings, custodySayings, educationSayings, socialCareSayings, healthSayings]; // prettier-ignore
  return fc.oneof(
    ...natives.map((sayings) => ({ weight: 2, arbitrary: fc.tuple(sayings, fc.nat(3)).map(native) })),
    { weight: 4, arbitrary: fc.tuple(who, fc.nat(1), fc.nat(), given).map(canonical) },
    { weight: 2, arbitrary: fc.nat().map(withdrawn) },
  );
}

/** Said again now and then, in a message of its own: a redelivered week. */
function native([saying, again]: readonly [Saying, number]): Step {
  return (at) => {
    const copies = again === 0 ? ['', ' again'] : [''];
    return copies.map((copy) => asTelling(saying(minute(at)), `message ${at}${copy}`, minute(at)));
  };
}

function asTelling({ system, body, contentType, subject }: Native, id: string, at: string): Telling {
  return {
    system,
    door: 'native',
    format: '',
    headers: {
      'content-type': contentType,
      'hub-message-id': id,
      'hub-observed-at': at,
      ...(subject === undefined ? {} : { 'hub-subject': subject }),
    },
    body,
  };
}

/** Of one child and one time there are few events: what is drawn twice is a correction. */
function canonical([child, day, which, numbers]: readonly [Child, number, number, string]): Step {
  return (at) => {
    const { givenNames, familyName, birthDate, serial } = child;
    const person = { givenNames, familyName, birthDate, ...numbersOf(child, numbers) };
    const events = everyEvent(person, `2026-02-0${day + 1}T21:00:00.000Z`, serial);
    const event = events[which % events.length];
    return event ? [asEvent({ ...event, id: `event ${at}`, recordedtime: minute(at) })] : [];
  };
}

function withdrawn(which: number): Step {
  return (at, before) => {
    const events = before.flatMap((telling) => (telling.door === 'events' ? [telling.event] : []));
    const target = events[which % events.length];
    const withdrawals = target ? everyWithdrawal(target.id, minute(at)) : [];
    return withdrawals.filter(({ source }) => source === target?.source).map(asEvent);
  };
}

function asEvent(event: CloudEvent): Telling {
  const system = agencies.find((agency) => agency === event.source);
  if (system === undefined) throw new TypeError(`${event.source} is no agency`);
  return { system, door: 'events', event };
}

const agencies: readonly Agency[] = ['court', 'social-care', 'police', 'probation', 'health', 'education', 'secure-estate', 'yos']; // prettier-ignore

const minute = (at: number): string => `2026-03-01T10:${String(at).padStart(2, '0')}:00.000Z`;
