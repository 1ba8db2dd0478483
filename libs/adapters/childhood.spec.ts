import { describe, expect, it } from '@jest/globals';
import { childhood } from '../simulations/childhood/childhood.js';
import { keptMessage } from '../simulations/telling.js';
import { translate } from './registry.js';

const now = '2026-03-02T10:00:00Z';

describe('the demonstration childhood, translated', () => {
  const items = childhood(now).flatMap((telling) => translate(keptMessage(telling, now)).items);

  it('gives facts, one retraction, and one message for a person to look at', () => {
    const outcomes = Object.groupBy(items, ({ outcome }) => outcome);
    expect(outcomes.fact?.length).toBe(74);
    expect(outcomes.retract).toEqual([
      { outcome: 'retract', target: { messageId: 'police-missing-3' }, reason: 'wrong child' },
    ]);
    expect(outcomes.quarantined).toEqual([
      {
        outcome: 'quarantined',
        reason: { code: 'invalid-data', detail: 'reportReference is required' },
        pointer: '/data/reportReference',
      },
    ]);
    expect(Object.keys(outcomes).toSorted()).toEqual(['fact', 'quarantined', 'retract']);
  });

  it('leaves the grown-up in court, and movements of which only a number is known, to what the hub knows', () => {
    const doubtful = items.flatMap((item) => (item.outcome === 'fact' ? (item.fact.onlyIfKnown?.code ?? []) : []));
    const movements = Array.from({ length: 6 }, () => 'not-shown-to-be-a-child');
    expect(doubtful.toSorted()).toEqual(['adult', ...movements]);
  });
});
