import { randomUUID } from 'node:crypto';

/** A structured event of some 600 bytes with an id of its own. About nobody. */
export function eventText(): string {
  return `${HEAD}${randomUUID()}${TAIL}`;
}

const [HEAD = '', TAIL = ''] = JSON.stringify({
  specversion: '1.0',
  id: '#',
  source: 'police',
  type: 'hub.police.v1.MissingReported',
  subject: 'nominal-70101',
  time: '2026-03-01T21:15:00Z',
  recordedtime: '2026-03-01T21:20:00Z',
  datacontenttype: 'application/json',
  data: {
    reportReference: 'MR-26-0999',
    risk: 'RISK_GRADE_MEDIUM',
    lastSeen: 'school gate, on foot, alone, at the end of the afternoon',
    person: {
      givenNames: 'Sample',
      familyName: 'Person',
      birthDate: '2010-01-01',
      identifiers: [{ kind: 'nhs', value: '9449303223' }],
    },
    circumstances: 'Did not come home after school. Friends have not seen them. Phone is off.',
  },
}).split('#');
