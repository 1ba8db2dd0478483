import type { Expected } from './what-comes-of-it.js';

/** Of prisons and of probation on one topic: whichever system an area subscribes with. */
function movement(name: string, number: string, kind: string, time: { day: string; at: string }): readonly Expected[] {
  const type = `hub.secure_estate.v1.${name}`;
  return (['secure-estate', 'probation'] as const).map((agency) => ({
    agency,
    facts: [
      {
        type,
        record: number,
        key: [kind, time.day],
        occurred: time.at,
        onlyIfKnown: 'not-shown-to-be-a-child',
        identifiers: ['noms'],
      },
    ],
    // An opposite movement soon after would be told at once only: the settled word covers nothing.
    covers: 0,
  }));
}

const described = (['probation', 'secure-estate'] as const).map((agency) => ({
  agency,
  outcomes: [['ignored', 'schema'] as const],
}));

export const hmpps: Readonly<Record<string, readonly Expected[]>> = {
  // Descriptions of an interface and of messages: nothing happened in them, and no person is there.
  'hmpps-core-person-record.openapi.json': described,
  'hmpps-domain-event.schema.json': described,
  // Inside their envelopes, of prisoners of whom nothing says that they are children: held until the hub knows the number.
  'hmpps-sqs-prisoner-received-new-custody.json': movement('ReceivedIntoCustody', 'A0004AA', 'received', {
    day: '2023-08-04',
    at: '2023-08-04T07:09:36.649098Z',
  }),
  'hmpps-sqs-prisoner-released-hdc.json': movement('ReleasedFromCustody', 'A0023AA', 'released', {
    day: '2025-03-31',
    at: '2025-03-31T06:03:50.912169Z',
  }),
};
