import type { Expected } from './what-comes-of-it.js';

const result = 'hub.court.v1.ResultRecorded';

export const court: Readonly<Record<string, readonly Expected[]>> = {
  // An adult: recorded if, and only if, the hub knows the defendant as a child.
  'cpp-public.events.hearing.hearing-resulted.json': [
    {
      agency: 'court',
      facts: [
        {
          type: result,
          record: '7ba647bd-04b1-44ad-a39d-dfae01158109',
          key: [
            'hearing_id',
            '7ba647bd-04b1-44ad-a39d-dfae01158109',
            'fd637140-7c86-3c2a-acc2-3ef84d01f794',
            'dafafd26-e5d7-4f7d-9389-d614c506d160',
          ],
          occurred: '2019-06-03',
          onlyIfKnown: 'adult',
          identifiers: ['asn'],
        },
      ],
      covers: 1,
    },
  ],
  // A copy without the time of sharing: which of its results are current cannot be told, unless the partner says when it saw them.
  'cher-court-application-minimal.json': [
    { agency: 'court', outcomes: [['quarantined', 'no-shared-time', '/sharedTime']] },
    {
      agency: 'court',
      attributes: { observedat: '2024-10-21T17:00:00Z' },
      facts: [
        {
          type: result,
          record: 'ac24a1be-939b-49a4-a524-21a3d228f8bc',
          key: [
            '59cb14a6-e8de-4615-9c9d-94fa5ef81ad2',
            'ac24a1be-939b-49a4-a524-21a3d228f8bc',
            '3e1218c4-1946-429b-9cb6-f497206405a6',
            '06b0c2bf-3f98-46ed-ab7e-56efaf9ecced',
          ],
          occurred: '2024-10-21',
          onlyIfKnown: 'adult',
          identifiers: ['pnc', 'cro'],
        },
      ],
      covers: 1,
    },
  ],
  // A hearing of three defendants of whom nothing has been decided.
  'cp-commonPlatformMessage.json': [{ agency: 'court', outcomes: [['ignored', 'no-results']] }],
  // The same inside its queue's envelope, and the envelope's attributes alone: nothing is said in them.
  'cp-commonPlatformSQSMessage.json': [{ agency: 'court', outcomes: [['ignored', 'no-results']] }],
  'cp-commonPlatformMessageAttributes.json': [{ agency: 'court', outcomes: [['ignored', 'attributes-alone']] }],
};
