import { TemporaryReleaseDecided_Decision as Decision } from '../../contracts/gen/hub/secure_estate/v1/custody_pb.js';
import type { Translation } from '../../kernel/outcome.js';
import { allocation } from './allocation.js';
import { absenceDecided, absencePending, alert, alertDeleted, recall, recallDeleted } from './custody.js';
import type { DomainEvent } from './domain-event.js';
import { casesMerged, casesParted, prisonerNumberFound, prisonersMerged } from './merge.js';
import { movement } from './movement.js';
import {
  breachNotice,
  breachNoticeDeleted,
  licence,
  recallConsidered,
  recallDecided,
  registration,
  registrationDeleted,
  registrationEnded,
  report,
} from './supervision.js';

type Reader = (event: DomainEvent) => Translation;

const absence = 'person.temporary-absence-authorisation';

// As the licence service names the kinds of licence that it publishes.
const licences = ['licence', 'hdc-licence', 'variation', 'prrd-licence', 'time-served-licence'].flatMap(
  (kind): [string, Reader][] => [
    [`create-and-vary-a-licence.${kind}.activated`, (event) => licence(event, kind, false)],
    [`create-and-vary-a-licence.${kind}.inactivated`, (event) => licence(event, kind, true)],
  ],
);

/** The domain events that the hub takes up, by HMPPS's own names. There are hundreds of others. */
export const events: Readonly<Record<string, Reader>> = {
  'prisoner-offender-search.prisoner.received': (event) => movement(event, 'received', 'immediate'),
  'prison-offender-events.prisoner.received': (event) => movement(event, 'received', 'settled'),
  'prisoner-offender-search.prisoner.released': (event) => movement(event, 'released', 'immediate'),
  'prison-offender-events.prisoner.released': (event) => movement(event, 'released', 'settled'),
  'prison-offender-events.prisoner.merged': prisonersMerged,
  'person.alert.created': (event) => alert(event, false),
  'person.alert.inactive': (event) => alert(event, true),
  'person.alert.deleted': alertDeleted,
  'recall.inserted': recall,
  'recall.deleted': recallDeleted,
  [`${absence}.pending`]: absencePending,
  [`${absence}.approved`]: (event) => absenceDecided(event, Decision.GRANTED),
  [`${absence}.denied`]: (event) => absenceDecided(event, Decision.REFUSED),
  [`${absence}.cancelled`]: (event) => absenceDecided(event, Decision.CANCELLED),
  'person.community.manager.allocated': allocation,
  'probation-case.merge.completed': casesMerged,
  'probation-case.unmerge.completed': casesParted,
  'probation-case.prison-identifier.added': prisonerNumberFound,
  'probation-case.registration.added': registration,
  'probation-case.registration.updated': registration,
  'probation-case.registration.deregistered': registrationEnded,
  'probation-case.registration.deleted': registrationDeleted,
  'probation-case.breach-notice.created': breachNotice,
  'probation-case.breach-notice.deleted': breachNoticeDeleted,
  'prison-recall.recommendation.started': recallConsidered,
  'prison-recall.recommendation.consideration': recallConsidered,
  'prison-recall.recommendation.management-oversight': recallDecided,
  'pre-sentence.report.started': (event) => report(event, false),
  'pre-sentence.report.completed': (event) => report(event, true),
  ...Object.fromEntries(licences),
};
