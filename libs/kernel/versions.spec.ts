import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { missingVersions, type Append, type LoggedVersion, type Saying } from './versions.js';

const at = (hour: number): string => `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`;
const says = (receipt: string, hour: number, content: string | null): Saying => ({
  receipt,
  statedAt: at(hour),
  content,
});
const idOf = (append: Append): string =>
  append.kind === 'withdrawn' ? `w-${append.supersedes}` : `${append.content}<${append.supersedes ?? append.kind}`;

/** Sends the sayings one by one, as the recorder does, and gives what the log then holds. */
function record(arrivals: readonly Saying[]): LoggedVersion[] {
  const log: LoggedVersion[] = [];
  const heard: Saying[] = [];
  for (const saying of arrivals) {
    heard.push(saying);
    log.push(...missingVersions(heard, log, idOf).map(logged));
  }
  return log;
}
function logged(append: Append): LoggedVersion {
  return {
    eventId: idOf(append),
    content: append.kind === 'withdrawn' ? null : append.content,
    historic: append.kind === 'historic',
  };
}
const current = (log: readonly LoggedVersion[]): string | null =>
  log.findLast((version) => !version.historic)?.content ?? null;
const shown = (log: readonly LoggedVersion[]): string[] =>
  [...new Set(log.flatMap(({ content }) => content ?? []))].sort();

describe('versions of a fact', () => {
  it('new', () => {
    expect(record([says('1', 1, 'A')])).toEqual([{ eventId: 'A<new', content: 'A', historic: false }]);
  });

  it('nothing new when the same is said again', () => {
    expect(record([says('1', 1, 'A'), says('2', 2, 'A')])).toHaveLength(1);
  });

  it('corrected by a later statement', () => {
    const appends = missingVersions(
      [says('1', 1, 'A'), says('2', 2, 'B')],
      [{ eventId: 'a', content: 'A', historic: false }],
      idOf,
    );
    expect(appends).toEqual([{ kind: 'corrected', content: 'B', supersedes: 'a', by: says('2', 2, 'B') }]);
  });

  it('historic when an older version comes late', () => {
    const log = record([says('2', 2, 'B'), says('1', 1, 'A')]);
    expect(log[1]).toEqual({ eventId: 'A<historic', content: 'A', historic: true });
    expect(current(log)).toBe('B');
  });

  it('withdrawn by a whole that no longer has it, and back when that whole is itself taken back', () => {
    const log = record([says('1', 1, 'A'), says('2', 2, null)]);
    expect(current(log)).toBeNull();
    const restored = missingVersions([says('1', 1, 'A')], log, idOf);
    expect(restored).toMatchObject([{ kind: 'corrected', content: 'A', supersedes: log[1]?.eventId }]);
  });

  it('remembers that an old content was said again: a version between the two does not win', () => {
    expect(current(record([says('1', 1, 'A'), says('3', 3, 'A'), says('2', 2, 'B')]))).toBe('A');
  });

  it('nothing for an absence of what was never said', () => {
    expect(record([says('1', 1, null)])).toEqual([]);
  });

  it('any order of arrival ends with the same current version and the same versions shown', () => {
    const sayings = fc.uniqueArray(
      fc.record({ hour: fc.integer({ min: 0, max: 23 }), content: fc.constantFrom('A', 'B', 'C', null) }),
      { selector: ({ hour }) => hour, minLength: 1, maxLength: 7 },
    );
    fc.assert(
      fc.property(sayings, fc.infiniteStream(fc.nat()), (list, random) => {
        const inOrder = list
          .map(({ hour, content }) => says(`r${hour}`, hour, content))
          .sort((a, b) => (a.statedAt < b.statedAt ? -1 : 1));
        const shuffled = inOrder
          .map((saying) => ({ saying, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ saying }) => saying);
        const straight = record(inOrder);
        const mixed = record(shuffled);
        expect(current(mixed)).toBe(current(straight));
        expect(shown(mixed)).toEqual(shown(straight));
        // Sent again, in any order: nothing changes.
        expect(missingVersions([...shuffled], mixed, idOf)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
