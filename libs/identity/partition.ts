import type { IdentifierKind } from '../kernel/fact.js';
import { mayBeOne, type GivenNames } from './given-names.js';
import { kinds } from './trust.js';

/** What one record says of the person it is about. Values are keyed hashes, already checked and trusted; births too. */
export interface RecordClaims {
  readonly record: string;
  readonly system: string;
  /** The source knows the record by its one identifier: it keeps no second person of that number under it. */
  readonly byNumber?: boolean;
  /** Hash of the birth date, for comparison only; absent when the source never stated one. */
  readonly birth?: string;
  /** Hashes of how the person is called, for comparison only; absent when the source never said. */
  readonly given?: GivenNames;
  readonly claims: readonly Claim[];
  /** Nothing shows that it is about a child: it may follow one that is known, and leads nobody. */
  readonly onlyIfKnown?: boolean;
}

export interface Claim {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/**
 * Why a value links nobody. `contradicted`: its claimants have different births, or different values of an identifier
 * a person has only one of. `shared-by-many`: too many records claim it. `contradicted-in-chain`: each value is
 * consistent, but together they would join two people. `birth-date-unknown`: this kind has no check of its own, so
 * it needs the birth date as well, and these records lack it. `named-otherwise`: its claimants are called by names that
 * are not one person's, as twins are; it joins those of one name, and nobody across.
 */
export type Distrust =
  'contradicted' | 'shared-by-many' | 'contradicted-in-chain' | 'birth-date-unknown' | 'named-otherwise';

export interface Untrusted extends Claim {
  readonly why: Distrust;
  /** The records that the value would have linked. */
  readonly records: readonly string[];
}

export interface Partition {
  /** Every record once; the records of one group belong to one child. Sorted, so that equal input reads equal. */
  readonly groups: readonly (readonly string[])[];
  readonly untrusted: readonly Untrusted[];
}

/** One child's value is claimed by a handful of records in one system; a placeholder by all of its records. */
export const sharedByMany = 4;

/**
 * The exact-identity rule: which of these connected records belong to one child. It depends on the set of records
 * alone, never on their order or on what was linked before, so every arrival order ends the same and a correction
 * takes back what it disproves. `limit` is the most records of one system that may claim a value.
 */
export function partition(records: readonly RecordClaims[], limit = sharedByMany): Partition {
  const untrusted: Untrusted[] = [];
  const edges: Value[] = [];
  const led: Value[] = [];
  for (const value of valuesOf(records)) {
    const why = distrust(value, limit);
    if (why !== undefined) {
      untrusted.push(asUntrusted(value, why));
      if (why === 'named-otherwise') edges.push(...byName(value));
      continue;
    }
    const able = value.claimants.filter((one) => kinds[value.kind].trust === 'alone' || one.birth !== undefined);
    if (able.length < value.claimants.length && value.claimants.length > 1) led.push(value);
    if (able.length > 1) edges.push({ ...value, claimants: able });
  }
  const components = connect(records, edges);
  const parted = components.flatMap((members) => (consistent(members) ? [members] : members.map((one) => [one])));
  const groups = withFollowers(parted, led);
  const broken = new Set(components.filter((members) => !consistent(members)).flat());
  const groupOf = new Map(groups.flatMap((group, at) => group.map((one) => [one, at] as const)));
  for (const value of led) {
    // A follower may have joined others, by another number: only beside a claimant of this one has this one led it.
    const wasLed = (one: RecordClaims): boolean =>
      follows(one) && value.claimants.some((other) => other !== one && groupOf.get(other) === groupOf.get(one));
    const unable = value.claimants.filter((one) => one.birth === undefined && !wasLed(one));
    if (unable.length > 0) untrusted.push(asUntrusted({ ...value, claimants: unable }, 'birth-date-unknown'));
  }
  for (const edge of edges) {
    if (edge.claimants.some((one) => broken.has(one))) untrusted.push(asUntrusted(edge, 'contradicted-in-chain'));
  }
  return {
    groups: groups.map((members) => members.map((one) => one.record).sort()).sort(byFirst),
    untrusted: untrusted.sort((a, b) => order(`${a.kind} ${a.value}`, `${b.kind} ${b.value}`)),
  };
}

/** It has a number and nothing to compare: no birth date, and no sign of being a child. */
function follows(record: RecordClaims): boolean {
  return record.onlyIfKnown === true && record.birth === undefined;
}

/**
 * A record that nobody but its number says anything of joins the one group that claims the number. It joins no two groups,
 * and changes nothing for the others: a mistake puts a leaf in the wrong place, never two children into one.
 */
function withFollowers(groups: readonly RecordClaims[][], led: readonly Value[]): readonly RecordClaims[][] {
  const groupOf = new Map(groups.flatMap((group, at) => group.map((one) => [one, at] as const)));
  const followers = groups.flatMap((group) => (group.length === 1 ? group.filter(follows) : []));
  const target = new Map<RecordClaims, number>();
  for (const one of followers) {
    const leaders = led.filter(({ claimants }) => claimants.includes(one)).flatMap(leadersOf);
    const [at, ...others] = new Set(leaders.flatMap((leader) => groupOf.get(leader) ?? []));
    if (at !== undefined && others.length === 0 && consistent([...(groups[at] ?? []), one])) target.set(one, at);
  }
  return groups.flatMap((group, at) => {
    if (group.some((one) => target.has(one))) return [];
    return [[...group, ...followers.filter((one) => target.get(one) === at)]];
  });
}

/** Who claims the number with a birth date; else who claims it at all. */
function leadersOf({ claimants }: Value): readonly RecordClaims[] {
  const born = claimants.filter(({ birth }) => birth !== undefined);
  return born.length > 0 ? born : claimants.filter((one) => !follows(one));
}

interface Value extends Claim {
  readonly claimants: readonly RecordClaims[];
}

function valuesOf(records: readonly RecordClaims[]): Value[] {
  const byValue = new Map<string, Claim & { readonly claimants: Map<string, RecordClaims> }>();
  for (const record of records) {
    for (const { kind, value } of record.claims) {
      if (kinds[kind].trust === 'never') continue;
      const id = `${kind} ${value}`;
      const known = byValue.get(id) ?? { kind, value, claimants: new Map<string, RecordClaims>() };
      known.claimants.set(record.record, record);
      byValue.set(id, known);
    }
  }
  return [...byValue.values()].map((value) => ({ ...value, claimants: [...value.claimants.values()] }));
}

function distrust({ claimants }: Value, limit: number): Distrust | undefined {
  if (!couldBeOne(claimants)) return 'contradicted';
  const named = claimants.filter(({ byNumber }) => byNumber !== true);
  for (const records of Map.groupBy(named, (one) => one.system).values()) {
    // A system that has two records of one number keeps two people, unless it says they were born on one day.
    const sameBirth = records.length === 1 || records.every((one) => one.birth !== undefined);
    if (records.length > limit || !sameBirth) return 'shared-by-many';
  }
  return namedAsOne(claimants) ? undefined : 'named-otherwise';
}

/**
 * Of a number that people of different names claim, who is joined by it all the same: those that are called alike and
 * born on one day. It was mistyped for somebody, who says neither for whom nor whose the records without a name are.
 */
function byName({ claimants, ...value }: Value): Value[] {
  const named = claimants.filter(({ given, birth }) => given && birth !== undefined);
  const pairs = named.flatMap((one, at) =>
    named.slice(at + 1).flatMap((other) => (namedAsOne([one, other]) ? [{ ...value, claimants: [one, other] }] : [])),
  );
  return connect(named, pairs).flatMap((of) => (of.length > 1 && namedAsOne(of) ? [{ ...value, claimants: of }] : []));
}

function namedAsOne(members: readonly RecordClaims[]): boolean {
  const names = members.flatMap(({ given }) => given ?? []);
  return names.every((one, at) => names.slice(at + 1).every((other) => mayBeOne(one, other)));
}

/** Could these be one person, by what they are called as well. */
function consistent(members: readonly RecordClaims[]): boolean {
  return couldBeOne(members) && (members.length < 2 || namedAsOne(members));
}

/** At most one birth, and at most one value of each identifier a person has one of. */
function couldBeOne(members: readonly RecordClaims[]): boolean {
  if (members.length < 2) return true;
  const seen = new Map<IdentifierKind | 'birth', string>();
  const agrees = (what: IdentifierKind | 'birth', value: string): boolean => {
    const known = seen.get(what) ?? value;
    seen.set(what, known);
    return known === value;
  };
  return members.every(
    ({ birth, claims }) =>
      (birth === undefined || agrees('birth', birth)) &&
      claims.every(({ kind, value }) => !kinds[kind].single || agrees(kind, value)),
  );
}

// Records joined by values, directly or through each other.
function connect(records: readonly RecordClaims[], edges: readonly Value[]): RecordClaims[][] {
  const parent = new Map(records.map(({ record }) => [record, record]));
  const root = (record: string): string => {
    const above = parent.get(record) ?? record;
    if (above === record) return record;
    const top = root(above);
    parent.set(record, top);
    return top;
  };
  for (const { claimants } of edges) {
    const [first, ...others] = claimants;
    if (first) for (const other of others) parent.set(root(other.record), root(first.record));
  }
  return [...Map.groupBy(records, ({ record }) => root(record)).values()];
}

function asUntrusted({ kind, value, claimants }: Value, why: Distrust): Untrusted {
  return { kind, value, why, records: claimants.map(({ record }) => record).sort() };
}

function byFirst(a: readonly string[], b: readonly string[]): number {
  return order(a[0] ?? '', b[0] ?? '');
}

// Not localeCompare: the order must be the same on every machine.
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
