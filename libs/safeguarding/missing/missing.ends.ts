import { caseTypes, discussionTypes } from '../standing.fold.js';
import { episodeTypes } from './episodes.fold.js';

const interview = [...episodeTypes, 'hub.social_care.v1.ReturnInterviewRecorded'];
const use = [...interview, 'hub.yos.v1.ReturnInterviewUseRecorded', ...caseTypes];

/**
 * What can end each of the duties, the offers and the board about a missing child. Whatever is said of an episode may move it: a report
 * that is cancelled, or turns out to be of another night, ends what rests on it.
 */
export const missingEnds: Readonly<Record<string, readonly string[]>> = {
  'prevention-interview': [...episodeTypes, 'hub.police.v1.PreventionInterviewRecorded'],
  'decide-return-interview': interview,
  'return-home-interview': interview,
  'reason-for-no-interview': interview,
  'use-return-interview': use,
  'strategy-meeting': [...episodeTypes, ...discussionTypes],
  'placement-notice': [
    'hub.social_care.v1.PlacementRecorded',
    'hub.social_care.v1.StatusRecorded',
    'hub.social_care.v1.PlacementNoticeSent',
  ],
  'interview-slot': [...interview, 'hub.yos.v1.AppointmentPlanned'],
  'interviews-due': use,
};
