// Domain events of prisons and probation, and what must come of each: for round trips, and for fuzzing.
import fc from 'fast-check';
import type { SimulatedMovement } from '../../simulations/domain-event.js';
import { domainEvent, removedOf, type Identified, type SimulatedEvent } from '../../simulations/supervision-event.js';

/** An event, and the facts that it is: type, record and business key after these. */
export interface Generated {
  readonly event: SimulatedEvent;
  readonly facts: readonly { readonly type: string; readonly record: string; readonly key: readonly string[] }[];
  /** Scopes that it takes back. */
  readonly takesBack: readonly (readonly string[])[];
}

export const nomsNumbers = fc.stringMatching(/^[A-Z]\d{4}[A-Z]{2}$/);
export const crns = fc.stringMatching(/^[A-Z]\d{6}$/);

/** RFC 3339 in UTC, to the second. */
export const instants = fc
  .date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2026-06-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

const basis = fc.record({ noms: nomsNumbers, crn: crns, at: instants, id: fc.uuid({ version: 4 }) });
type Basis = { readonly noms: string; readonly crn: string; readonly at: string; readonly id: string };

/** A movement, and the event that it is. */
export interface GeneratedMovement {
  readonly movement: SimulatedMovement & { readonly reasonCode: string };
  readonly type: string;
  readonly recall: boolean;
  readonly toHospital: boolean;
}

const received = ['ADMISSION', 'NEW_ADMISSION', 'READMISSION', 'RECALL', 'CONVICTED', 'REMAND', 'TRANSFERRED'] as const;
const released = ['RELEASED', 'RELEASED_TO_HOSPITAL'] as const;
const ways = [
  ...received.map((reason) => ({ direction: 'received' as const, reason })),
  ...released.map((reason) => ({ direction: 'released' as const, reason })),
];

/** Movements that begin or end custody, or change its place. */
export const movements: fc.Arbitrary<GeneratedMovement> = fc
  .record({
    way: fc.constantFrom(...ways),
    nomsNumber: nomsNumbers,
    occurredAt: instants,
    prisonId: fc.stringMatching(/^[A-Z]{3}$/),
    reasonCode: fc.constantFrom('N', 'CR', 'L', '24'),
  })
  .map(({ way, ...said }) => ({
    movement: { ...said, ...way },
    type: `hub.secure_estate.v1.${typeOf(way.direction, way.reason)}`,
    // Recall codes are those of a reception: of a transfer nothing is said.
    recall: typeOf(way.direction, way.reason) === 'ReceivedIntoCustody' && (way.reason === 'RECALL' || ['L', '24'].includes(said.reasonCode)), // prettier-ignore
    toHospital: way.reason === 'RELEASED_TO_HOSPITAL',
  }));

function typeOf(direction: 'received' | 'released', reason: string): string {
  if (direction === 'released') return 'ReleasedFromCustody';
  return reason === 'TRANSFERRED' ? 'MovedBetweenEstablishments' : 'ReceivedIntoCustody';
}

/** Everything the hub takes up but movements and allocations. */
export const domainEvents: fc.Arbitrary<Generated> = fc
  .tuple(basis, fc.constantFrom(...kinds()), fc.constantFrom('XA', 'HA', 'XSA'))
  .map(([drawn, kind, alertCode]) => kind(drawn, alertCode));

