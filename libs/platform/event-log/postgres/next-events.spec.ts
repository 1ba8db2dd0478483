import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../../kernel/event-log.js';
import { recordedEvents } from '../../../testing/event-log/new-events.js';
import { AtHand } from './at-hand.js';
import { NextEvents } from './next-events.js';
import { Pages } from './pages.js';

describe('what comes next for a reader', () => {
  it('is looked for in the table once, as long as only this process writes', async () => {
    const log = logOf(2);
    expect(await log.next()).toEqual([1, 2]);
    expect(await log.next()).toEqual([]);
    log.append(2);
    expect(await log.next()).toEqual([3, 4]);
    expect(await log.next()).toEqual([]);
    log.append(1);
    expect(await log.next()).toEqual([5]);
    expect(await log.next()).toEqual([]);
    expect(log.reads).toEqual([0, 2]);
  });

  it('is looked for again when another process may have written', async () => {
    const log = logOf(0);
    expect(await log.next()).toEqual([]);
    log.writtenElsewhere(1);
    expect(await log.next()).toEqual([]);
    log.heard();
    expect(await log.next()).toEqual([1]);
    expect(await log.next()).toEqual([]);
    expect(await log.next()).toEqual([]);
    expect(log.reads).toEqual([0, 0, 1]);
  });

  it('is looked for again when this process wrote behind something that it does not hold', async () => {
    const log = logOf(0);
    expect(await log.next()).toEqual([]);
    log.writtenElsewhere(1);
    log.append(1);
    expect(await log.next()).toEqual([1, 2]);
    expect(await log.next()).toEqual([]);
    expect(log.reads).toEqual([0, 0]);
  });

  it('is looked for again when what this process wrote was too much to hold', async () => {
    const log = logOf(0, 0);
    expect(await log.next()).toEqual([]);
    log.append(2);
    expect(await log.next()).toEqual([1, 2]);
    expect(log.reads).toEqual([0, 0]);
  });
});

/** A log of `length` events; `reads` are the positions after which the table was read. */
function logOf(length: number, mostBytes?: number) {
  const table: RecordedEvent[] = [];
  const reads: number[] = [];
  const atHand = new AtHand(mostBytes);
  const pages = new Pages(async (after, limit) => {
    reads.push(Number(after ?? 0n));
    return Promise.resolve(table.slice(Number(after ?? 0n), Number(after ?? 0n) + limit));
  });
  const nextEvents = new NextEvents(atHand, pages);
  const reader = atHand.joined(0n, new AbortController().signal);
  const turns = { turn: 0, elsewhere: 0 };
  const write = (count: number): RecordedEvent[] => {
    const events = recordedEvents(BigInt(table.length + 1), count);
    table.push(...events);
    return events;
  };
  write(length);
  return {
    reads,
    append: (count: number) => {
      atHand.hold(write(count), 0);
      turns.turn += 1;
    },
    writtenElsewhere: (count: number) => void write(count),
    heard: () => {
      turns.turn += 1;
      turns.elsewhere += 1;
    },
    next: async () => {
      const events = await nextEvents.after(reader, 10, { ...turns });
      const last = events.at(-1);
      if (last) atHand.moved(reader, last.position);
      return events.map(({ position }) => Number(position));
    },
  };
}
