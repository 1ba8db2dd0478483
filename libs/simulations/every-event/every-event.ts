import { catalogue } from '../../contracts/catalogue.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import type { Simulated } from '../people.js';
import { everyCourtEvent } from './court.js';
import { everyEducationEvent } from './education.js';
import { everyHealthEvent } from './health.js';
import { everyPoliceEvent } from './police.js';
import { everyProbationEvent } from './probation.js';
import { everySecureEstateEvent } from './secure-estate.js';
import { everySocialCareEvent } from './social-care.js';
import { everyYosEvent } from './yos.js';

/**
 * One of every event of the contract but withdrawals, about one person, all at one time (RFC 3339). `serial` keeps the
 * message ids and references of one call apart from another's.
 */
export function everyEvent(person: Simulated, time: string, serial = 1): readonly CloudEvent[] {
  return [
    ...everyCourtEvent(person, time, serial),
    ...everyEducationEvent(person, time, serial),
    ...everyHealthEvent(person, time, serial),
    ...everyPoliceEvent(person, time, serial),
    ...everyProbationEvent(person, time, serial),
    ...everySecureEstateEvent(person, time, serial),
    ...everySocialCareEvent(person, time, serial),
    ...everyYosEvent(person, time, serial),
  ];
}

/** One withdrawal by every agency of the contract, of the message `messageId`. */
export function everyWithdrawal(messageId: string, time: string): readonly CloudEvent[] {
  return [...catalogue.values()]
    .filter(({ category }) => category === 'correction')
    .map(({ agency, schema }) =>
      canonicalEvent(
        schema,
        { id: `withdrawn-${agency}-${messageId}`, subject: messageId, time },
        { messageId, reason: 'wrong child' },
      ),
    );
}
