import type { JsonObject } from '@bufbuild/protobuf';
import fc from 'fast-check';
import {
  ExploitationKind,
  ExploitationLevel,
  IndicatorStrength,
} from '../../contracts/gen/hub/common/v1/exploitation_pb.js';
import * as police from '../../contracts/gen/hub/police/v1/police_pb.js';
import * as nights from '../../contracts/gen/hub/police/v1/missing_pb.js';
import * as signs from '../../contracts/gen/hub/police/v1/safeguarding_pb.js';
import * as care from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import * as careNights from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import * as careSigns from '../../contracts/gen/hub/social_care/v1/exploitation_pb.js';
import * as enquiries from '../../contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import * as yos from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import * as loops from '../../contracts/gen/hub/yos/v1/missing_and_exploitation_pb.js';
import { canonicalEvent, type CloudEvent, type Told } from '../../simulations/cloud-event.js';
import { testNhsNumber } from '../../simulations/people.js';
import { isAgency, type Agency } from '../../kernel/agency.js';
import type { Telling } from '../../simulations/telling.js';

/** When the hub receives all of it, RFC 3339: a Wednesday after a bank holiday. */
export const toldAt = '2026-05-06T12:00:00.000Z';

/** One thing that a system says, so long before the hub hears of it. The same reference again corrects what was said of it. */
export interface Step {
  readonly says: keyof typeof sayings | 'withdrawal';
  readonly who: number;
  readonly reference: number;
  readonly hours: number;
  /** Which of the ways in which it may be said. */
  readonly way: number;
  readonly numbered: boolean;
}

/** `at`: an instant so many hours before it is told. */
type Say = (step: Step, told: Told, at: (hours: number) => string) => CloudEvent;

const force = (one: Step): string => `P-${one.who}-${one.reference}`;
const home = (one: Step): string => `C-${one.who}-${one.reference}`;
const ways = <T>(way: number, ...all: readonly [T, ...T[]]): T => all[way % all.length] ?? all[0];

