import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Derived, Notice } from '../kernel/capability.js';
import { compare } from './compare.js';
import { noOutputs, outputsOf, type OutputEvent } from './outputs.js';
import { outputEvent } from './output-events.js';

const at = '2026-05-01T22:00:00Z';
const grades: readonly Notice['urgency'][] = ['digest', 'ordinary', 'urgent'];

const notice = (urgency: Notice['urgency'], causes: readonly string[] = ['report']): Notice => ({
  ...{ kind: 'missing-reported', causes, urgency, whenGone: 'recall', tellUntil: '2026-05-04T21:40:00Z' },
  to: { agency: 'yos', role: 'named-case-manager', purpose: 'case-management' },
});

/** A child's own stream, one derivation after the other: what each said, and what is told then. */
function story() {
  const events: OutputEvent[] = [];
  return (urgency: Notice['urgency'], causes?: readonly string[], when = at) => {
    const derived = new Map<string, Derived>([['missing', { duties: [], notices: [notice(urgency, causes)] }]]);
    const raised = outputsOf(events);
    const asked = { derived, raised, inherited: noOutputs, heirs: noOutputs, at: when };
    const { differences } = compare({ ...asked, idOf: (...parts) => parts.join(' ') });
    events.push(...differences.map(outputEvent));
    const told = [...outputsOf(events).notices.values()].filter(({ state }) => state === 'told');
    return { said: differences.map(({ what }) => what), told };
  };
}

describe('a notice that turns out more urgent than it was told', () => {
  it('is told again at once, under an id of its own, in the thread that it was', () => {
    const next = story();
    const [before] = next('digest').told;
    const both = ['report', 'report of the home'];
    const again = next('urgent', both);
    expect(again.said).toEqual(['notice-lapsed', 'notice-raised']);
    expect(again.told).toEqual([{ ...before, id: again.told[0]?.id, urgency: 'urgent', causes: both }]);
    expect(again.told[0]?.id).not.toBe(before?.id);
    expect(next('urgent', both).said).toEqual([]);
  });

  it('is not, once nobody is to be told of it any more', () => {
    const next = story();
    next('digest');
    expect(next('urgent', ['report'], '2026-05-09T22:00:00Z').said).toEqual([]);
  });

  it('waits again when it turns out less urgent, and nobody is told anything new', () => {
    const next = story();
    const [before] = next('urgent').told;
    expect(next('digest').told).toEqual([{ ...before, urgency: 'digest' }]);
  });

  it('stands once, as urgent as it is now, whatever it was told as before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...grades), { minLength: 1, maxLength: 6 }), (all) => {
        const next = story();
        const last = all.at(-1) ?? 'urgent';
        for (const urgency of all) next(urgency);
        const { said, told } = next(last);
        expect({ said, told: told.map(({ urgency }) => urgency) }).toEqual({ said: [], told: [last] });
      }),
    );
  });
});
