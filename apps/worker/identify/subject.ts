import { check } from '../../../libs/identity/identifiers.js';
import { trusted } from '../../../libs/identity/trust.js';
import type { IdentifierKind, Person } from '../../../libs/kernel/fact.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { StoredRecord } from '../../../libs/platform/records/record-store.js';
import type { PlacedFact } from '../work.js';

/** One saying of a person, as a message made it. */
export interface Said {
  readonly person: Person;
  /** Keyed hash of it. */
  readonly hash: Buffer;
  /** RFC 3339. */
  readonly statedAt: string;
}

/** What one batch says of one source record: all its facts, and of the person each saying once, by when it was last made. */
export interface Subject {
  readonly hash: string;
  readonly system: string;
  readonly agency: string;
  readonly sourceKey: string;
  readonly facts: readonly PlacedFact[];
  readonly said: readonly Said[];
  readonly identifiers: readonly TrustedIdentifier[];
  /** False when nothing in these messages shows that it is a child: then it is recorded only for one the hub knows. */
  readonly shownToBeChild: boolean;
}

export interface TrustedIdentifier {
  readonly kind: IdentifierKind;
  /** Keyed hash of the canonical value. */
  readonly hash: Buffer;
  readonly statedAt: string;
}

/** Groups facts by the record they are about. */
export function subjectsOf(facts: readonly PlacedFact[], keys: KeyStore): Subject[] {
  return [...Map.groupBy(facts, (fact) => fact.recordHash).values()].flatMap((of) => subjectOf(of, keys) ?? []);
}

function subjectOf(facts: readonly PlacedFact[], keys: KeyStore): Subject | undefined {
  const inOrder = facts
    .map((placed) => ({ placed, at: Date.parse(placed.fact.statedAt) }))
    .sort((one, other) => one.at - other.at);
  const last = inOrder.at(-1)?.placed;
  if (!last) return undefined;
  const { message } = last.work.claimed;
  const said = sayingsOf(inOrder.map(({ placed }) => placed), keys); // prettier-ignore
  return {
    hash: last.recordHash,
    system: message.system,
    agency: message.agency,
    sourceKey: last.fact.record.key,
    facts,
    said,
    identifiers: said.flatMap((saying) => identifiersIn(saying, keys)),
    shownToBeChild: facts.some((fact) => fact.fact.onlyIfKnown === undefined),
  };
}

// Oldest first. What is said again counts once, when it was last said: a record's messages say the same of its person, one after
// the other, and a person of whom ten sayings were written took three times as long.
function sayingsOf(inOrder: readonly PlacedFact[], keys: KeyStore): Said[] {
  const said = new Map<string, Said>();
  for (const placed of inOrder) {
    const { person } = placed.fact.record;
    const text = JSON.stringify(person);
    const hash = said.get(text)?.hash ?? keys.hash('person', text);
    placed.personHash = hash.toString('hex');
    said.delete(text);
    said.set(text, { person, hash, statedAt: placed.fact.statedAt });
  }
  return [...said.values()];
}

/** What a saying claims that may link: checked, trusted, as keyed hashes. */
export function identifiersIn(
  { person, statedAt }: Pick<Said, 'person' | 'statedAt'>,
  keys: KeyStore,
): TrustedIdentifier[] {
  return person.identifiers.flatMap(({ kind, value }) => {
    const checked = check(kind, value);
    if (!checked.valid || trusted(kind, checked.canonical) === 'never') return [];
    return [{ kind, hash: keys.hash('identifier', kind, checked.canonical), statedAt }];
  });
}

/** What is stored is the newest saying: whoever says the same again, says nothing new, and of older ones nobody asks. */
function saysSomethingNew({ said }: Subject, record: StoredRecord | undefined): boolean {
  const [first, ...others] = said;
  if (first === undefined || others.length > 0) return true;
  return record?.personHash === undefined || !record.personHash.equals(first.hash);
}

/** The source's key is the number it claims, as in `nhs:9990001014`. */
export function isByNumber({ sourceKey, said }: Subject): boolean {
  return said.some(({ person }) => person.identifiers.some(({ kind, value }) => sourceKey === `${kind}:${value}`));
}

/** True when its record, its person or whose it is may have to change: that is done under the lock. */
export function hasToSettle(subject: Subject, record: StoredRecord | undefined): boolean {
  if (saysSomethingNew(subject, record)) return true;
  return subject.shownToBeChild ? record?.onlyIfKnown === true : record?.unplaced === true;
}

export function keyOf(subject: Subject): { system: string; keyHash: Buffer } {
  return { system: subject.system, keyHash: Buffer.from(subject.hash, 'hex') };
}

/** What a held message about this record waits for: the record itself, or any of its identifiers. */
export function awaitedBy(subject: Subject): Buffer[] {
  return [Buffer.from(subject.hash, 'hex'), ...subject.identifiers.map(({ hash }) => hash)];
}

export function receiptsOf(subjects: readonly Subject[]): string[] {
  return [...new Set(subjects.flatMap(({ facts }) => facts.map(({ work }) => work.claimed.receipt)))];
}
