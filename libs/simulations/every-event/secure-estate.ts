import {
  MovedBetweenEstablishmentsSchema,
  ReceivedIntoCustodySchema,
  ReleasedFromCustodySchema,
} from '../../contracts/gen/hub/secure_estate/v1/secure_estate_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { everyCustodyEvent } from './custody.js';
import { toldOf } from './told-of.js';

/** One of every event that this agency publishes, but its withdrawal. */
export function everySecureEstateEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  return [
    ...everyCustodyEvent(person, time, serial),
    canonicalEvent(ReceivedIntoCustodySchema, told('received', 'prisoner'), {
      establishment: 'FHI',
      recall: true,
      reasonCode: 'Y',
      person,
    }),
    canonicalEvent(MovedBetweenEstablishmentsSchema, told('moved', 'prisoner'), {
      establishment: 'WDI',
      reasonCode: 'INT',
      person,
    }),
    canonicalEvent(ReleasedFromCustodySchema, told('released', 'prisoner'), {
      establishment: 'WDI',
      toHospital: true,
      reasonCode: 'HP',
      person,
    }),
  ];
}
