import { describe, expect, it } from '@jest/globals';
import { headerOf } from './header.fold.js';
import type { HeaderFact } from './header-fact.js';

const at = '2026-03-03T12:00:00Z';
let serial = 0;
const fact = (type: string, content: HeaderFact['content']): HeaderFact => {
  serial += 1;
  return {
    entry: `entry-${serial}`,
    record: 'record',
    type,
    agency: 'yos',
    occurredAt: '2026-01-10T10:00:00Z',
    content,
  };
};
const result = (resultTitle: string, orderedOn: string, more = {}): HeaderFact =>
  fact('hub.court.v1.ResultRecorded', { resultTitle, orderedOn, ...more });
const orders = (...facts: HeaderFact[]): string[] =>
  headerOf(facts, at).orders.map(({ text, when, detail }) => [text, when, detail].filter(Boolean).join(' · '));

describe('orders in the header', () => {
  const carried = (type: string, content: HeaderFact['content'] = {}) =>
    fact(`hub.yos.v1.${type}`, { orderReference: 'OR-1', ...content });
  const made = carried('OrderMade', {
    kind: 'ORDER_KIND_YOUTH_REHABILITATION',
    madeOn: '2026-01-10',
    endsOn: '2026-06-30',
    person: { birthDate: '2008-08-01' },
  });

  it('shows an order as the service that carries it out states it, and the court’s result of it no second time', () => {
    const resulted = result('Youth rehabilitation order', '2026-01-10', { offenceId: 'a' });
    const other = result('Reparation order', '2026-01-10', { offenceId: 'b' });
    const line = 'Youth rehabilitation order · since 10 January 2026 · until 30 June 2026';
    expect(orders(made, resulted)).toEqual([line]);
    expect(orders(resulted, made, other)).toEqual([line, expect.stringMatching(/^Reparation order/)]);
  });

  it('moves the end of an order that was varied, and says when that is past the 18th birthday', () => {
    const varied = (variedOn: string, endsOn: string) => carried('OrderVaried', { variedOn, endsOn });
    expect(orders(made, varied('2026-02-20', '2026-09-30'), varied('2026-02-01', '2026-07-15'))).toEqual([
      'Youth rehabilitation order · since 10 January 2026 · until 30 September 2026, past the 18th birthday on 1 August 2026',
    ]);
    expect(orders(made, varied('2026-02-20', ''))).toEqual(orders(made));
  });

  it('says that an order is over, though its last day was to be later, and not one of another record', () => {
    const ended = carried('OrderEnded', { endedOn: '2026-02-20', reason: 'REASON_REVOKED' });
    expect(orders(made, ended)).toEqual(['None running · the last ended on 20 February 2026']);
    expect(orders(made, { ...ended, record: 'another' })).toEqual(orders(made));
  });

  it('counts the hours done against the hours asked and the weeks left', () => {
    const requirement = carried('RequirementSet', {
      requirementReference: 'RQ-1',
      kind: 'REQUIREMENT_KIND_UNPAID_WORK',
      hoursRequired: 80,
    });
    const done = (asOf: string, hoursDone: number, requirementReference = 'RQ-1') =>
      carried('RequirementProgress', { requirementReference, asOf, hoursDone });
    const detail = (...facts: HeaderFact[]) => orders(made, requirement, ...facts)[0]?.split('; ')[1];
    expect(detail()).toBe('unpaid work 0 of 80 hours, 18 weeks left');
    expect(detail(done('2026-03-01', 12.5), done('2026-02-01', 6), done('2026-03-02', 40, 'RQ-2'))).toBe(
      'unpaid work 12.5 of 80 hours, 18 weeks left',
    );
  });
});
