import fc from 'fast-check';
import {
  MissingReported_RiskGrade as RiskGrade,
  MissingReportedSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import { WithdrawnSchema as PoliceWithdrawnSchema } from '../../contracts/gen/hub/police/v1/police_pb.js';
import { CaseAllocatedSchema, WithdrawnSchema as YosWithdrawnSchema } from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent } from '../../simulations/cloud-event.js';
import { hearingResulted } from '../../simulations/hearing-resulted.js';
import { missingReturn } from '../../simulations/missing-return.js';
import { testNhsNumber, testPncId, testUuid, type Simulated } from '../../simulations/people.js';
import type { Telling } from '../../simulations/telling.js';

/** What systems say of a few children, one thing a minute, in the order of their own times. */
export type Story = readonly Step[];

/** Which numbers a source gives with what it says; `other`: those of somebody else, by mistake. */
type Numbers = 'none' | 'nhs' | 'pnc' | 'both' | 'other';

type Step =
  /** Twice for one reference: a correction. Each person has two nominals. */
  | { says: 'report'; who: number; nominal: number; reference: number; risk: RiskGrade; numbers: Numbers }
  | { says: 'allocation'; who: number; worker: number; numbers: Numbers }
  /** Twice for one hearing: a reshare, which states all of its results again. */
  | { says: 'hearing'; who: number[]; hearing: number; results: number[] }
  /** A file of several children; an episode is told again once it has an end. */
  | { says: 'return'; episodes: { who: number; start: number; ended: boolean }[] }
  /** An earlier report or allocation is taken back: counted back from the end of what was said before. */
  | { says: 'withdrawal'; of: number };

