import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import { libertyOrdersReturn, type SimulatedLibertyOrder } from '../../simulations/care-return.js';
import { libertyOrders } from '../../testing/generators/social-care.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { sentBy } from '../../testing/translation/sent-by.js';
import { translate } from '../registry.js';

const type = 'hub.social_care.v1.DeprivationOfLibertyRecorded';
const order: SimulatedLibertyOrder = { child: '870101', birthDate: '2010-05-06', start: '2026-01-30' };
const told = (body: string) => translate(sentBy('social-care', body));
const factsOf = (body: string) => factsIn(told(body)).map((fact) => ({ ...fact, event: decode(fact.type, fact.data) }));

describe('a deprivation of liberty order', () => {
  it('is one fact on the authority’s own record of the child, from its first day on', () => {
    expect(factsOf(libertyOrdersReturn([order]))).toMatchObject([
      {
        record: { key: '870101', person: { identifiers: [], birthDate: '2010-05-06' } },
        key: [type, '870101', '2026-01-30'],
        occurred: { at: '2026-01-30', precision: 'date' },
        event: { startedOn: '2026-01-30' },
        pointer: 'row 2',
      },
    ]);
  });

  it('that ends in a file sent later is the same fact with other content', () => {
    const [before] = factsOf(libertyOrdersReturn([order]));
    const [after] = factsOf(libertyOrdersReturn([{ ...order, end: '2026-04-01' }]));
    expect(after?.key).toEqual(before?.key);
    expect([before?.event?.endedOn, after?.event?.endedOn]).toEqual([undefined, '2026-04-01']);
  });

  it.each([
    ['an end before the start', { end: '2026-01-29' }, 'ends-before-start'],
    ['no child', { child: '' }, 'missing-value'],
    ['no start', { start: '' }, 'missing-value'],
    ['a start that is no day', { start: '2026-02-30' }, 'invalid-date'],
    ['a birth date that is no day', { birthDate: '2010-02-30' }, 'invalid-date'],
  ])('with %s is quarantined alone', (_, change, code) => {
    const { items } = told(libertyOrdersReturn([order, { ...order, child: '870102', ...change }]));
    expect(items).toMatchObject([{ outcome: 'fact' }, { outcome: 'quarantined', reason: { code }, pointer: 'row 3' }]);
  });

  it('is read in a table that says no birth date, and not in one that has no column for its end', () => {
    expect(factsOf('DOLO_END,DOLO_START,CHILD\n,30/01/2026,870101\n')).toMatchObject([
      { record: { key: '870101', person: { identifiers: [] } }, event: { startedOn: '2026-01-30' } },
    ]);
    expect(told('CHILD,DOLO_START\n870101,30/01/2026\n').items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'wrong-header' } },
    ]);
    expect(told(libertyOrdersReturn([])).items).toMatchObject([{ outcome: 'ignored', reason: { code: 'no-orders' } }]);
  });

  it('says in any order of the rows, and twice, what was put in the table', () => {
    fc.assert(
      fc.property(libertyOrders, fc.boolean(), (rows, twice) => {
        const sent = twice ? [...rows.toReversed(), ...rows] : rows;
        const said = factsOf(libertyOrdersReturn(sent)).map(({ record, event }) => [record.key, event]);
        // A birth date among the claims stands in the event too: by itself, as who the child is.
        const put = rows.map(({ child, start, end }) => [
          child,
          expect.objectContaining({ startedOn: start, ...(end === undefined ? {} : { endedOn: end }) }),
        ]);
        expect(said).toHaveLength(put.length);
        expect(said).toEqual(expect.arrayContaining(put));
      }),
    );
  });
});
