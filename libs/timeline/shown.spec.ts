import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies } from '../kernel/agency.js';
import { knewOf, overview, type Reached, type Recorded } from './shown.fold.js';

const day = fc.constantFrom('2026-02-01T09:00:00Z', '2026-02-17T10:30:00.5Z', '2026-03-03T23:00:00.000001Z');
const id = fc.constantFrom('a', 'b', 'c', 'd');
const recorded = fc.uniqueArray(fc.record({ entry: id, agency: fc.constantFrom(...agencies), receivedAt: day }), {
  selector: ({ entry }) => entry,
});
const reached = fc.array(
  fc.record({
    entry: id,
    agency: fc.constantFrom(...agencies, 'nobody'),
    how: fc.constantFrom('look' as const, 'notice' as const),
    purpose: fc.constantFrom('safeguarding', 'duty'),
    first: day,
    last: day,
    times: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 12 },
);
const entry: Recorded = { entry: 'a', agency: 'police', receivedAt: '2026-02-01T09:00:00Z' };
const look = (more: Partial<Reached> = {}): Reached => ({
  entry: 'a',
  agency: 'education',
  how: 'look',
  purpose: 'safeguarding',
  first: '2026-02-20T08:00:00Z',
  last: '2026-02-20T08:00:00Z',
  times: 1,
  ...more,
});

describe('what an agency had been shown', () => {
  it('is what it published, what reached it, and for the rest that it was recorded and not shown', () => {
    expect(knewOf('police', [entry], [look()]).get('a')).toEqual({ how: 'published', since: entry.receivedAt });
    expect(knewOf('health', [entry], [look()]).get('a')).toEqual({ how: 'not-shown' });
    expect(knewOf('education', [entry], [look()]).get('a')).toMatchObject({ how: 'reached', looks: 1, notices: 0 });
  });

  it('counts looks and notices apart, from the first to the last, for every purpose', () => {
    const last = '2026-03-01T10:00:00Z';
    const told = [look({ times: 2 }), look({ how: 'notice', purpose: 'duty', first: last, last })];
    expect(knewOf('education', [entry], told).get('a')).toEqual({
      how: 'reached',
      since: '2026-02-20T08:00:00Z',
      last,
      looks: 2,
      notices: 1,
      purposes: ['duty', 'safeguarding'],
    });
  });

  it('every agency has a line, and each entry is in one column of it', () => {
    fc.assert(
      fc.property(recorded, reached, (entries, told) => {
        const lines = overview(entries, told);
        expect(lines.map(({ agency }) => agency)).toEqual(agencies);
        for (const line of lines) expect(line.published + line.reached + line.notShown).toBe(entries.length);
      }),
    );
  });

  it('does not depend on the order of entries, nor of looks', () => {
    fc.assert(
      fc.property(recorded, reached, (entries, told) => {
        expect(overview(entries.toReversed(), told.toReversed())).toEqual(overview(entries, told));
        for (const agency of agencies) {
          const knew = knewOf(agency, entries, told);
          expect(Object.fromEntries(knewOf(agency, entries, told.toReversed()))).toEqual(Object.fromEntries(knew));
        }
      }),
    );
  });

  it('only ever grows with what else reached it, and says nothing of entries that were not given', () => {
    fc.assert(
      fc.property(recorded, reached, reached, (entries, told, more) => {
        for (const agency of agencies) {
          const [before, after] = [knewOf(agency, entries, told), knewOf(agency, entries, [...told, ...more])];
          expect([...after.keys()]).toEqual(entries.map((one) => one.entry));
          for (const [key, knew] of before) if (knew.how !== 'not-shown') expect(after.get(key)?.how).toBe(knew.how);
        }
      }),
    );
  });
});
