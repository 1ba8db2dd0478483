import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../../kernel/event-log.js';
import { recordedEvents } from '../../../testing/event-log/new-events.js';
import { Pages } from './pages.js';

describe('pages of the log that several follow', () => {
  it('are read once for all who ask, together or one after the other', async () => {
    const { pages, reads } = pagesOf(10);
    const together = await Promise.all([1, 2, 3].map(async () => pages.after(null, 4, 0)));
    const later = await pages.after(null, 4, 1);
    expect([...together, later].map(positions)).toEqual(Array.from({ length: 4 }, () => [1n, 2n, 3n, 4n]));
    expect(reads).toEqual(['0 4']);
  });

  it('are read again when one was empty and the log may have grown since, once for all who ask', async () => {
    const { pages, reads, grow } = pagesOf(0);
    const before = [pages.after(null, 4, 0), pages.after(null, 4, 0), pages.after(null, 4, 0)];
    expect((await Promise.all(before)).flat()).toEqual([]);
    expect(await pages.after(null, 4, 0)).toEqual([]);
    expect(reads).toHaveLength(1);
    grow(2);
    const after = await Promise.all([1, 2, 3].map(async () => pages.after(null, 4, 1)));
    expect(after.map(positions)).toEqual([
      [1n, 2n],
      [1n, 2n],
      [1n, 2n],
    ]);
    expect(reads).toHaveLength(2);
  });

  it('do not hide what came while an empty one was on its way', async () => {
    const { pages, grow } = pagesOf(0);
    const early = pages.after(null, 4, 0);
    grow(1);
    const late = pages.after(null, 4, 1);
    expect(await early).toEqual([]);
    expect(positions(await late)).toEqual([1n]);
  });

  it('are read again after a read that failed', async () => {
    const { pages, failOnce } = pagesOf(1);
    failOnce();
    await expect(pages.after(null, 4, 0)).rejects.toThrow('the database is away');
    expect(positions(await pages.after(null, 4, 0))).toEqual([1n]);
  });
});

/** A log that answers with what it held when it was asked. */
function pagesOf(length: number) {
  const events = recordedEvents(1n, length);
  const reads: string[] = [];
  let fails = false;
  const pages = new Pages(async (after, limit) => {
    reads.push(`${after ?? 0n} ${limit}`);
    const page = events.filter(({ position }) => position > (after ?? 0n)).slice(0, limit);
    const failing = fails;
    fails = false;
    await Promise.resolve();
    if (failing) throw new Error('the database is away');
    return page;
  });
  return {
    pages,
    reads,
    grow: (count: number) => {
      events.push(...recordedEvents(BigInt(events.length + 1), count));
    },
    failOnce: () => (fails = true),
  };
}

function positions(events: readonly RecordedEvent[]): bigint[] {
  return events.map(({ position }) => position);
}
