import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { givenNamesOf, mayBeOne } from './given-names.js';
import { partition, sharedByMany, type Claim, type RecordClaims } from './partition.js';
import { kinds } from './trust.js';

function record(name: string, system: string, claims: readonly string[], birth?: string): RecordClaims {
  const parsed = claims.map((claim): Claim => {
    const [kind, value] = claim.split(':');
    return { kind: kind as Claim['kind'], value: value ?? '' };
  });
  return { record: name, system, claims: parsed, ...(birth === undefined ? {} : { birth }) };
}

function reasons(records: readonly RecordClaims[]): Record<string, string> {
  return Object.fromEntries(partition(records).untrusted.map(({ kind, value, why }) => [`${kind}:${value}`, why]));
}

describe('records of one child', () => {
  it('are joined by a value they share, directly or through another record', () => {
    const records = [
      record('police', 'police', ['pnc:1'], 'b'),
      record('yos', 'yos', ['pnc:1', 'nhs:1'], 'b'),
      record('care', 'social-care', ['nhs:1']),
      record('other', 'court', ['pnc:2']),
    ];
    expect(partition(records)).toEqual({ groups: [['care', 'police', 'yos'], ['other']], untrusted: [] });
  });

  it('are joined though every agency holds one', () => {
    const systems = ['police', 'court', 'health', 'education', 'probation', 'social-care', 'secure-estate', 'yos'];
    expect(partition(systems.map((system) => record(system, system, ['nhs:1']))).groups).toHaveLength(1);
  });

  it('may be one that its source knows by that number alone, beside one that it knows otherwise', () => {
    const nominal = record('nominal', 'police', ['nhs:1']);
    const custodian = { ...record('custodian', 'police', ['nhs:1']), byNumber: true };
    expect(partition([nominal, custodian, record('case', 'yos', ['nhs:1'])]).groups).toHaveLength(1);
    const second = record('second', 'police', ['nhs:1']);
    expect(partition([nominal, custodian, second]).untrusted).toMatchObject([{ why: 'shared-by-many' }]);
  });

  it('may be several in one system when it says they were born on one day', () => {
    const records = [record('one', 'court', ['pnc:1'], 'b'), record('two', 'court', ['pnc:1'], 'b')];
    expect(partition(records).groups).toEqual([['one', 'two']]);
  });
});

describe('a record of which nothing but a number is known', () => {
  const prisoner = (claims: readonly string[], birth?: string): RecordClaims => ({
    ...record('prisoner', 'secure-estate', claims, birth),
    onlyIfKnown: true,
  });
  const kit = record('kit', 'yos', ['noms:1', 'nhs:1'], 'b');

  it('follows the child whose number it is', () => {
    const police = record('police', 'police', ['nhs:1']);
    expect(partition([prisoner(['noms:1']), kit, police])).toEqual({
      groups: [['kit', 'police', 'prisoner']],
      untrusted: [],
    });
  });

  it('follows one who claims it without a birth date, where nobody claims it with one', () => {
    const unborn = record('unborn', 'police', ['noms:1', 'pnc:1']);
    expect(partition([prisoner(['noms:1']), unborn]).groups).toEqual([['prisoner', 'unborn']]);
    expect(partition([prisoner(['noms:1']), unborn, kit]).groups).toEqual([['kit', 'prisoner'], ['unborn']]);
  });

  it.each([
    ['whose birth dates contradict', [kit, record('other', 'police', ['noms:1'], 'b2')]],
    ['who may be two', [record('one', 'yos', ['noms:1']), record('other', 'police', ['noms:1'])]],
    ['who themselves only follow', [{ ...record('other', 'probation', ['noms:1']), onlyIfKnown: true }]],
    ['of another number', [record('other', 'yos', ['noms:2'], 'b')]],
  ])('follows nobody %s', (_, others) => {
    expect(partition([prisoner(['noms:1']), ...others]).groups).toContainEqual(['prisoner']);
  });

  it('never joins two children', () => {
    const wren = record('wren', 'police', ['crn:1'], 'b2');
    expect(partition([prisoner(['noms:1', 'crn:1']), kit, wren]).groups).toEqual([['kit'], ['prisoner'], ['wren']]);
  });

  it('says why it does not follow the one, when another number has joined it to others', () => {
    const records = [
      prisoner(['noms:1', 'nhs:2']),
      record('kit', 'yos', ['noms:1'], 'b'),
      record('clinic', 'health', ['nhs:2']),
    ];
    expect(partition(records).groups).toEqual([['clinic', 'prisoner'], ['kit']]);
    expect(reasons(records)).toEqual({ 'noms:1': 'birth-date-unknown' });
  });

  it('with a birth date is compared like any other', () => {
    expect(partition([prisoner(['noms:1'], 'b'), kit]).groups).toEqual([['kit', 'prisoner']]);
    expect(partition([prisoner(['noms:1'], 'b2'), kit]).groups).toEqual([['kit'], ['prisoner']]);
  });

  it('is not linked by that number when it is shown to be a child', () => {
    const child = record('prisoner', 'secure-estate', ['noms:1']);
    expect(partition([child, kit]).groups).toEqual([['kit'], ['prisoner']]);
  });
});

