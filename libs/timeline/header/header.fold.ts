import { dayInLondon } from '../../kernel/london.js';
import { appointmentsOf } from './appointments.js';
import { carriedOutTypes } from './carried-out.js';
import { flagsOf, judgementOf, needsOf } from './assessment.js';
import type { HeaderFact, HeaderLine } from './header-fact.js';
import { ordersOf } from './orders.js';
import { caseManagersOf, coverOf, socialWorkersOf, statusOf } from './people.js';
import { whereaboutsOf, type OpenReports } from './whereabouts.js';

/** What a worker must see without scrolling, in this order. */
export const headerFields = [
  'where',
  'reoffending',
  'harm-to-others',
  'safety-and-wellbeing',
  'self-harm',
  'medical',
  'orders',
  'bail',
  'tag',
  'status',
  'authority',
  'case-manager',
  'social-worker',
  'cover',
  'communication',
  'next',
  'overdue',
] as const;

export type HeaderField = (typeof headerFields)[number];

/** Each field with what is so. None: no system has sent it, or not to this reader; the two look alike. */
export type Header = Readonly<Record<HeaderField, readonly HeaderLine[]>>;

/** Of these a header needs only the newest of each record, whether or not the reader may see that one. */
export const caseStatements: readonly string[] = ['hub.yos.v1.CaseAllocated', 'hub.yos.v1.CaseClosed'];

/** The types a header is made of: nothing else of a childhood need be read. */
export const headerTypes: readonly string[] = [
  'hub.court.v1.HearingListed',
  'hub.court.v1.ResultRecorded',
  'hub.police.v1.ChildReturned',
  'hub.police.v1.DetentionAuthorised',
  'hub.police.v1.DetentionEnded',
  'hub.police.v1.MissingFound',
  'hub.police.v1.MissingReportCancelled',
  'hub.police.v1.MissingReported',
  'hub.secure_estate.v1.MovedBetweenEstablishments',
  'hub.secure_estate.v1.ReceivedIntoCustody',
  'hub.secure_estate.v1.ReleasedFromCustody',
  'hub.social_care.v1.ChildReturned',
  'hub.social_care.v1.MissingEpisodeRecorded',
  'hub.social_care.v1.MissingReported',
  'hub.social_care.v1.PlacementRecorded',
  'hub.social_care.v1.SocialWorkerAllocated',
  'hub.social_care.v1.StatusRecorded',
  'hub.yos.v1.AppointmentPlanned',
  'hub.yos.v1.AppointmentRecorded',
  ...carriedOutTypes,
  ...caseStatements,
  'hub.yos.v1.CommunicationNeedsRecorded',
  'hub.yos.v1.CoverArranged',
  'hub.yos.v1.RiskJudged',
  'hub.yos.v1.VitalFlagRecorded',
];

/**
 * The header at an instant (RFC 3339) from the facts that hold and that the reader sees in full, in whatever order they
 * come. What had not happened by then is not in it; what was only planned is. `open`: reports of episodes that last, which
 * another capability tells from the same facts.
 */
export function headerOf(facts: readonly HeaderFact[], at: string, open: OpenReports = new Map()): Header {
  const now = Date.parse(at);
  const happened = facts.filter(({ occurredAt }) => Date.parse(occurredAt) <= now);
  const today = dayInLondon(at);
  return {
    where: whereaboutsOf(happened, { at, today }, open),
    reoffending: judgementOf(happened, 'JUDGEMENT_REOFFENDING'),
    'harm-to-others': judgementOf(happened, 'JUDGEMENT_HARM_TO_OTHERS'),
    'safety-and-wellbeing': judgementOf(happened, 'JUDGEMENT_SAFETY_AND_WELLBEING'),
    'self-harm': flagsOf(happened, ['KIND_SELF_HARM'], today),
    medical: flagsOf(happened, ['KIND_MEDICAL', 'KIND_MEDICATION', 'KIND_ALLERGY'], today),
    ...ordersOf(happened, today),
    ...statusOf(happened, today),
    'case-manager': caseManagersOf(happened),
    'social-worker': socialWorkersOf(happened),
    cover: coverOf(happened, at),
    communication: needsOf(happened),
    ...appointmentsOf(happened, at),
  };
}
