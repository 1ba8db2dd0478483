import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '@bufbuild/protobuf';
import { translate } from '../registry.js';

const told = (name: string, data: JsonValue) =>
  translate({
    system: 'police',
    agency: 'police',
    format: `hub.police.v1.${name}`,
    contentType: 'application/json',
    attributes: { subject: 'nominal-1', time: '2026-02-01T22:10:00Z' },
    body: Buffer.from(JSON.stringify(data)),
    receivedAt: '2026-02-01T22:11:00Z',
  }).items;

const given = { disposalReference: 'OOCD-1', kind: 'KIND_OUTCOME_22', offenceTitle: 'Affray' };
const authorised = { custodyNumber: '99TC/1/26' };

describe('what the police publish, held to the contract', () => {
  it('an outcome 22 is no admission: one that says so goes to a person, with the field named', () => {
    expect(told('OutOfCourtDisposalGiven', given)).toMatchObject([{ outcome: 'fact' }]);
    expect(told('OutOfCourtDisposalGiven', { ...given, admitted: true })).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'invalid-data', detail: expect.stringContaining('no admission') } },
    ]);
    expect(told('OutOfCourtDisposalGiven', { ...given, kind: 'KIND_YOUTH_CAUTION', admitted: true })).toMatchObject([
      { outcome: 'fact' },
    ]);
  });

  it.each([
    ['DetentionAuthorised', { ...authorised, relevantTime: 'ten past nine' }, '/data/relevantTime'],
    ['DetentionAuthorised', { custodyNumber: '9'.repeat(101) }, '/data/custodyNumber'],
    ['DetentionReviewed', { ...authorised, outcome: 'OUTCOME_CONTINUED' }, '/data/reviewNumber'],
    ['DetentionCertificateIssued', authorised, '/data/ground'],
    ['ChildReturned', { reportReference: 'MR-1' }, '/data/returnedTo'],
    [
      'NrmDecisionRecorded',
      { referralReference: 'N', stage: 1, decision: 1, decidedOn: '2026-13-01' },
      '/data/decidedOn',
    ],
    ['ExploitationIndicatorRecorded', { indicatorReference: 'EI-1' }, '/data/kind'],
  ])('%s %j breaks a rule at %s, and is not quoted', (name, data, pointer) => {
    const items = told(name, data);
    expect(items).toMatchObject([{ outcome: 'quarantined', reason: { code: 'invalid-data' }, pointer }]);
    expect(JSON.stringify(items)).not.toMatch(/ten past nine|999|2026-13/);
  });
});