describe('a value links nobody', () => {
  it('when its claimants were born on different days', () => {
    const records = [
      record('one', 'police', ['nhs:1'], 'b1'),
      record('two', 'health', ['nhs:1'], 'b2'),
      record('three', 'court', ['nhs:1']),
    ];
    expect(partition(records).groups).toEqual([['one'], ['three'], ['two']]);
    expect(reasons(records)).toEqual({ 'nhs:1': 'contradicted' });
  });

  it('when its claimants differ in another number a person has one of', () => {
    const records = [record('one', 'police', ['nhs:1', 'pnc:1']), record('two', 'health', ['nhs:1', 'pnc:2'])];
    expect(reasons(records)).toEqual({ 'nhs:1': 'contradicted' });
    expect(partition(records).groups).toHaveLength(2);
  });

  it('when one record claims two of what a person has one of', () => {
    const records = [record('one', 'police', ['nhs:1', 'nhs:2']), record('two', 'health', ['nhs:1'])];
    expect(partition(records).groups).toHaveLength(2);
  });

  it('when one system has two records of it and does not say they were born on one day', () => {
    const records = [record('one', 'court', ['pnc:1'], 'b'), record('two', 'court', ['pnc:1'])];
    expect(reasons(records)).toEqual({ 'pnc:1': 'shared-by-many' });
    expect(partition(records).groups).toHaveLength(2);
  });

  it('when more records of a system claim it than a child can have', () => {
    const records = Array.from({ length: sharedByMany + 1 }, (_, index) => record(`r${index}`, 's', ['nhs:1'], 'b'));
    expect(partition(records.slice(1)).groups).toHaveLength(1);
    expect(partition(records).groups).toHaveLength(sharedByMany + 1);
  });

  it('when a chain of values would join two people', () => {
    const records = [
      record('one', 'police', ['pnc:1'], 'b1'),
      record('two', 'yos', ['pnc:1', 'nhs:1']),
      record('three', 'health', ['nhs:1'], 'b2'),
    ];
    expect(partition(records).groups).toHaveLength(3);
    expect(reasons(records)).toEqual({ 'nhs:1': 'contradicted-in-chain', 'pnc:1': 'contradicted-in-chain' });
  });

  it('when the number has no check and the birth date is not known', () => {
    const records = [
      record('one', 'probation', ['crn:1'], 'b'),
      record('two', 'yos', ['crn:1'], 'b'),
      record('three', 'court', ['crn:1']),
    ];
    expect(partition(records).groups).toEqual([['one', 'two'], ['three']]);
    expect(reasons(records)).toEqual({ 'crn:1': 'birth-date-unknown' });
  });

  it('when its kind is never trusted', () => {
    const records = [record('one', 'police', ['cro:1'], 'b'), record('two', 'yos', ['cro:1'], 'b')];
    expect(partition(records).groups).toHaveLength(2);
  });
});

describe('any set of records', () => {
  const claim = fc.record({
    kind: fc.constantFrom<Claim['kind']>('nhs', 'pnc', 'asn', 'upn', 'uln', 'noms', 'crn', 'cro'),
    value: fc.constantFrom('1', '2', '3'),
  });
  const claims = fc.record(
    {
      system: fc.constantFrom('police', 'court', 'health', 'yos'),
      birth: fc.constantFrom('b1', 'b2'),
      onlyIfKnown: fc.boolean(),
      given: fc.constantFrom('Rowan', 'R', 'Reed', 'Reed Rowan').map((name) => givenNamesOf(name) ?? never()),
      claims: fc.array(claim, { maxLength: 3 }),
    },
    { requiredKeys: ['system', 'claims'] },
  );
  const records = fc
    .array(claims, { maxLength: 12 })
    .map((all) => all.map((one, index): RecordClaims => ({ ...one, record: `r${index}` })));
  const shuffled = records.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );

  it('ends the same in any order', () => {
    fc.assert(fc.property(shuffled, ([one, other]) => expect(partition(other)).toEqual(partition(one))));
  });

  it('is divided: every record in exactly one group', () => {
    fc.assert(
      fc.property(records, (all) => {
        const names = partition(all).groups.flat();
        expect([...names].sort()).toEqual(all.map(({ record: name }) => name).sort());
      }),
    );
  });

  it('never joins two names', () => {
    fc.assert(
      fc.property(records, (all) => {
        for (const group of partition(all).groups) {
          const names = all.flatMap((one) => (group.includes(one.record) ? (one.given ?? []) : []));
          for (const one of names) for (const other of names) expect(mayBeOne(one, other)).toBe(true);
        }
      }),
    );
  });

  it('never joins two births, nor two of what a person has one of', () => {
    fc.assert(
      fc.property(records, (all) => {
        for (const group of partition(all).groups.filter(({ length }) => length > 1)) {
          const members = all.filter(({ record: name }) => group.includes(name));
          expect(new Set(members.flatMap(({ birth }) => birth ?? [])).size).toBeLessThan(2);
          const single = members.flatMap((one) => one.claims).filter(({ kind }) => kinds[kind].single);
          const byKind = Map.groupBy(single, ({ kind }) => kind);
          for (const values of byKind.values()) expect(new Set(values.map(({ value }) => value)).size).toBe(1);
        }
      }),
    );
  });

  it('divides each of its groups no further', () => {
    fc.assert(
      fc.property(records, (all) => {
        for (const group of partition(all).groups) {
          expect(partition(all.filter(({ record: name }) => group.includes(name))).groups).toEqual([group]);
        }
      }),
    );
  });

  it('says why of every value that two records share and that did not join them', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { groups, untrusted } = partition(all);
        const groupOf = (name: string): number => groups.findIndex((group) => group.includes(name));
        for (const one of all) {
          for (const other of all) {
            const shared = one.claims.filter(
              ({ kind, value }) =>
                kinds[kind].trust !== 'never' && other.claims.some((c) => c.kind === kind && c.value === value),
            );
            if (groupOf(one.record) === groupOf(other.record)) continue;
            for (const { kind, value } of shared) {
              expect(untrusted.some((said) => said.kind === kind && said.value === value)).toBe(true);
            }
          }
        }
      }),
    );
  });
});

function never(): never {
  throw new Error('not a name');
}
