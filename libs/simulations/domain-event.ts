import type { Agency } from '../kernel/agency.js';
import type { Telling } from './telling.js';

/** A movement as the prison service tells it. */
export interface SimulatedMovement {
  readonly direction: 'received' | 'released';
  readonly nomsNumber: string;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly prisonId: string;
  /** Default: an admission, a release. */
  readonly reason?: string;
  readonly reasonCode?: string;
  /** RFC 3339; default: 45 minutes later. */
  readonly publishedAt?: string;
  /** Where the person is when it is published; default: where the movement left them. */
  readonly currentLocation?: string;
}

/** At once, by the service that searches prisoners: it says little, and when it noticed. */
export function immediateEvent({ direction, nomsNumber, occurredAt, prisonId, reason }: SimulatedMovement) {
  return {
    eventType: `prisoner-offender-search.prisoner.${direction}`,
    version: 1,
    occurredAt,
    description: `A prisoner has been ${direction}`,
    detailUrl: `https://prisoner-search.example/prisoner/${nomsNumber}`,
    additionalInformation: {
      nomsNumber,
      reason: reason ?? (direction === 'received' ? 'NEW_ADMISSION' : 'RELEASED'),
      prisonId,
    },
    personReference: { identifiers: [{ type: 'NOMS', value: nomsNumber }] },
  };
}

/** The same movement 45 minutes later, by the prison service: nothing is said of one that was undone meanwhile. */
export function settledEvent(movement: SimulatedMovement) {
  const { direction, nomsNumber, occurredAt, prisonId } = movement;
  const isIn = direction === 'received';
  return {
    eventType: `prison-offender-events.prisoner.${direction}`,
    version: 1,
    occurredAt,
    publishedAt: movement.publishedAt ?? minutesAfter(occurredAt, 45),
    description: `A prisoner has been ${direction}`,
    additionalInformation: {
      nomsNumber,
      reason: movement.reason ?? (isIn ? 'ADMISSION' : 'RELEASED'),
      nomisMovementReasonCode: movement.reasonCode ?? (isIn ? 'N' : 'CR'),
      prisonId,
      currentLocation: movement.currentLocation ?? (isIn ? 'IN_PRISON' : 'OUTSIDE_PRISON'),
      currentPrisonStatus: isIn ? 'UNDER_PRISON_CARE' : 'NOT_UNDER_PRISON_CARE',
    },
    personReference: { identifiers: [{ type: 'NOMS', value: nomsNumber }] },
  };
}

/** A case given to a probation practitioner. */
export function allocationEvent(allocation: { crn: string; allocationId: string; occurredAt: string }) {
  const { crn, allocationId, occurredAt } = allocation;
  return {
    eventType: 'person.community.manager.allocated',
    version: 1,
    occurredAt,
    description: 'Person allocated event',
    detailUrl: `https://workload.example/allocation/person/${allocationId}`,
    additionalInformation: { allocationId },
    personReference: { identifiers: [{ type: 'CRN', value: crn }] },
  };
}

export interface SimulatedDomainEvent {
  readonly eventType: string;
  readonly occurredAt: string;
  readonly publishedAt?: string;
}

/** As a topic notifies of it: the event as text inside. */
export function notification(event: SimulatedDomainEvent) {
  return {
    Type: 'Notification',
    Message: JSON.stringify(event),
    Timestamp: event.publishedAt ?? event.occurredAt,
    MessageAttributes: { eventType: { Type: 'String', Value: event.eventType } },
  };
}

/** As a queue hands it out: the notification as text inside. */
export function queued(event: SimulatedDomainEvent) {
  return { ReceiptHandle: 'any', Body: JSON.stringify(notification(event)) };
}

/** Sent to the native door, as whichever envelope it comes in. `id`: the publisher adds one, for it has none itself. */
export function domainEventTelling(system: Agency, event: SimulatedDomainEvent, body: object, id?: string): Telling {
  return {
    system,
    door: 'native',
    format: event.eventType,
    headers: {
      'content-type': 'application/json',
      'hub-format': event.eventType,
      ...(id === undefined ? {} : { 'hub-message-id': id }),
      'hub-observed-at': event.publishedAt ?? event.occurredAt,
    },
    body: JSON.stringify(body),
  };
}

function minutesAfter(time: string, minutes: number): string {
  return new Date(Date.parse(time) + minutes * 60_000).toISOString();
}
