import {
  BreachNoticeIssuedSchema,
  LicenceRecordedSchema,
  PreSentenceReportCompletedSchema,
  PreSentenceReportStartedSchema,
  RecallConsideredSchema,
  RecallDecided_Decision as Decision,
  RecallDecidedSchema,
  RegistrationEndedSchema,
  RegistrationRecordedSchema,
} from '../../contracts/gen/hub/probation/v1/supervision_pb.js';
import type { Identifier } from '../../kernel/fact.js';
import { translated, type Translation } from '../../kernel/outcome.js';
import { BadPart } from '../reading/bad-part.js';
import { required, type Place } from '../reading/place.js';
import { numberIfAny, numberIn, type DomainEvent } from './domain-event.js';
import { statementOf, takesBack } from './statement.js';

const decisions: Readonly<Record<string, Decision>> = {
  DECISION_TO_RECALL: Decision.RECALL,
  DECISION_NOT_TO_RECALL: Decision.NO_RECALL,
};

/** The event has no id of the recommendation: each time it is said is a fact. */
export function recallConsidered(event: DomainEvent): Translation {
  const statement = { numbers: [supervised(event)], key: [event.occurredAt] } as const;
  return translated([statementOf(event, RecallConsideredSchema, statement, (person) => ({ person }))]);
}

export function recallDecided(event: DomainEvent): Translation {
  const place = event.more.at('contactOutcome');
  const outcome = required(place.text(), place);
  const decision = Object.hasOwn(decisions, outcome) ? decisions[outcome] : undefined;
  if (decision === undefined) throw new BadPart('unknown-code', 'an outcome the hub does not know', place.pointer);
  const statement = { numbers: [supervised(event)], key: [event.occurredAt] } as const;
  return translated([statementOf(event, RecallDecidedSchema, statement, (person) => ({ decision, person }))]);
}

export function breachNotice(event: DomainEvent): Translation {
  const noticeId = idAt(event.more.at('breachNoticeId'));
  const statement = { numbers: [supervised(event)], key: [noticeId], scope: noticeOf(noticeId) } as const;
  return translated([statementOf(event, BreachNoticeIssuedSchema, statement, (person) => ({ noticeId, person }))]);
}

export function breachNoticeDeleted(event: DomainEvent): Translation {
  return takesBack(event, noticeOf(idAt(event.more.at('breachNoticeId'))));
}

/** A licence begins, or no longer holds. It names the person by both numbers, where it has them. */
export function licence(event: DomainEvent, kind: string, ended: boolean): Translation {
  const licenceId = idAt(event.more.at('licenceId'));
  const crn = numberIfAny(event, 'crn');
  const noms = numberIfAny(event, 'noms');
  const [first, ...others] = [
    ...(crn === undefined ? [] : [{ kind: 'crn', value: crn } as const]),
    ...(noms === undefined ? [] : [{ kind: 'noms', value: noms } as const]),
  ];
  const numbers = [required(first, event.place.at('personReference').at('identifiers')), ...others] as const;
  const statement = { numbers, key: [licenceId] };
  return translated([
    statementOf(event, LicenceRecordedSchema, statement, (person) => ({ licenceId, kind, ended, person })),
  ]);
}

export function report(event: DomainEvent, completed: boolean): Translation {
  const reportId = idAt(event.more.at('reportId'));
  const statement = { numbers: [supervised(event)], key: [reportId] } as const;
  const schema = completed ? PreSentenceReportCompletedSchema : PreSentenceReportStartedSchema;
  return translated([statementOf(event, schema, statement, (person) => ({ reportId, person }))]);
}

export function registration(event: DomainEvent): Translation {
  const { more } = event;
  const registrationId = idAt(more.at('registrationId'));
  const statement = {
    numbers: [supervised(event)],
    key: [registrationId],
    scope: registrationOf(registrationId),
  } as const;
  return translated([
    statementOf(event, RegistrationRecordedSchema, statement, (person) => ({
      registrationId,
      registerCode: codeAt(more.at('registerTypeCode')),
      register: more.at('registerTypeDescription').text() ?? '',
      level: more.at('registrationLevelDescription').text() ?? '',
      category: more.at('registrationCategoryDescription').text() ?? '',
      person,
    })),
  ]);
}

/** It says which register, and by an id of its own: which registration is over cannot be told. */
export function registrationEnded(event: DomainEvent): Translation {
  const { more } = event;
  const deregistrationId = idAt(more.at('deregistrationId'));
  const statement = { numbers: [supervised(event)], key: [deregistrationId] } as const;
  return translated([
    statementOf(event, RegistrationEndedSchema, statement, (person) => ({
      deregistrationId,
      registerCode: codeAt(more.at('registerTypeCode')),
      register: more.at('registerTypeDescription').text() ?? '',
      person,
    })),
  ]);
}

export function registrationDeleted(event: DomainEvent): Translation {
  return takesBack(event, registrationOf(idAt(event.more.at('registrationId'))));
}

const supervised = (event: DomainEvent): Identifier => ({ kind: 'crn', value: numberIn(event, 'crn') });
const idAt = (place: Place): string => required(place.id(), place);
const codeAt = (place: Place): string => required(place.text()?.toUpperCase(), place);
const noticeOf = (id: string): readonly string[] => ['breach-notice', id];
const registrationOf = (id: string): readonly string[] => ['registration', id];
