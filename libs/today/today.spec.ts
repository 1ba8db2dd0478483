import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { missingNow, type MissingFact } from './missing-now.fold.js';
import { unallocated, type Current } from './unallocated.fold.js';

let event = 0;
const fact = (kind: MissingFact['kind'], matter: string, at: string, more: Partial<MissingFact> = {}): MissingFact => ({
  event: `e${++event}`,
  kind,
  matter,
  agency: kind === 'episode' ? 'social-care' : 'police',
  at,
  precision: kind === 'episode' ? 'date' : 'instant',
  until: null,
  statedAt: at,
  ...more,
});

describe('missing now', () => {
  it('is one answer, however many report it, since the first', () => {
    const report = fact('missing', 'a', '2026-03-02T21:00:00Z');
    const episode = fact('episode', 'b', '2026-03-03T00:00:00Z', { statedAt: '2026-03-03T09:00:00Z' });
    expect(missingNow([episode, report])).toEqual({
      since: '2026-03-02T21:00:00Z',
      precision: 'instant',
      toldBy: ['police', 'social-care'],
      events: [report.event, episode.event],
    });
  });

  it('ends with the finding of its own matter, not with another', () => {
    const report = fact('missing', 'a', '2026-03-02T21:00:00Z');
    expect(missingNow([report, fact('found', 'b', '2026-03-03T06:00:00Z')])?.events).toEqual([report.event]);
    expect(missingNow([report, fact('found', 'a', '2026-03-03T06:00:00Z')])).toBeUndefined();
    expect(missingNow([])).toBeUndefined();
  });

  it('ends when the authority says that the episode is over, though the force has not closed its report', () => {
    const report = fact('missing', 'a', '2026-03-02T21:00:00Z');
    const over = (at: string, until: string) => fact('episode', 'b', at, { until });
    expect(missingNow([report, over('2026-03-03T00:00:00Z', '2026-03-04T23:59:59Z')])).toBeUndefined();
    expect(missingNow([report, over('2026-01-03T00:00:00Z', '2026-01-04T23:59:59Z')])?.since).toBe(report.at);
  });

  it('ends with a finding that is later than what the authority had said, and not with an earlier', () => {
    const episode = fact('episode', 'b', '2026-03-02T00:00:00Z', { statedAt: '2026-03-03T09:00:00Z' });
    expect(missingNow([episode, fact('found', 'a', '2026-03-03T10:00:00Z')])).toBeUndefined();
    expect(missingNow([episode, fact('found', 'a', '2026-03-03T08:00:00Z')])?.since).toBe(episode.at);
  });

  it('is the same in whatever order the facts come, and when each comes twice', () => {
    const at = fc
      .integer({ min: 0, max: 200 })
      .map((hours) => new Date(Date.UTC(2026, 2, 1) + hours * 3_600_000).toISOString());
    const one = fc.record({
      event: fc.uuid(),
      kind: fc.constantFrom('missing' as const, 'found' as const, 'episode' as const),
      matter: fc.constantFrom('a', 'b', 'c'),
      agency: fc.constantFrom('police', 'social-care'),
      at,
      precision: fc.constantFrom('instant' as const, 'date' as const),
      until: fc.option(at),
      statedAt: at,
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: (some) => some.event, maxLength: 8 }), fc.nat(), (facts, turn) => {
        const turned = [...facts.slice(turn % (facts.length + 1)), ...facts.slice(0, turn % (facts.length + 1))];
        expect(missingNow(turned.toReversed())).toEqual(missingNow(facts));
        // A finding never makes a child missing.
        const found = facts
          .filter(({ kind }) => kind === 'missing')
          .map((some) => ({ ...some, kind: 'found' as const }));
        if (missingNow([...facts, ...found])) expect(missingNow(facts)).not.toBe(undefined);
      }),
    );
  });
});

describe('a child without a worker', () => {
  const today = '2026-03-10T00:00:00Z';
  const now = '2026-03-10T09:00:00Z';
  const on = (kind: Current['kind'], at: string): Current => ({ kind, at });

  it('is on the list with what goes on, since when, and whether there ever was one', () => {
    const goingOn = [on('hearing', '2026-03-12T10:00:00Z'), on('arrest', '2026-03-08T22:00:00Z')];
    expect(unallocated(goingOn, undefined, today, now)).toEqual({
      since: '2026-03-08T22:00:00.000Z',
      why: 'never-allocated',
      because: ['hearing', 'arrest'],
    });
    expect(unallocated([on('missing', '2026-03-01T22:00:00Z')], '2026-03-05T12:00:00Z', today, now)).toEqual({
      since: '2026-03-05T12:00:00.000Z',
      why: 'closed',
      closedAt: '2026-03-05T12:00:00Z',
      because: ['missing'],
    });
  });

  it('is not on it when nothing is current: not every closed case', () => {
    expect(unallocated([], undefined, today, now)).toBeUndefined();
    expect(unallocated([on('arrest', '2026-02-01T10:00:00Z')], undefined, today, now)).toBeUndefined();
    expect(unallocated([on('result', '2026-02-01T10:00:00Z')], undefined, today, now)).toBeUndefined();
    expect(unallocated([on('hearing', '2026-03-09T10:00:00Z')], undefined, today, now)).toBeUndefined();
    // Whoever closed the case knew of these.
    expect(unallocated([on('result', '2026-03-01T10:00:00Z')], '2026-03-05T12:00:00Z', today, now)).toBeUndefined();
  });

  it('stays on it while they are in custody, however long', () => {
    expect(unallocated([on('custody', '2025-03-01T10:00:00Z')], undefined, today, now)?.because).toEqual(['custody']);
  });
});
