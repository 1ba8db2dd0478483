import { hearingResulted, type SimulatedHearing } from '../../simulations/hearing-resulted.js';
import { testNhsNumber, testPncId, testUuid, type Simulated } from '../../simulations/people.js';
import type { Telling } from '../../simulations/telling.js';

export const child: Simulated = {
  givenNames: 'Rowan',
  familyName: 'Ashdown',
  birthDate: '2011-04-02',
  nhsNumber: testNhsNumber(303),
  pncId: testPncId(2025, 77),
};

export const results = {
  detention: { id: testUuid(31), code: '1081', label: 'Detention and training order' },
  costs: { id: testUuid(32), code: '1083', label: 'Reparation order' },
};

export function hearing(
  change: Partial<SimulatedHearing> & { results?: (typeof results)['detention'][] } = {},
): Telling {
  const body = hearingResulted({
    id: testUuid(1),
    day: '2026-02-03',
    sharedTime: '2026-02-03T15:00:00Z',
    defendants: [
      {
        id: testUuid(2),
        person: child,
        offences: [
          {
            id: testUuid(3),
            code: 'TH68010',
            title: 'Theft',
            results: change.results ?? [results.detention, results.costs],
          },
        ],
      },
    ],
    ...change,
  });
  return {
    system: 'court',
    door: 'native',
    format: 'public.events.hearing.hearing-resulted',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

export function missingReport(id: string, subject: string, person: object, more: object = {}): Telling {
  return {
    system: 'police',
    door: 'events',
    event: {
      specversion: '1.0',
      id,
      source: 'police',
      type: 'hub.police.v1.MissingReported',
      subject,
      time: '2026-03-01T22:10:00Z',
      datacontenttype: 'application/json',
      data: { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH', person: { ...person } },
      ...more,
    },
  };
}
