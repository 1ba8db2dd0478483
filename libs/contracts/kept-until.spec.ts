import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keptBy, keptUntil } from './kept-until.js';
import { retentions, type RetentionClass } from './retention.js';

const order = { retention: 'order', on: '2026-03-01' } as const;
const disposal = { retention: 'out-of-court', on: '2026-03-01' } as const;
const remanded = { retention: 'looked-after', on: '2026-02-01' } as const;

describe('how long a child’s record is kept', () => {
  it('is by its longest class, each from its newest fact', () => {
    expect(keptUntil([order, disposal, { ...order, on: '2024-03-01' }, remanded], '2010-02-28')).toEqual([
      { retention: 'looked-after', last: '2026-02-01', until: '2085-02-28' },
      { retention: 'order', last: '2026-03-01', until: '2031-03-01' },
      { retention: 'out-of-court', last: '2026-03-01', until: '2029-03-01' },
    ]);
  });

  it('is not shorter than childhood after a disposal', () => {
    expect(keptUntil([disposal], '2014-05-06')).toMatchObject([{ until: '2032-05-06' }]);
    expect(keptUntil([{ ...disposal, on: '2024-02-29' }], '2004-05-06')).toMatchObject([{ until: '2027-03-01' }]);
  });

  it('has no day where an age counts and nobody has said a birth date', () => {
    expect(keptUntil([remanded, disposal, order], undefined)).toMatchObject([
      { retention: 'looked-after', open: 'birth-date-unknown' },
      { retention: 'out-of-court', open: 'birth-date-unknown' },
      { until: '2031-03-01' },
    ]);
  });

  it('is over on the day, and not before', () => {
    const kept = keptUntil([order], '2010-02-28');
    expect(keptBy(kept, '2031-02-28')).toEqual(kept);
    expect(keptBy(kept, '2031-03-01')).toEqual([]);
  });

  it('is never over by itself where no text gives a number, and not kept by what goes with the rest', () => {
    const kept = keptUntil([{ retention: 'safeguarding', on: '1990-01-01' }, { retention: 'partner', on: '2026-01-01' }], '1980-01-01'); // prettier-ignore
    expect(keptBy(kept, '2100-01-01').map(({ retention }) => retention)).toEqual(['safeguarding']);
  });

  it('is never shortened by another fact', () => {
    const fact = fc.record({
      retention: fc.constantFrom(...(Object.keys(retentions) as RetentionClass[])),
      on: fc.constantFrom('2019-01-01', '2024-02-29', '2026-03-01'),
    });
    fc.assert(
      fc.property(
        fc.array(fact),
        fact,
        fc.constantFrom('2022-01-01', '2030-01-01', '2090-01-01'),
        (facts, more, day) => {
          const by = (all: readonly (typeof more)[]): number => keptBy(keptUntil(all, '2010-02-28'), day).length;
          expect(by([...facts, more])).toBeGreaterThanOrEqual(by(facts));
        },
      ),
    );
  });
});