const PEOPLE = 3;
const who = fc.nat(PEOPLE - 1);
const numbers = fc.constantFrom<Numbers>('none', 'nhs', 'nhs', 'pnc', 'both', 'other');

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      says: fc.constant('report' as const),
      who,
      nominal: fc.nat(1),
      reference: fc.nat(1),
      risk: fc.constantFrom(RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH),
      numbers,
    }),
  },
  { weight: 2, arbitrary: fc.record({ says: fc.constant('allocation' as const), who, worker: fc.nat(1), numbers }) },
  {
    weight: 2,
    arbitrary: fc.record({
      says: fc.constant('hearing' as const),
      who: fc.uniqueArray(who, { minLength: 1, maxLength: 2 }),
      hearing: fc.nat(1),
      results: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      says: fc.constant('return' as const),
      episodes: fc.uniqueArray(fc.record({ who, start: fc.nat(2), ended: fc.boolean() }), {
        minLength: 1,
        maxLength: 4,
        selector: (episode) => `${episode.who} ${episode.start}`,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ says: fc.constant('withdrawal' as const), of: fc.nat(6) }) },
);

export const stories: fc.Arbitrary<Story> = fc.array(step, { minLength: 6, maxLength: 22, size: 'max' });

/** The messages of a story, in the order of their sources' times. */
export function told(story: Story): Telling[] {
  const tellings: Telling[] = [];
  const events: { id: string; system: 'police' | 'yos' }[] = [];
  for (const [at, one] of story.entries()) {
    if (one.says === 'withdrawal') {
      const target = events.at(-1 - one.of);
      if (target) tellings.push(withdrawal(at, target));
      continue;
    }
    const telling = tell(one, at);
    tellings.push(telling);
    if (telling.door === 'events')
      events.push({ id: telling.event.id, system: one.says === 'report' ? 'police' : 'yos' });
  }
  return tellings;
}

const people: readonly Simulated[] = [11, 22, 33].map((serial, index) => ({
  givenNames: ['Ash', 'Bryn', 'Cove'][index] ?? '',
  familyName: ['Alder', 'Birch', 'Cedar'][index] ?? '',
  birthDate: `2011-0${index + 1}-14`,
  nhsNumber: testNhsNumber(serial),
  pncId: testPncId(2025, serial),
}));

function tell(one: Exclude<Step, { says: 'withdrawal' }>, at: number): Telling {
  const recordedtime = minute(at);
  switch (one.says) {
    case 'report': {
      const subject = `nominal-${one.who}-${one.nominal}`;
      const reference = `MR-${one.who}-${one.nominal}-${one.reference}`;
      const event = canonicalEvent(
        MissingReportedSchema,
        { id: `police ${at}`, subject, time: `2026-02-0${one.reference + 1}T21:00:00.000Z`, recordedtime },
        { reportReference: reference, risk: one.risk, person: person(one) },
      );
      return { system: 'police', door: 'events', event };
    }
    case 'allocation': {
      const event = canonicalEvent(
        CaseAllocatedSchema,
        { id: `yos ${at}`, subject: `case-${one.who}`, time: recordedtime },
        { worker: `worker.${one.worker}`, workerName: `Worker ${one.worker}`, team: 'North', person: person(one) },
      );
      return { system: 'yos', door: 'events', event };
    }
    case 'hearing':
      return native(
        'court',
        'public.events.hearing.hearing-resulted',
        'application/json',
        {},
        hearing(one, recordedtime),
      );
    case 'return': {
      const episodes = one.episodes.map(({ who: child, start, ended }) => ({
        child: `10${child}`,
        birthDate: people[child]?.birthDate ?? '',
        kind: 'M' as const,
        start: `2026-01-1${start}`,
        ...(ended ? { end: `2026-01-1${start + 3}` } : {}),
      }));
      const observed = { 'hub-observed-at': recordedtime };
      // Two files may say the same; they are two messages all the same.
      return native(
        'social-care',
        'ssda903.missing',
        'text/csv',
        observed,
        missingReturn(episodes) + '\r\n'.repeat(at),
      );
    }
  }
}

function person({ who: index, numbers: given }: { who: number; numbers: Numbers }): Partial<Simulated> {
  const { nhsNumber = '', pncId = '', ...named } = people[index] ?? nobody;
  const other = people[(index + 1) % PEOPLE] ?? nobody;
  if (given === 'other') return { ...named, nhsNumber: other.nhsNumber ?? '' };
  return {
    ...named,
    ...(given === 'nhs' || given === 'both' ? { nhsNumber } : {}),
    ...(given === 'pnc' || given === 'both' ? { pncId } : {}),
  };
}

const nobody: Simulated = { givenNames: '', familyName: '', birthDate: '' };

function hearing({ who: children, hearing: number, results }: Step & { says: 'hearing' }, sharedTime: string): string {
  return JSON.stringify(
    hearingResulted({
      id: testUuid(900 + number),
      day: '2026-01-20',
      sharedTime,
      defendants: children.map((child) => ({
        id: testUuid(100 + child),
        person: people[child] ?? nobody,
        offences: [
          {
            id: testUuid(200 + child),
            code: 'TH68010',
            title: 'Theft',
            results: results.map((result) => ({
              id: testUuid(300 + 10 * child + result),
              code: String(1080 + result),
              label: `Result ${result} as shared at ${sharedTime.slice(14, 16)}`,
            })),
          },
        ],
      })),
    }),
  );
}

function native(
  system: 'court' | 'social-care',
  format: string,
  contentType: string,
  more: Readonly<Record<string, string>>,
  body: string,
): Telling {
  return { system, door: 'native', format, headers: { 'content-type': contentType, ...more }, body };
}

function withdrawal(at: number, { id, system }: { id: string; system: 'police' | 'yos' }): Telling {
  const schema = system === 'police' ? PoliceWithdrawnSchema : YosWithdrawnSchema;
  const event = canonicalEvent(
    schema,
    { id: `withdrawal ${at}`, subject: 'any', time: minute(at) },
    { messageId: id, reason: 'recorded by mistake' },
  );
  return { system, door: 'events', event };
}

const minute = (at: number): string => `2026-03-01T10:${String(at).padStart(2, '0')}:00.000Z`;
