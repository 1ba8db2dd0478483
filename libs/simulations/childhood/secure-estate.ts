import {
  domainEventTelling,
  immediateEvent,
  notification,
  settledEvent,
  type SimulatedMovement,
} from '../domain-event.js';
import type { Telling } from '../telling.js';
import type { Calendar } from './calendar.js';
import { nomsNumber } from './people.js';

const prisonId = 'FHI';

/** Four weeks on remand, each movement told twice; and a release that was entered by mistake and put right. */
export function toldBySecureEstate({ at }: Calendar): readonly Telling[] {
  const received: SimulatedMovement = { direction: 'received', nomsNumber, occurredAt: at(148, '17:40'), prisonId };
  const mistake: SimulatedMovement = { direction: 'released', nomsNumber, occurredAt: at(135, '10:05'), prisonId };
  const putRight: SimulatedMovement = {
    ...received,
    occurredAt: at(135, '10:25'),
    reason: 'READMISSION',
  };
  const released: SimulatedMovement = { ...mistake, occurredAt: at(121, '10:15') };
  return [
    toldAtOnce('received', { ...received, occurredAt: at(148, '17:42') }),
    settled('received', received),
    toldAtOnce('mistake', mistake),
    toldAtOnce('put-right', putRight),
    toldAtOnce('released', { ...released, occurredAt: at(121, '10:16') }),
    settled('released', released),
  ];
}

function toldAtOnce(name: string, movement: SimulatedMovement): Telling {
  const event = immediateEvent(movement);
  return domainEventTelling('secure-estate', event, notification(event), `secure-estate-${name}-at-once`);
}

function settled(name: string, movement: SimulatedMovement): Telling {
  const event = settledEvent(movement);
  return domainEventTelling('secure-estate', event, notification(event), `secure-estate-${name}-settled`);
}
