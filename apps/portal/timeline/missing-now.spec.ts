import { describe, expect, it } from '@jest/globals';
import { MissingReportCancelledSchema } from '../../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import { MissingReportedSchema as CareMissingSchema } from '../../../libs/contracts/gen/hub/social_care/v1/missing_pb.js';
import { MissingEpisodeRecorded_Kind as Kind } from '../../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { loadRulebook } from '../../../libs/duties/rulebook/load-rulebook.js';
import { fact } from '../../../libs/testing/reactions/given.js';
import { back, found, report } from '../../../libs/testing/safeguarding/a-night.js';
import { openReports } from './missing-now.js';

const { rules } = loadRulebook(undefined);
const first = report('MR-1', '2026-05-01T21:00:00Z');
const second = report('MR-2', '2026-05-06T20:00:00Z');
const open = (...facts: Parameters<typeof openReports>[0]) => [...openReports(facts, rules)];

describe('the reports that a header calls missing', () => {
  it('last until the child is found or back', () => {
    expect(open(first)).toEqual([[first.event, 'missing']]);
    expect(open(first, found('MR-1', '2026-05-02T02:00:00Z'))).toEqual([]);
    expect(open(first, back('MR-1', '2026-05-02T02:00:00Z'))).toEqual([]);
  });

  it('end with the next episode that ends, where their source never closed them', () => {
    expect(open(first, second, back('MR-2', '2026-05-06T23:00:00Z'))).toEqual([]);
  });

  it('are none once the report is cancelled', () => {
    const cancelled = fact(MissingReportCancelledSchema, '2026-05-02T09:00:00Z', { reportReference: 'MR-1' });
    expect(open(first, cancelled)).toEqual([]);
  });

  it('are of social care as well, and away from placement is not missing', () => {
    const away = fact(CareMissingSchema, '2026-05-01T21:00:00Z', {
      reportReference: 'C-1',
      kind: Kind.AWAY_WITHOUT_AUTHORISATION,
    });
    expect(open(away)).toEqual([[away.event, 'away']]);
  });
});
