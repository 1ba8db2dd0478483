import { HearingListedSchema } from '../../contracts/gen/hub/court/v1/court_pb.js';
import { canonicalEvent } from '../cloud-event.js';
import { hearingResulted, type SimulatedHearing, type SimulatedResult } from '../hearing-resulted.js';
import { testUuid, type Simulated } from '../people.js';
import type { Telling } from '../telling.js';
import type { Calendar } from './calendar.js';
import type { Cast } from './people.js';

const referralOrder = { id: testUuid(0x301), code: '3041', label: 'Referral order' };
const costs: SimulatedResult = { id: testUuid(0x302), code: '3004', label: 'Costs', terms: [['Amount', '£85.00']] };
const rehabilitationOrder: SimulatedResult = {
  id: testUuid(0x303),
  code: '1156',
  label: 'Youth rehabilitation order',
  terms: [
    ['Length', '12 months'],
    ['Supervision requirement', '12 months'],
    ['Unpaid work requirement', '60 hours'],
  ],
};
const fine: SimulatedResult = { id: testUuid(0x304), code: '1015', label: 'Fine', terms: [['Amount', '£120.00']] };

export function toldByCourt({ day, at }: Calendar, { kit, wren, rowan, coDefendant }: Cast): readonly Telling[] {
  const asKit = { id: testUuid(0x101), person: kit, isYouth: true };
  const asWren = { id: testUuid(0x102), person: wren };
  const asAdult = { id: testUuid(0x103), person: coDefendant, isYouth: false };
  const theft = { id: testUuid(0x201), code: 'TH68010', title: 'Theft from a shop' };
  const affray = { id: testUuid(0x202), code: 'PU86004', title: 'Affray' };
  const wrensAffray = { id: testUuid(0x203), code: 'PU86004', title: 'Affray' };

  const first = (months: string, others: readonly SimulatedResult[]) => [
    {
      ...asKit,
      offences: [{ ...theft, results: [{ ...referralOrder, terms: [['Length', months] as const] }, ...others] }],
    },
  ];
  const listed = (
    serial: number,
    subject: string,
    person: Simulated,
    said: string,
    listedFor: string,
    type: string,
  ) => {
    const told = { id: `court-listed-${serial}`, subject, time: said };
    const { givenNames, familyName, birthDate, pncId = '' } = person;
    const content = { court: 'Fernhill Youth Court', hearingType: type, hearingId: testUuid(serial), listedFor };
    const event = canonicalEvent(HearingListedSchema, told, {
      ...content,
      person: { givenNames, familyName, birthDate, pncId },
    });
    return { system: 'court', door: 'events', event } as const;
  };

  return [
    listed(0x4, testUuid(0x101), kit, at(14, '11:00'), at(0, '14:00'), 'Review of the order'),
    listed(0x5, testUuid(0x104), rowan, at(1, '23:50'), at(-1, '10:00'), 'First hearing'),
    shared('hearing-1', {
      id: testUuid(0x1),
      day: day(668),
      sharedTime: at(668, '15:20'),
      defendants: first('6 months', [costs]),
    }),
    // Shared again the next morning: the order is longer, and the costs were never ordered.
    shared('hearing-1-reshared', {
      id: testUuid(0x1),
      day: day(668),
      sharedTime: at(667, '09:05'),
      isReshare: true,
      defendants: first('9 months', []),
    }),
    shared('wren-hearing', {
      id: testUuid(0x2),
      day: day(380),
      sharedTime: at(380, '12:40'),
      defendants: [
        { ...asWren, offences: [{ ...wrensAffray, results: [{ ...referralOrder, terms: [['Length', '4 months']] }] }] },
      ],
    }),
    shared('hearing-2', {
      id: testUuid(0x3),
      day: day(300),
      sharedTime: at(300, '16:10'),
      defendants: [
        { ...asKit, offences: [{ ...affray, results: [rehabilitationOrder] }] },
        { ...asAdult, offences: [{ ...affray, id: testUuid(0x204), results: [fine] }] },
      ],
    }),
  ];
}

function shared(id: string, hearing: SimulatedHearing): Telling {
  return {
    system: 'court',
    door: 'native',
    format: 'public.events.hearing.hearing-resulted',
    headers: {
      'content-type': 'application/json',
      'hub-format': 'public.events.hearing.hearing-resulted',
      'hub-message-id': `court-${id}`,
      'hub-observed-at': hearing.sharedTime,
    },
    body: JSON.stringify(hearingResulted(hearing)),
  };
}
