import { entryAt, plain, told, word, type Reading } from '../reading.js';
import { returnReadings } from './social-care-returns.js';
import { absenceWords, safeguardingReadings } from './social-care-safeguarding.js';

const interviewWords: Readonly<Record<string, string>> = {
  OUTCOME_OFFERED: 'Offered',
  OUTCOME_DECLINED: 'Declined',
  OUTCOME_COMPLETED: 'Completed',
  OUTCOME_NOT_HELD: 'Not held',
};

export const statusWords: Readonly<Record<string, string>> = {
  STATUS_LOOKED_AFTER: 'Looked after',
  STATUS_CHILD_PROTECTION_PLAN: 'On a child protection plan',
  STATUS_CHILD_IN_NEED: 'Child in need',
  STATUS_CARE_LEAVER: 'Care leaver',
};

const placements: Readonly<Record<string, string>> = {
  'foster-carer': 'Foster carer',
  'childrens-home': 'Children’s home',
  parents: 'With parents',
};

export const socialCareReadings: Readonly<Record<string, Reading>> = {
  'hub.social_care.v1.MissingEpisodeRecorded': {
    title: ({ kind }) => entryAt(absenceWords, word(kind)),
    labels: { kind: 'Kind of absence', startedOn: 'First day', endedOn: 'Last day' },
    // The authority's own id of the child: an identifier, not news.
    silent: ['childId'],
    words: { kind: absenceWords },
    always: { endedOn: 'Not ended when this was stated' },
  },
  'hub.social_care.v1.ReturnInterviewRecorded': {
    title: ({ outcome }) => told('Return home interview', entryAt(interviewWords, word(outcome))?.toLowerCase()),
    labels: {
      flaggedUrgent: 'Must reach the case manager at once',
      outcome: 'Outcome',
      reason: 'Reason',
      summary: 'What the child said',
      offeredAt: 'Offered',
      heldAt: 'Held',
      interviewer: 'Interviewer',
      independent: 'Independent',
      interviewReference: 'Interview reference',
      episodeReference: 'Missing report reference',
    },
    words: { outcome: interviewWords },
    codes: ['interviewer'],
  },
  'hub.social_care.v1.StatusRecorded': {
    title: ({ status, endedOn }) => {
      const words = entryAt(statusWords, word(status));
      return words && word(endedOn) ? `Ended: ${words.toLowerCase()}` : words;
    },
    labels: {
      status: 'Status',
      legalBasis: 'Legal basis',
      responsibleAuthority: 'Responsible authority',
      startedOn: 'First day',
      endedOn: 'Last day',
      categoryOfHarm: 'For',
      firstCategoryOfHarm: 'First made for',
      previousPlans: 'Plans before this one',
      reviewedOn: 'Reviewed on',
    },
    words: { status: statusWords },
  },
  'hub.social_care.v1.PlacementRecorded': {
    title: ({ kind, area }) => {
      const place = told('Placement', placeWords(word(kind)).toLowerCase());
      return place && word(area) ? `${place}, ${word(area)}` : place;
    },
    labels: {
      kind: 'Kind of place',
      area: 'Area',
      outOfArea: 'Out of area',
      hostAuthority: 'Host authority',
      emergency: 'Made in an emergency',
      startedOn: 'First day',
      endedOn: 'Last day',
    },
    words: { kind: placements },
    codes: ['kind'],
  },
  'hub.social_care.v1.SocialWorkerAllocated': {
    title: ({ workerName }) => told('Social worker allocated', word(workerName)),
    labels: { workerName: 'Social worker', team: 'Team' },
  },
  ...safeguardingReadings,
  ...returnReadings,
};

/** A kind of placement as a practitioner says it; one that is not listed, as its source writes it. */
export function placeWords(kind: string): string {
  return entryAt(placements, kind) ?? plain(kind);
}
