import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesThrough, type Change, type Said, type Snapshot } from './snapshots.js';

const snapshot = (said: readonly Said[], whole: readonly string[] = []): Snapshot => ({ said, whole });
const marker = (value: string): Said => ({ group: 'marker', member: '', value });
const episode = (member: string, value?: string): Said => ({
  group: 'episodes',
  member,
  ...(value === undefined ? {} : { value }),
});
const status = (member: string): Said => ({ group: 'statuses', member });

describe('changes through snapshots', () => {
  it('the first says everything for the first time', () => {
    expect(changesThrough([snapshot([marker('A'), episode('1 March')])])).toEqual([
      [
        { kind: 'listed', group: 'marker', member: '', value: 'A' },
        { kind: 'listed', group: 'episodes', member: '1 March' },
      ],
    ]);
  });

  it('nothing when the same is said again, in whatever order', () => {
    const one = [marker('A'), episode('1 March'), episode('2 March')];
    expect(changesThrough([snapshot(one), snapshot(one.toReversed())])[1]).toEqual([]);
  });

  it('nothing when a field disappears, and nothing when it comes back as it was', () => {
    expect(changesThrough([snapshot([marker('A')]), snapshot([]), snapshot([marker('A')])]).slice(1)).toEqual([[], []]);
  });

  it('changed when a field comes back otherwise', () => {
    expect(changesThrough([snapshot([marker('A')]), snapshot([]), snapshot([marker('B')])])[2]).toEqual([
      { kind: 'changed', group: 'marker', member: '', value: 'B' },
    ]);
  });

  it('a member that is only named takes back nothing of what was said of it', () => {
    const through = changesThrough([
      snapshot([episode('1 March', 'attended')]),
      snapshot([episode('1 March')]),
      snapshot([episode('1 March', 'attended')]),
    ]);
    expect(through.slice(1)).toEqual([[], []]);
  });

  it('ended when the format lists all there is, and listed again after that', () => {
    const through = changesThrough([
      snapshot([status('open'), marker('A')], ['statuses']),
      snapshot([], ['statuses']),
      snapshot([status('open')], ['statuses']),
    ]);
    expect(through.slice(1)).toEqual([
      [{ kind: 'ended', group: 'statuses', member: 'open' }],
      [{ kind: 'listed', group: 'statuses', member: 'open' }],
    ]);
  });

  it('not ended when this snapshot does not say that it lists all there is', () => {
    expect(changesThrough([snapshot([status('open')], ['statuses']), snapshot([])])[1]).toEqual([]);
  });
});

describe('whatever the snapshots say', () => {
  const said = fc.uniqueArray(
    fc.record(
      {
        group: fc.constantFrom('marker', 'episodes', 'statuses'),
        member: fc.constantFrom('', 'a', 'b'),
        value: fc.constantFrom('1', '2'),
      },
      { requiredKeys: ['group', 'member'] },
    ),
    { selector: ({ group, member }) => `${group} ${member}`, maxLength: 9 },
  );
  const snapshots = fc.array(
    fc.record({ said, whole: fc.constantFrom<string[]>([], ['statuses'], ['episodes', 'statuses']) }),
    { maxLength: 8 },
  );

  it('one said twice running changes nothing, and nothing after it', () => {
    fc.assert(
      fc.property(snapshots, fc.nat(), (list, random) => {
        const at = random % (list.length || 1);
        const twice = [...list.slice(0, at + 1), ...list.slice(at)];
        const expected = changesThrough(list);
        expect(changesThrough(twice).filter((changes) => changes.length > 0)).toEqual(
          expected.filter((changes) => changes.length > 0),
        );
      }),
    );
  });

  it('the changes, played one after the other, give what the snapshots say', () => {
    fc.assert(
      fc.property(snapshots, (list) => {
        const played = new Map<string, string | undefined>();
        const expected = new Map<string, string | undefined>();
        changesThrough(list).forEach((changes, at) => {
          for (const change of changes) play(played, change);
          const { said: now, whole } = list[at] ?? snapshot([]);
          for (const one of now) expected.set(name(one), one.value ?? expected.get(name(one)));
          for (const known of [...expected.keys()])
            if (whole.some((group) => known.startsWith(group)) && !now.some((one) => name(one) === known))
              expected.delete(known);
          expect(new Map([...played].sort())).toEqual(new Map([...expected].sort()));
        });
      }),
    );
  });

  it('nothing ends that no format says is whole', () => {
    fc.assert(
      fc.property(snapshots, (list) => {
        const open = list.map((one) => snapshot(one.said));
        expect(
          changesThrough(open)
            .flat()
            .map(({ kind }) => kind),
        ).not.toContain('ended');
      }),
    );
  });
});

const name = ({ group, member }: Pick<Said, 'group' | 'member'>): string => `${group} ${member}`;

function play(played: Map<string, string | undefined>, change: Change): void {
  if (change.kind === 'ended') played.delete(name(change));
  else played.set(name(change), change.value);
}
