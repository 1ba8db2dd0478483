import { describe, expect, it } from '@jest/globals';
import { unallocated, type Current } from './unallocated.fold.js';

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
