import { encode } from '../../contracts/catalogue.js';
import { PractitionerAllocatedSchema } from '../../contracts/gen/hub/probation/v1/probation_pb.js';
import { translated, type Translation } from '../../kernel/outcome.js';
import { wireOf } from '../reading/person.js';
import { required } from '../reading/place.js';
import { numberIn, type DomainEvent } from './domain-event.js';
import { aboutNobodyKnown } from './nobody-known.js';

const type = 'hub.probation.v1.PractitionerAllocated';

/** A case given to a probation practitioner. The event carries an id of the allocation, and not who it is. */
export function allocation(event: DomainEvent): Translation {
  const crn = numberIn(event, 'crn');
  const id = event.more.at('allocationId');
  const allocationId = required(id.id(), id);
  const person = { identifiers: [{ kind: 'crn', value: crn } as const] };
  return translated([
    {
      record: { key: crn, person },
      key: [type, crn, allocationId],
      type,
      data: encode(PractitionerAllocatedSchema, { allocationId, person: wireOf(person) }),
      occurred: { at: event.occurredAt, precision: 'instant' },
      statedAt: event.publishedAt ?? event.occurredAt,
      onlyIfKnown: aboutNobodyKnown,
    },
  ]);
}
