import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { loadRulebook } from '../duties/rulebook/load-rulebook.js';
import { dutyName, dutyWords, noticeName, noticeWords } from './words.js';

const folder = new URL('./', import.meta.url);

/** Kinds as the capabilities write them: the first text after `kind:`, in a teller's call, or that a kind is chosen from. */
function kindsIn(ending: RegExp): Set<string> {
  const files = ['./', '../meetings/'].flatMap((room) =>
    readdirSync(new URL(room, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${room}${name}`),
  );
  const sources = files.filter((name) => ending.test(name)).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const code = sources.join('\n').replaceAll(/\s+/g, ' ');
  const written = [
    ...code.matchAll(/\bkind: '([a-z-]+)'/g),
    ...code.matchAll(/\b(?:tell|duty)\( ?'[A-G]\d+', '([a-z-]+)'/g),
    ...[...code.matchAll(/\bconst kind = ([^;]+);/g)].flatMap(([, choice = '']) => [
      ...choice.matchAll(/'([a-z-]{5,})'/g),
    ]),
  ];
  return new Set(written.map(([, kind = '']) => kind));
}

const without = (kinds: ReadonlySet<string>, others: readonly string[]): string[] =>
  [...kinds].filter((kind) => !others.includes(kind));

describe('words for duties and notices', () => {
  const duties = without(kindsIn(/\.duties\.ts$|\/meetings\.ts$/), Object.keys(noticeWords));
  const notices = without(kindsIn(/\.notices\.ts$|\/meetings\.ts$/), ['away', 'meeting-action']);

  it('has words for every duty that the capabilities can derive, and for no other', () => {
    expect(duties.toSorted()).toEqual(Object.keys(dutyWords).toSorted());
  });

  it('has words for every notice', () => {
    expect(notices.filter((kind) => noticeName(kind) === undefined)).toEqual([]);
    expect(notices.length).toBeGreaterThan(14);
  });

  it('says in the README what the words are for', () => {
    const readme = ['README.md', '../meetings/README.md']
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    for (const kind of [...Object.keys(dutyWords), ...Object.keys(noticeWords)]) {
      expect([kind, readme.includes(kind.replace('-in-custody', '(-in-custody)')) || readme.includes(kind)]).toEqual([
        kind,
        true,
      ]);
    }
  });

  it('has words for every reminder and escalation of the rulebook, and none for what it does not know', () => {
    const roles = new Set(
      loadRulebook(undefined).book.rules.flatMap(({ escalations = [] }) => escalations.map(({ to }) => to)),
    );
    for (const kind of Object.keys(dutyWords)) {
      for (const suffix of ['due-soon', 'due-soon-2', 'late', ...[...roles].map((role) => `escalated-${role}`)]) {
        expect(noticeName(`${kind}-${suffix}`)).toMatch(/^(Due soon|Late)/);
      }
    }
    expect(dutyName('constructor')).toBeUndefined();
    expect(noticeName('constructor-late')).toBeUndefined();
  });
});
