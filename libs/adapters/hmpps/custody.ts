import {
  PrisonAlertRecordedSchema,
  RecallRecordedSchema,
  SelfHarmAlertRecordedSchema,
  TemporaryReleaseConsideredSchema,
  type TemporaryReleaseDecided_Decision as Decision,
  TemporaryReleaseDecidedSchema,
} from '../../contracts/gen/hub/secure_estate/v1/custody_pb.js';
import type { Identifier } from '../../kernel/fact.js';
import { translated, type Translation } from '../../kernel/outcome.js';
import { required, type Place } from '../reading/place.js';
import { numberIn, type DomainEvent } from './domain-event.js';
import { statementOf, takesBack } from './statement.js';

// The prison service's alert codes for self-harm (type H): these must reach whoever has the child tonight. Rule G9.
const selfHarm: readonly string[] = ['HA', 'HA1', 'HC', 'HS', 'SH'];

/** An alert on the prison record begins, or no longer holds. The event has its code and nothing of its words. */
export function alert(event: DomainEvent, ended: boolean): Translation {
  const alertId = idAt(event.more.at('alertUuid'));
  const code = event.more.at('alertCode');
  const alertCode = required(code.text()?.toUpperCase(), code);
  const statement = { numbers: [prisoner(event)], key: [alertId], scope: alertOf(alertId) } as const;
  const schema = selfHarm.includes(alertCode) ? SelfHarmAlertRecordedSchema : PrisonAlertRecordedSchema;
  return translated([statementOf(event, schema, statement, (person) => ({ alertId, alertCode, ended, person }))]);
}

/** An alert was entered by mistake: it never held. */
export function alertDeleted(event: DomainEvent): Translation {
  return takesBack(event, alertOf(idAt(event.more.at('alertUuid'))));
}

export function recall(event: DomainEvent): Translation {
  const recallId = idAt(event.more.at('recallId'));
  const statement = { numbers: [prisoner(event)], key: [recallId], scope: recallOf(recallId) } as const;
  return translated([statementOf(event, RecallRecordedSchema, statement, (person) => ({ recallId, person }))]);
}

export function recallDeleted(event: DomainEvent): Translation {
  return takesBack(event, recallOf(idAt(event.more.at('recallId'))));
}

/** A temporary absence awaits a decision. Whether it is on licence or an escort, the event does not say. */
export function absencePending(event: DomainEvent): Translation {
  const releaseReference = idAt(event.more.at('id'));
  const statement = { numbers: [prisoner(event)], key: [releaseReference] } as const;
  return translated([
    statementOf(event, TemporaryReleaseConsideredSchema, statement, (person) => ({ releaseReference, person })),
  ]);
}

export function absenceDecided(event: DomainEvent, decision: Decision): Translation {
  const releaseReference = idAt(event.more.at('id'));
  const statement = { numbers: [prisoner(event)], key: [releaseReference] } as const;
  return translated([
    statementOf(event, TemporaryReleaseDecidedSchema, statement, (person) => ({ releaseReference, decision, person })),
  ]);
}

const prisoner = (event: DomainEvent): Identifier => ({ kind: 'noms', value: numberIn(event, 'noms') });
const idAt = (place: Place): string => required(place.id(), place);
const alertOf = (id: string): readonly string[] => ['prison-alert', id];
const recallOf = (id: string): readonly string[] => ['recall', id];
