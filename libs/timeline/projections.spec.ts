import { describe, expect, it } from '@jest/globals';
import { encode } from '../contracts/catalogue.js';
import { CaseAllocatedSchema, CaseClosedSchema } from '../contracts/gen/hub/yos/v1/yos_pb.js';
import { FACT_WITHDRAWN } from '../kernel/event-log.js';
import { projectedEvent as event, rowsOf as rows } from '../testing/projections/folding.js';
import { asKnown } from './as-known.js';
import { caseload } from './caseload.projection.js';
import { entryOf, stateOf } from './entry.js';
import { timeline, type TimelineRow } from './timeline.projection.js';

const found = 'hub.police.v1.MissingFound';

describe('the timeline', () => {
  it('has a row for every version, of any type, and carries the ciphertext unopened', () => {
    const table = rows(timeline, [event('a', found), event('b', 'hub.police.v9.Unheard')]);
    expect([...table.keys()]).toEqual(['a', 'b']);
    expect(table.get('a')?.sealed).toEqual(new Uint8Array([1, 2, 3]));
    expect(table.get('a')).toMatchObject({ record: 'record', key_id: 'key', handling: 'professional-only' });
    expect(Object.keys(table.get('a') ?? {}).sort()).toEqual(Object.keys(timeline.columns).sort());
  });

  it('marks what a later version replaced, and from when that was known', () => {
    const second = event('b', found, { supersedes: 'a' });
    const table = rows(timeline, [event('a', found), second]);
    expect(table.get('a')).toMatchObject({ superseded_by: 'b', superseded_at: second.recordedAt });
    expect(table.get('b')).toMatchObject({ supersedes: 'a', superseded_by: null, superseded_at: null });
  });

  it('marks what was withdrawn, without a row of its own', () => {
    const withdrawal = event('w', FACT_WITHDRAWN, { supersedes: 'a' });
    const table = rows(timeline, [event('a', found), withdrawal]);
    expect([...table.keys()]).toEqual(['a']);
    expect(table.get('a')).toMatchObject({ withdrawn_by: 'w', withdrawn_at: withdrawal.recordedAt });
  });

  it('never shows a historic version as current', () => {
    const late = event('b', found, { historic: true });
    const table = rows(timeline, [event('a', found), late]);
    expect(table.get('b')).toMatchObject({ historic: true, superseded_at: late.recordedAt, superseded_by: null });
    expect(table.get('a')?.superseded_at).toBeNull();
  });

  it('ends the same when every event comes twice', () => {
    const events = [
      event('a', found),
      event('b', found, { supersedes: 'a' }),
      event('w', FACT_WITHDRAWN, { supersedes: 'b' }),
    ];
    expect(rows(timeline, [...events, ...events])).toEqual(rows(timeline, events));
  });

  it('parks a withdrawal that names nothing', () => {
    expect(() => timeline.changes(event('w', FACT_WITHDRAWN))).toThrow('names no fact');
  });
});

describe('as it was known', () => {
  const row: TimelineRow = {
    ...[...rows(timeline, [event('a', found)]).values()][0]!,
    recorded_at: '2026-03-01T10:00:00Z',
    superseded_by: 'b',
    superseded_at: '2026-03-05T10:00:00.000001Z',
    withdrawn_by: null,
  };

  it('a row is not there before it was recorded', () => {
    expect(asKnown(row, '2026-03-01T09:59:59.999999Z')).toBeUndefined();
  });

  it('a row is current until it was replaced, to the microsecond', () => {
    const before = asKnown(row, '2026-03-05T10:00:00Z');
    expect(before && stateOf(before)).toBe('current');
    expect(before?.superseded_by).toBeNull();
    const after = asKnown(row, '2026-03-05T10:00:00.000001Z');
    expect(after && stateOf(after)).toBe('superseded');
  });

  it('a row is shown until it was withdrawn', () => {
    const withdrawn = { ...row, superseded_at: null, withdrawn_at: '2026-03-05T10:00:00Z', withdrawn_by: 'w' };
    expect(stateOf(asKnown(withdrawn, '2026-03-04T00:00:00Z') ?? withdrawn)).toBe('current');
    expect(stateOf(asKnown(withdrawn, '2026-03-06T00:00:00Z') ?? row)).toBe('withdrawn');
  });
});

describe('an entry', () => {
  const row = rows(timeline, [event('a', found, { occurredAt: '2026-06-30T23:00:00Z' })]).get('a')!;

  it('is dated as exactly as the source knew, in London', () => {
    const opened = { erased: false, data: new Uint8Array() } as const;
    expect(entryOf(row, opened)).toMatchObject({ occurred: '1 July 2026', title: 'Found', state: 'current' });
    expect(entryOf({ ...row, precision: 'instant' }, opened).occurred).toBe('1 July 2026 at 00:00');
  });

  it('of which the key is gone says only that', () => {
    expect(entryOf(row, { erased: true })).toMatchObject({ title: 'Erased', lines: [], erased: true });
  });

  it('of which the content is unreadable still shows', () => {
    const entry = entryOf(row, { erased: false, data: new Uint8Array([255, 255, 255]) });
    expect(entry.title).toBe('Found');
    expect(entry.lines[0]?.label).toBe('Content');
  });
});

describe('the caseload', () => {
  const allocation = (worker: string) =>
    ({ erased: false, data: encode(CaseAllocatedSchema, { worker, workerName: 'A Worker', team: 'East' }) }) as const;
  const allocated = 'hub.yos.v1.CaseAllocated';

  it('says who holds a case and since when, and that it was closed', () => {
    const table = rows(caseload, [
      event('a', allocated, {}, allocation('one')),
      event(
        'c',
        'hub.yos.v1.CaseClosed',
        {},
        { erased: false, data: encode(CaseClosedSchema, { reason: 'order ended' }) },
      ),
      event('m', found, {}, { erased: false, data: new Uint8Array() }),
    ]);
    expect(table.get('a')).toMatchObject({
      worker: 'one',
      worker_name: 'A Worker',
      team: 'East',
      closed: false,
      void_at: null,
    });
    expect(table.get('c')).toMatchObject({ worker: null, closed: true });
    expect([...table.keys()]).toEqual(['a', 'c']);
    expect(Object.keys(table.get('a') ?? {}).sort()).toEqual(Object.keys(caseload.columns).sort());
  });

  it('no longer counts what was corrected, withdrawn or out of date', () => {
    const table = rows(caseload, [
      event('a', allocated, {}, allocation('one')),
      event('b', allocated, { supersedes: 'a' }, allocation('two')),
      event('w', FACT_WITHDRAWN, { supersedes: 'b' }, { erased: false, data: new Uint8Array() }),
      event('h', allocated, { historic: true }, allocation('three')),
    ]);
    expect([...table.values()].map(({ void_at }) => void_at === null)).toEqual([false, false, false]);
  });

  it('has no row of what was erased, and still drops what that replaced', () => {
    const table = rows(caseload, [
      event('a', allocated, {}, allocation('one')),
      event('b', allocated, { supersedes: 'a' }, { erased: true }),
    ]);
    expect([...table.keys()]).toEqual(['a']);
    expect(table.get('a')?.void_at).not.toBeNull();
  });

  it('parks an allocation that names no worker', () => {
    expect(() => caseload.changes(event('a', allocated, {}, { erased: false, data: new Uint8Array() }))).toThrow(
      'worker',
    );
  });
});