/** Everything that may be said of a night away and of a concern, by the three agencies that say most. */
const sayings = {
  report: (one, told) =>
    canonicalEvent(police.MissingReportedSchema, told, {
      reportReference: force(one),
      risk: ways(one.way, police.MissingReported_RiskGrade.MEDIUM, police.MissingReported_RiskGrade.HIGH),
      force: '20',
    }),
  homeReport: (one, told) =>
    canonicalEvent(careNights.MissingReportedSchema, told, {
      reportReference: home(one),
      kind:
        one.way === 3
          ? care.MissingEpisodeRecorded_Kind.AWAY_WITHOUT_AUTHORISATION
          : care.MissingEpisodeRecorded_Kind.MISSING,
      policeReference: one.way === 1 ? force(one) : '',
      placementArea: one.way === 2 ? 'Derby' : '',
    }),
  found: (one, told) =>
    canonicalEvent(police.MissingFoundSchema, told, {
      reportReference: force(one),
      foundAt: ways(one.way, 'friend', 'police-custody'),
    }),
  back: (one, told) =>
    canonicalEvent(nights.ChildReturnedSchema, told, {
      reportReference: force(one),
      returnedTo: ways(one.way, nights.ChildReturned_ReturnedTo.HOME, nights.ChildReturned_ReturnedTo.POLICE_CUSTODY),
    }),
  homeBack: (one, told) =>
    canonicalEvent(careNights.ChildReturnedSchema, told, {
      reportReference: home(one),
      returnedTo: careNights.ChildReturned_ReturnedTo.CARE_SETTING,
    }),
  cancelled: (one, told) =>
    canonicalEvent(nights.MissingReportCancelledSchema, told, { reportReference: force(one), reason: 'at school' }),
  prevention: (one, told) =>
    canonicalEvent(nights.PreventionInterviewRecordedSchema, told, {
      reportReference: force(one),
      outcome: nights.PreventionInterviewRecorded_Outcome.COMPLETED,
    }),
  interview: (one, told) =>
    canonicalEvent(care.ReturnInterviewRecordedSchema, told, {
      interviewReference: `I-${one.who}-${one.reference}`,
      outcome: ways(
        one.way,
        care.ReturnInterviewRecorded_Outcome.COMPLETED,
        care.ReturnInterviewRecorded_Outcome.OFFERED,
        care.ReturnInterviewRecorded_Outcome.NOT_HELD,
        care.ReturnInterviewRecorded_Outcome.COMPLETED,
      ),
      episodeReference: one.numbered ? force(one) : '',
      flaggedUrgent: one.way === 3,
    }),
  used: (one, told) =>
    canonicalEvent(loops.ReturnInterviewUseRecordedSchema, told, {
      interviewReference: `I-${one.who}-${one.reference}`,
      howUsed: 'in the plan',
    }),
  appointment: (one, told, at) =>
    canonicalEvent(yos.AppointmentPlannedSchema, told, {
      appointmentReference: `A-${one.who}-${one.reference}`,
      plannedFor: at(-30),
      cancelled: one.way === 3,
    }),
  allocated: (_, told) => canonicalEvent(yos.CaseAllocatedSchema, told, { worker: 'casey.manager' }),
  closed: (_, told) => canonicalEvent(yos.CaseClosedSchema, told, { reason: 'order ended' }),
  status: (one, told) =>
    canonicalEvent(care.StatusRecordedSchema, told, {
      status: care.StatusRecorded_Status.LOOKED_AFTER,
      startedOn: '2026-01-02',
      responsibleAuthority: ways(one.way, 'Coventry', 'Leicester'),
    }),
  placement: (one, told) =>
    canonicalEvent(care.PlacementRecordedSchema, told, {
      startedOn: `2026-05-0${1 + one.reference}`,
      kind: 'childrens-home',
      area: 'Derby',
      outOfArea: true,
      emergency: one.way < 2,
    }),
  notice: (one, told) =>
    canonicalEvent(enquiries.PlacementNoticeSentSchema, told, {
      placementStartedOn: `2026-05-0${1 + one.reference}`,
      authority: 'Derby',
    }),
  sign: (one, told) =>
    canonicalEvent(signs.ExploitationIndicatorRecordedSchema, told, {
      indicatorReference: `S-${one.who}-${one.reference}-${one.way % 2}`,
      kind: ExploitationKind.CRIMINAL,
      strength: ways(one.way, IndicatorStrength.STRONG, IndicatorStrength.MODERATE, IndicatorStrength.WEAK),
    }),
  ownSign: (one, told) =>
    canonicalEvent(loops.ExploitationIndicatorRecordedSchema, told, {
      indicatorReference: `S-${one.who}-${one.reference}-${one.way % 2}`,
      kind: ExploitationKind.COUNTY_LINES,
      strength: ways(one.way, IndicatorStrength.STRONG, IndicatorStrength.MODERATE),
    }),
  assessed: (one, told) =>
    canonicalEvent(careSigns.ExploitationAssessedSchema, told, {
      level: ways(one.way, ExploitationLevel.MODERATE, ExploitationLevel.NO_CONCERN),
    }),
  referral: (one, told) =>
    canonicalEvent(enquiries.ReferralReceivedSchema, told, {
      referralReference: `R-${one.who}-${one.reference}`,
      sourceAgency: ways(one.way, 'police', 'yos'),
    }),
  decided: (one, told) =>
    canonicalEvent(enquiries.ReferralDecidedSchema, told, {
      referralReference: `R-${one.who}-${one.reference}`,
      decision: enquiries.ReferralDecided_Decision.ASSESSMENT,
    }),
  convened: (one, told) =>
    canonicalEvent(enquiries.StrategyDiscussionConvenedSchema, told, {
      discussionReference: `D-${one.who}-${one.reference}`,
      convenedFor: '2026-05-08',
    }),
  held: (one, told) =>
    canonicalEvent(enquiries.StrategyDiscussionHeldSchema, told, {
      discussionReference: `D-${one.who}-${one.reference}`,
      attended: ways(one.way, ['police'], ['police', 'YOS']),
    }),
  contributed: (one, told) =>
    canonicalEvent(loops.StrategyContributionRecordedSchema, told, {
      discussionReference: `D-${one.who}-${one.reference}`,
    }),
} satisfies Record<string, Say>;

