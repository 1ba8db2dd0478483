import { describe, expect, it } from '@jest/globals';
import { snapshotReading, translate } from '../../libs/adapters/registry.js';
import { decode } from '../../libs/contracts/catalogue.js';
import { changesThrough } from '../../libs/kernel/snapshots.js';
import { factsIn } from '../../libs/testing/translation/facts-in.js';
import { withValue } from '../../libs/testing/translation/with-value.js';
import { bytesOf, published, sent } from './samples.js';

if (published.length === 0) {
  it('has no published returns to vary', () => {
    expect(published).toEqual([]);
  });
} else {
  describe('the published census, varied', varyCensus);
  describe.each([
    ['education', 'dfe-sui-education-details-9449303223.json', '/educationSettingName'],
    ['social-care', 'dfe-sui-childrens-services-details-9449303223.json', '/keyWorker'],
  ] as const)('the published record of %s, seen again', varyRecord);
}

function varyCensus(): void {
  const census = Buffer.from(bytesOf('cin-census-2rows.xml')).toString();
  const told = (text: string) => translate(sent('social-care', Buffer.from(text)));

  it('says of its child what stands in it, at its own time', () => {
    const facts = factsIn(told(census));
    expect(new Set(facts.map(({ statedAt }) => statedAt))).toEqual(new Set(['2023-05-23T10:14:05Z']));
    expect(facts.map(({ type, data }) => decode(type, data))).toMatchObject([
      { source: 'Family member, relative or carer', need: 'Family in acute stress', closedOn: '2023-02-27', closedBecause: 'Adopted', conferenceOn: '2022-12-06' }, // prettier-ignore
      { startedOn: '2023-01-24' },
      { status: 'STATUS_CHILD_IN_NEED', endedOn: '2023-01-26' },
      { conferenceDueOn: '2022-06-23', conferenceOn: '2022-06-17' },
      { status: 'STATUS_CHILD_PROTECTION_PLAN', categoryOfHarm: 'Physical abuse', previousPlans: 10, reviewedOn: ['2023-02-15'] }, // prettier-ignore
    ]);
  });

  it('with its two plans of one day ending differently puts both before a person, and tells the rest', () => {
    const { items } = told(census.replace('<CPPendDate>2023-03-14', '<CPPendDate>2023-03-15'));
    expect(items.filter(({ outcome }) => outcome === 'fact')).toHaveLength(4);
    expect(items.filter(({ outcome }) => outcome !== 'fact')).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'contradiction' } },
      { outcome: 'quarantined', reason: { code: 'contradiction' } },
    ]);
  });

  it('stated again with the plan still open is the same facts', () => {
    const open = census.replaceAll(/<CPPendDate>[^<]*<\/CPPendDate>/g, '');
    expect(factsIn(told(open)).map(({ key }) => key)).toEqual(factsIn(told(census)).map(({ key }) => key));
  });
}

function varyRecord(agency: 'education' | 'social-care', file: string, field: string): void {
  const original: unknown = JSON.parse(Buffer.from(bytesOf(file)).toString());
  const attributes = { subject: 'custodian-1', observedat: '2025-12-01T09:00:00Z' };
  const seen = (...bodies: readonly unknown[]) => {
    const facts = bodies.flatMap((body) =>
      factsIn(translate(sent(agency, Buffer.from(JSON.stringify(body)), attributes))),
    );
    const snapshots = facts.map(({ type, data }) => snapshotReading(type)?.read(data) ?? { said: [], whole: [] });
    return changesThrough(snapshots).map((changes) => changes.map(({ kind, group }) => `${kind} ${group}`));
  };

  it('unchanged, or without a field, brings nothing; with another value, that', () => {
    const without = withValue(original, field, null);
    const [first, ...later] = seen(original, original, without, original, withValue(original, field, 'Another'));
    expect(first?.length).toBeGreaterThan(5);
    expect(later).toEqual([[], [], [], [expect.stringMatching(/^changed /)]]);
  });
}
