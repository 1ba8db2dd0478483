import { describe, expect, it } from '@jest/globals';
import { encode } from '../contracts/catalogue.js';
import { HearingListedSchema } from '../contracts/gen/hub/court/v1/court_pb.js';
import { ArrestedSchema } from '../contracts/gen/hub/police/v1/police_pb.js';
import { CoverArrangedSchema } from '../contracts/gen/hub/yos/v1/yos_pb.js';
import { FACT_WITHDRAWN } from '../kernel/event-log.js';
import { projectedEvent as event, rowsOf as rows } from '../testing/projections/folding.js';
import { cover } from './cover.projection.js';
import { duty } from './duty.projection.js';

describe('cover', () => {
  const arranged = 'hub.yos.v1.CoverArranged';
  const covers = (content: { worker?: string; coversFrom?: string; coversUntil?: string }) =>
    ({
      erased: false,
      data: encode(CoverArrangedSchema, { worker: 'two', coversFrom: '2026-03-02T08:00:00+01:00', ...content }),
    }) as const;

  it('says who covers from when until when, until further notice where no end was said', () => {
    const table = rows(cover, [
      event('a', arranged, {}, covers({ coversUntil: '2026-03-09T18:00:00Z' })),
      event('b', arranged, { supersedes: 'a' }, covers({})),
    ]);
    expect(Object.keys(table.get('a') ?? {}).sort()).toEqual(Object.keys(cover.columns).sort());
    expect(table.get('a')).toMatchObject({
      worker: 'two',
      covers_from: '2026-03-02T07:00:00Z',
      covers_until: '2026-03-09T18:00:00Z',
    });
    expect(table.get('a')?.void_at).not.toBeNull();
    expect(table.get('b')).toMatchObject({ covers_until: null, void_at: null });
  });

  it.each([{ worker: '' }, { coversFrom: 'Monday' }, { coversUntil: 'Friday' }])(
    'parks what does not say who or when: %j',
    (content) => {
      expect(() => cover.changes(event('a', arranged, {}, covers(content)))).toThrow('CoverArranged');
    },
  );
});

describe('what a duty sheet asks about', () => {
  const told = (data: Uint8Array) => ({ erased: false, data }) as const;
  const arrested = (custodyNumber: string) => told(encode(ArrestedSchema, { custodyNumber }));

  it('what its source calls one matter is one of one record, and nothing of its number can be read', () => {
    const type = 'hub.police.v1.Arrested';
    const table = rows(duty, [
      event('a', type, {}, arrested('CR-1')),
      event('b', type, {}, arrested('CR-1')),
      event('c', type, {}, arrested('CR-2')),
    ]);
    expect(Object.keys(table.get('a') ?? {}).sort()).toEqual(Object.keys(duty.columns).sort());
    expect(table.get('a')?.matter).toBe(table.get('b')?.matter);
    expect(table.get('a')?.matter).not.toBe(table.get('c')?.matter);
    expect(JSON.stringify([...table.values()])).not.toContain('CR-');
  });

  it('days begin in London', () => {
    const listed = told(encode(HearingListedSchema, { hearingId: 'h', listedFor: '2026-06-01' }));
    const table = rows(duty, [event('a', 'hub.court.v1.HearingListed', {}, listed)]);
    expect(table.get('a')).toMatchObject({ kind: 'hearing', at: '2026-05-31T23:00:00Z', precision: 'date' });
  });

  it('a hearing that was vacated, moved or withdrawn is none, and one with an unreadable time still counts', () => {
    const listed = (listedFor: string, vacated = false) =>
      told(encode(HearingListedSchema, { hearingId: 'h', listedFor, vacated }));
    const type = 'hub.court.v1.HearingListed';
    const table = rows(duty, [
      event('a', type, {}, listed('2026-03-05T10:00:00Z')),
      event('b', type, { supersedes: 'a' }, listed('2026-03-06')),
      event('c', type, { supersedes: 'b' }, listed('2026-03-06', true)),
      event('d', type, {}, listed('next Tuesday')),
      event('e', type, {}, listed('2026-03-07')),
      event('w', FACT_WITHDRAWN, { supersedes: 'e' }, { erased: true }),
      event('x', type, {}, { erased: true }),
      event('y', 'hub.police.v1.Arrested', {}, { erased: true }),
    ]);
    expect([...table].map(([key, { void_at }]) => [key, void_at === null])).toEqual([
      ['a', false],
      ['b', false],
      ['c', false],
      ['d', true],
      ['e', false],
    ]);
    expect(table.get('d')?.at).toBe('2026-02-01T00:00:00Z');
  });
});
