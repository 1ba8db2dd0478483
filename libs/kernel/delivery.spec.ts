import { describe, expect, it } from '@jest/globals';
import { deliveryAttributes, isHistory, placedInFile } from './delivery.js';
import type { Fact } from './fact.js';
import { part, translated } from './outcome.js';

const fact: Fact = {
  record: { key: '1', person: { identifiers: [] } },
  key: ['a'],
  type: 'hub.social_care.v1.MissingEpisodeRecorded',
  data: new Uint8Array(),
  occurred: { at: '2026-01-01', precision: 'date' },
  statedAt: '2026-01-01T00:00:00Z',
  pointer: 'row 2',
};
const said = translated(
  [
    fact,
    part('quarantined', 'x', 'x', 'row 7'),
    part('ignored', 'x', 'x', 'row 1'),
    part('ignored', 'x', 'x', '/DOB'),
    { outcome: 'retract', target: { messageId: 'm' }, reason: 'r' },
  ],
  [{ scope: ['all'], statedAt: '2026-01-01T00:00:00Z' }],
);

describe('a piece of a file', () => {
  it('has its rows numbered as the whole file has them, its header and other places as they are', () => {
    const { items } = placedInFile({ attributes: deliveryAttributes({ firstRow: 1_002 }) }, said);
    const pointers = items.map((item) =>
      item.outcome === 'fact' ? item.fact.pointer : item.outcome === 'retract' ? 'retract' : item.pointer,
    );
    expect(pointers).toEqual(['row 1002', 'row 1007', 'row 1', '/DOB', 'retract']);
  });

  it('withdraws nothing that stands in another piece', () => {
    expect(placedInFile({ attributes: { firstrow: '1002' } }, said).covers).toEqual([]);
  });

  it.each(['', '0', '1', '-5', '1e9', 'x', '9'.repeat(20)])('is not meant by the first row %j', (firstrow) => {
    expect(placedInFile({ attributes: { firstrow } }, said)).toBe(said);
    expect(placedInFile({ attributes: {} }, said)).toBe(said);
  });
});

it('history is what a door was told so', () => {
  expect(isHistory({ attributes: deliveryAttributes({ history: true }) })).toBe(true);
  expect(isHistory({ attributes: { history: 'yes' } })).toBe(false);
  expect(isHistory({ attributes: deliveryAttributes({}) })).toBe(false);
});
