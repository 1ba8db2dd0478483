import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from './fact.js';
import { shownOutcomes, statusOf } from './intake.js';
import { part, translated } from './outcome.js';
import { outcomesAlone, saidIn } from './said.js';

const fact = (key: string, says: number, more: Partial<Fact> = {}): Fact => ({
  record: { key: 'nominal-1', person: { identifiers: [] } },
  key: [key],
  type: 'hub.police.v1.Arrested',
  data: new Uint8Array([says]),
  occurred: { at: '2026-03-01', precision: 'date' },
  statedAt: '2026-03-01T10:00:00Z',
  ...more,
});

describe('what a message says', () => {
  it('is said once where it is said twice alike, and goes to a person where it contradicts itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1, 2))), (told) => {
        const { facts, others } = saidIn(translated(told.map(([key, says]) => fact(key, says))));
        const firsts = new Map(told.toReversed());
        expect(facts.map((one) => [one.fact.key[0], one.fact.data[0]]).sort()).toEqual([...firsts].sort());
        const contradictions = others.filter(({ reason }) => reason === 'contradicts-itself');
        expect(contradictions).toHaveLength(told.filter(([key, says]) => firsts.get(key) !== says).length);
      }),
    );
  });

  it('of another record is another fact', () => {
    const other = fact('a', 1, { record: { key: 'nominal-2', person: { identifiers: [] } } });
    expect(saidIn(translated([fact('a', 1), other])).facts).toHaveLength(2);
  });

  it('is nothing to record when there is nothing in it', () => {
    expect(saidIn(translated([])).others).toMatchObject([{ outcome: 'ignored', reason: 'nothing-in-it' }]);
  });

  it('is shown as held, to whoever sent it, where it is recorded for a known child only', () => {
    const onlyIfKnown = { code: 'not-known-to-be-a-child', detail: 'perhaps an adult' };
    const said = saidIn(
      translated([fact('a', 1, { onlyIfKnown, pointer: '/x' }), part('ignored', 'not-ours', 'nothing for us', '/y')]),
    );
    const shown = shownOutcomes(outcomesAlone(said));
    expect(shown).toEqual([
      {
        fact: 'hub.police.v1.Arrested',
        outcome: 'held',
        reason: 'not-known-to-be-a-child',
        detail: 'perhaps an adult',
        pointer: '/x',
      },
      { outcome: 'ignored', reason: 'not-ours', detail: 'nothing for us', pointer: '/y' },
    ]);
    expect(statusOf(shown)).toBe('held');
  });
});