function kinds(): ((drawn: Basis, alertCode: string) => Generated)[] {
  const custody = 'hub.secure_estate.v1.';
  const probation = 'hub.probation.v1.';
  const one = (event: SimulatedEvent, type: string, record: string, ...key: string[]): Generated => ({
    event,
    facts: [{ type, record, key }],
    takesBack: [],
  });
  const undone = (event: SimulatedEvent, ...scope: string[]): Generated => ({ event, facts: [], takesBack: [scope] });
  const alertType = (code: string): string => `${custody}${code === 'HA' ? 'SelfHarmAlert' : 'PrisonAlert'}Recorded`;
  const alerted = (what: string, { noms, at, id }: Basis, alertCode: string): SimulatedEvent =>
    domainEvent(`person.alert.${what}`, at, prisoner(noms), { alertUuid: id.toUpperCase(), alertCode });
  const absence = (what: string, name: string) => (drawn: Basis) =>
    one(
      domainEvent(`person.temporary-absence-authorisation.${what}`, drawn.at, prisoner(drawn.noms), { id: drawn.id }),
      `${custody}TemporaryRelease${name}`,
      drawn.noms,
      drawn.id,
    );
  const register = (drawn: Basis, what: string) =>
    domainEvent(`probation-case.registration.${what}`, drawn.at, supervised(drawn.crn), {
      registerTypeCode: 'RHRH',
      registrationId: drawn.id,
      deregistrationId: drawn.id,
    });
  const recommended = (drawn: Basis, what: string, name: string) =>
    one(
      domainEvent(`prison-recall.recommendation.${what}`, drawn.at, supervised(drawn.crn), {
        contactOutcome: 'DECISION_NOT_TO_RECALL',
      }),
      `${probation}${name}`,
      drawn.crn,
      drawn.at,
    );
  return [
    (drawn, code) => one(alerted('created', drawn, code), alertType(code), drawn.noms, drawn.id),
    (drawn, code) => one(alerted('inactive', drawn, code), alertType(code), drawn.noms, drawn.id),
    (drawn, code) => undone(alerted('deleted', drawn, code), 'prison-alert', drawn.id),
    absence('pending', 'Considered'),
    absence('approved', 'Decided'),
    absence('denied', 'Decided'),
    absence('cancelled', 'Decided'),
    (drawn) =>
      one(
        domainEvent('recall.inserted', drawn.at, prisoner(drawn.noms), { recallId: drawn.id }),
        `${custody}RecallRecorded`,
        drawn.noms,
        drawn.id,
      ),
    (drawn) =>
      undone(domainEvent('recall.deleted', drawn.at, prisoner(drawn.noms), { recallId: drawn.id }), 'recall', drawn.id),
    ({ at, noms }) =>
      merged(noms, `${custody}PrisonerNumbersMerged`, (removedNomsNumber) => {
        const more = { nomsNumber: noms, removedNomsNumber };
        return domainEvent('prison-offender-events.prisoner.merged', at, prisoner(noms), more);
      }),
    ({ at, crn }) =>
      merged(crn, `${probation}CaseReferencesMerged`, (sourceCRN) =>
        domainEvent('probation-case.merge.completed', at, supervised(crn), { targetCRN: crn, sourceCRN }),
      ),
    ({ at, crn }) => {
      const more = { unmergedCRN: crn, reactivatedCRN: removedOf(crn) };
      const parted = domainEvent('probation-case.unmerge.completed', at, supervised(crn), more);
      return undone(parted, 'crn-merge', crn, removedOf(crn));
    },
    (drawn) => one(register(drawn, 'added'), `${probation}RegistrationRecorded`, drawn.crn, drawn.id),
    (drawn) => one(register(drawn, 'updated'), `${probation}RegistrationRecorded`, drawn.crn, drawn.id),
    (drawn) => one(register(drawn, 'deregistered'), `${probation}RegistrationEnded`, drawn.crn, drawn.id),
    (drawn) => undone(register(drawn, 'deleted'), 'registration', drawn.id),
    (drawn) => recommended(drawn, 'started', 'RecallConsidered'),
    (drawn) => recommended(drawn, 'management-oversight', 'RecallDecided'),
    ({ at, noms, crn, id }) => {
      const both = [...prisoner(noms), ...supervised(crn)];
      const varied = domainEvent('create-and-vary-a-licence.variation.activated', at, both, { licenceId: id });
      return one(varied, `${probation}LicenceRecorded`, crn, id);
    },
  ];
}

function merged(kept: string, type: string, event: (removed: string) => SimulatedEvent): Generated {
  const removed = removedOf(kept);
  const facts = [kept, removed].map((record) => ({ type, record, key: [kept, removed] }));
  return { event: event(removed), facts, takesBack: [] };
}

const prisoner = (value: string): Identified => [{ type: 'NOMS', value }];
const supervised = (value: string): Identified => [{ type: 'CRN', value }];
