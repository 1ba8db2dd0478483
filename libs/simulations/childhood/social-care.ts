import {
  ExploitationKind as Exploited,
  IndicatorStrength as Strength,
} from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../contracts/gen/hub/social_care/v1/exploitation_pb.js';
import { StrategyDiscussionConvenedSchema } from '../../contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import {
  PlacementRecordedSchema,
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
  SocialWorkerAllocatedSchema,
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { canonicalEvent } from '../cloud-event.js';
import { missingReturn, type SimulatedEpisode } from '../missing-return.js';
import type { Telling } from '../telling.js';
import type { Calendar } from './calendar.js';
import type { Cast } from './people.js';

export function toldBySocialCare({ day, at }: Calendar, { kit }: Cast): readonly Telling[] {
  const child = '870101';
  const { givenNames, familyName, birthDate } = kit;
  const person = { givenNames, familyName, birthDate, nhsNumber: kit.nhsNumber ?? '' };
  const interview = (reference: string, time: string, outcome: Outcome, summary = ''): Telling => ({
    system: 'social-care',
    door: 'events',
    event: canonicalEvent(
      ReturnInterviewRecordedSchema,
      { id: `social-care-${reference}`, subject: child, time },
      { interviewReference: reference, outcome, summary, person },
    ),
  });
  const away = { child, birthDate, kind: 'A', start: day(560), end: day(559) } as const;
  const open = { child, birthDate, kind: 'M', start: day(480) } as const;
  const closed = { ...open, end: day(478) };
  const third = { child, birthDate, kind: 'M', start: day(150), end: day(149) } as const;

  const told = (id: string, time: string) => ({ id: `social-care-${id}`, subject: child, time });
  const accommodated = { status: Status.LOOKED_AFTER, startedOn: day(600), legalBasis: 'section 20', person };
  const looked = [
    canonicalEvent(StatusRecordedSchema, told('status-1', at(600, '12:00')), {
      ...accommodated,
      responsibleAuthority: 'Fernhill',
    }),
    canonicalEvent(PlacementRecordedSchema, told('placement-1', at(600, '12:05')), {
      startedOn: day(600),
      kind: 'childrens-home',
      area: 'Alderbrook',
      person,
    }),
    canonicalEvent(SocialWorkerAllocatedSchema, told('worker-1', at(599, '09:20')), {
      workerName: 'Robin Social',
      team: 'Looked after, north',
      person,
    }),
    canonicalEvent(ExploitationIndicatorRecordedSchema, told('sign-1', at(25, '11:00')), {
      indicatorReference: 'SC-EI-1',
      kind: Exploited.COUNTY_LINES,
      strength: Strength.MODERATE,
      detail: 'New telephone, and money nobody can explain.',
      person,
    }),
    canonicalEvent(StrategyDiscussionConvenedSchema, told('strategy-1', at(1, '08:40')), {
      discussionReference: 'SD-26-0012',
      convenedFor: at(-2, '10:00'),
      invited: ['Police', 'Health', 'Youth offending service'],
      person,
    }),
  ].map((event): Telling => ({ system: 'social-care', door: 'events', event }));

  return [
    ...looked,
    interview('rhi-1', at(556, '16:00'), Outcome.DECLINED),
    episodes('missing-return-1', at(479, '09:00'), [away, open]),
    interview(
      'rhi-2',
      at(476, '15:30'),
      Outcome.COMPLETED,
      'Was with people met at the bus station; would not say who paid.',
    ),
    // The same file again, once the episode had ended.
    episodes('missing-return-2', at(440, '09:00'), [away, closed]),
    interview(
      'rhi-3',
      at(146, '17:00'),
      Outcome.COMPLETED,
      'Left after a row about contact; wants to see the family more.',
    ),
    episodes('missing-return-3', at(60, '09:00'), [away, closed, third]),
  ];
}

function episodes(id: string, observedAt: string, rows: readonly SimulatedEpisode[]): Telling {
  return {
    system: 'social-care',
    door: 'native',
    format: 'ssda903.missing',
    headers: {
      'content-type': 'text/csv',
      'hub-format': 'ssda903.missing',
      'hub-message-id': `social-care-${id}`,
      'hub-observed-at': observedAt,
    },
    body: missingReturn(rows),
  };
}