const often = (says: Step['says'], weight: number) => ({ weight, arbitrary: fc.constant(says) });
const what = fc.oneof(
  often('report', 8),
  often('homeReport', 6),
  often('found', 4),
  often('back', 4),
  often('homeBack', 4),
  often('allocated', 3),
  often('withdrawal', 4),
  often('interview', 3),
  often('sign', 3),
  ...Object.keys(sayings).map((says) => often(says as keyof typeof sayings, 1)),
);

export const nightStories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    says: what,
    who: fc.nat(1),
    reference: fc.nat(2),
    // Most of it is news. Of ten days ago nobody is told.
    hours: fc.constantFrom(1, 2, 3, 5, 8, 12, 20, 26, 30, 36, 40, 240),
    way: fc.nat(3),
    numbered: fc.oneof({ weight: 7, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  }),
  { minLength: 6, maxLength: 24, size: 'max' },
);

/** The messages of a story, in the order of what their sources wrote. Stories of other families are about other children. */
export function nightsTold(story: readonly Step[], family = 0): Telling[] {
  const events: CloudEvent[] = [];
  const theirs = story.map((one) => ({ ...one, who: one.who + siblings.length * family }));
  return theirs.flatMap((one, place): Telling[] => {
    const event = eventOf(one, place, events);
    if (!event) return [];
    if (one.says !== 'withdrawal') events.push(event);
    return [{ system: systemOf(event), door: 'events', event }];
  });
}

function eventOf(one: Step, place: number, before: readonly CloudEvent[]): CloudEvent | undefined {
  const at = (hours: number): string => new Date(Date.parse(toldAt) - hours * 3_600_000 + place * 1_000).toISOString();
  const recordedtime = new Date(Date.parse(toldAt) - 60_000 + place * 1_000).toISOString();
  const id = `told ${place} of ${familyOf(one)}`;
  const told = { id, subject: `child-${one.who}`, time: at(one.hours), recordedtime };
  if (one.says !== 'withdrawal') {
    const event = sayings[one.says](one, told, at);
    return { ...event, data: { ...(event.data as JsonObject), person: person(one) } };
  }
  const target = before.at(-1 - one.way);
  if (!target) return undefined;
  const data = { messageId: target.id, reason: 'recorded by mistake' };
  switch (systemOf(target)) {
    case 'police':
      return canonicalEvent(police.WithdrawnSchema, told, data);
    case 'social-care':
      return canonicalEvent(care.WithdrawnSchema, told, data);
    default:
      return canonicalEvent(yos.WithdrawnSchema, told, data);
  }
}

const siblings = ['Ash', 'Bryn'];
const surnames = [
  ...['Alder', 'Birch', 'Cedar', 'Elder', 'Hazel', 'Rowan'],
  ...['Aspen', 'Linden', 'Maple', 'Poplar', 'Spruce', 'Willow'],
];

function familyOf({ who }: Pick<Step, 'who'>): number {
  const family = Math.floor(who / siblings.length);
  if (family >= surnames.length) throw new RangeError(`there are ${surnames.length} families`);
  return family;
}

function person({ who, numbered }: Step) {
  const family = familyOf({ who });
  const named = {
    givenNames: siblings[who % siblings.length] ?? '',
    familyName: surnames[family] ?? '',
    birthDate: `2011-02-${14 + family}`,
  };
  // Every thirteenth multiple of eleven has no check digit.
  return numbered ? { ...named, nhsNumber: testNhsNumber(11 * (who + 1 + Math.floor(who / 12))) } : named;
}

function systemOf({ source }: CloudEvent): Agency {
  if (!isAgency(source)) throw new TypeError(`${source} is no agency`);
  return source;
}
