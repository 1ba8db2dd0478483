import { givenNamesOf } from '../../../libs/identity/given-names.js';
import { mergePerson, type KnownPerson } from '../../../libs/identity/person.js';
import { nameTokens } from '../../../libs/identity/name-tokens.js';
import type { Person } from '../../../libs/kernel/fact.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { open, seal } from '../../../libs/platform/keys/seal.js';
import { stateClaims, type StatedClaim } from '../../../libs/platform/records/claim-store.js';
import {
  forgetPersons,
  keepPersonSayings,
  keysOfStreams,
  personsOf,
  standingSayings,
  updatePersons,
  type PersonUpdate,
} from '../../../libs/platform/records/record-store.js';
import { lockStanding } from '../../../libs/platform/records/standing.js';
import { identifiersIn, type Said, type Subject, type TrustedIdentifier } from './subject.js';

/**
 * Adds what these subjects say of their persons to what is known of them, names, claims and search index alike. What says the
 * same again changes nothing when it comes, so here what stands is looked at as well: when each thing was last said.
 */
export async function writePersons(
  connection: Connection,
  subjects: readonly { readonly subject: Subject; readonly stream: string; readonly key: DataKey }[],
  keys: KeyStore,
): Promise<void> {
  const streams = subjects.map(({ stream }) => stream);
  const stored = await personsOf(connection, streams);
  await keepPersonSayings(
    connection,
    subjects.flatMap(({ subject, stream, key }) =>
      subject.said.map(({ person, hash }) => ({
        stream,
        personHash: hash,
        person: seal(key, Buffer.from(JSON.stringify(person)), stream),
      })),
    ),
  );
  const standing = await openSayings(connection, [...stored.keys()], new Map(subjects.map((one) => [one.stream, one.key]))); // prettier-ignore
  const all = subjects.map(({ subject, stream, key }) => {
    const stands = standing.get(stream) ?? [];
    const said = [...stands, ...subject.said].sort(byTime);
    const claims = [...claimsIn(stream, stands, keys), ...subject.identifiers.map((one) => claimOf(stream, one))];
    return { stream, key, said, claims, known: stored.get(stream) };
  });
  const hash = hashedOnce(keys);
  await updatePersons(
    connection,
    all.map(({ stream, key, said, known }) => {
      const person = known && (JSON.parse(open(key, known.person, stream).toString()) as KnownPerson);
      return personUpdate(stream, mergePerson(person, said), [...(known ? [known.newest] : []), ...said], key, hash);
    }),
  );
  await stateClaims(
    connection,
    all.flatMap(({ claims }) => claims),
  );
}

/**
 * Makes persons and claims anew from what still stands: after a message was taken back or read otherwise, neither its
 * names nor its identifiers are left, and what other messages say still is. Call under `lockIdentity`, then `relink`.
 */
export async function restatePersons(
  connection: Connection,
  streams: readonly string[],
  keys: KeyStore,
): Promise<void> {
  const keyIds = await keysOfStreams(connection, streams);
  const found = await keys.find([...new Set(keyIds.values())]);
  const opened = new Map([...keyIds].flatMap(([stream, id]) => entryIf(stream, found.get(id))));
  // In one order, as all do who change records or hold them.
  await lockStanding(connection, streams, 'no key update');
  const standing = await openSayings(connection, streams, opened);
  const hash = hashedOnce(keys);
  await forgetPersons(connection, streams);
  for (const [stream, said] of standing) {
    const key = opened.get(stream);
    if (!key) continue;
    await updatePersons(connection, [personUpdate(stream, mergePerson(undefined, said), said, key, hash)]);
    await stateClaims(connection, claimsIn(stream, said, keys));
  }
}

/** What stands of the persons of these records, each saying as often as it differs, with the newest time that it was said. */
async function openSayings(
  connection: Connection,
  streams: readonly string[],
  keys: ReadonlyMap<string, DataKey>,
): Promise<Map<string, Said[]>> {
  if (streams.length === 0) return new Map();
  const sayings = (await standingSayings(connection, streams)).flatMap(({ stream, person, personHash, statedAt }) => {
    const key = keys.get(stream);
    if (!key) return [];
    const said = { person: JSON.parse(open(key, person, stream).toString()) as Person, hash: personHash, statedAt };
    return [{ stream, said }];
  });
  const byStream = Map.groupBy(sayings, ({ stream }) => stream);
  return new Map([...byStream].map(([stream, of]) => [stream, of.map(({ said }) => said).sort(byTime)]));
}

function claimsIn(stream: string, said: readonly Said[], keys: KeyStore): StatedClaim[] {
  return said.flatMap((saying) => identifiersIn(saying, keys)).map((one) => claimOf(stream, one));
}

function claimOf(stream: string, { kind, hash, statedAt }: TrustedIdentifier): StatedClaim {
  return { record: stream, kind, valueHash: hash, statedAt };
}

/** Hashes of names and days: those of a batch repeat, and more so the beginnings of names, so each is made once. */
type HashOf = (domain: 'birth' | 'given-name' | 'name-token', text: string) => Buffer;

function hashedOnce(keys: KeyStore): HashOf {
  const made = new Map<string, Buffer>();
  return (domain, text) => {
    const what = `${domain} ${text}`;
    const hash = made.get(what) ?? keys.hash(domain, text);
    made.set(what, hash);
    return hash;
  };
}

function personUpdate(
  stream: string,
  person: KnownPerson,
  said: readonly Pick<Said, 'hash' | 'statedAt'>[],
  key: DataKey,
  hashOf: HashOf,
): PersonUpdate {
  const last = said.toSorted(byTime).at(-1);
  if (!last) throw new Error('a person of whom nothing was said');
  const given = givenNamesOf(person.givenNames);
  // Eight bytes are enough to compare the few names that claim one number.
  const packed = (names: readonly string[]): Buffer =>
    Buffer.concat(names.map((name) => hashOf('given-name', name).subarray(0, 8)));
  return {
    stream,
    person: seal(key, Buffer.from(JSON.stringify(person)), stream),
    personHash: last.hash,
    statedAt: last.statedAt,
    ...(person.birthDate === undefined ? {} : { birthHash: hashOf('birth', person.birthDate) }),
    ...(given ? { given: { called: packed(given.called), forms: packed(given.forms) } } : {}),
    nameTokens: [...nameTokens(person.givenNames, person.familyName)].map((token) => hashOf('name-token', token)),
  };
}

// Of one time, in an order that does not depend on which came first.
function byTime(one: Pick<Said, 'hash' | 'statedAt'>, other: Pick<Said, 'hash' | 'statedAt'>): number {
  return Date.parse(one.statedAt) - Date.parse(other.statedAt) || Buffer.compare(one.hash, other.hash);
}

function entryIf(stream: string, key: DataKey | undefined): (readonly [string, DataKey])[] {
  return key ? [[stream, key]] : [];
}
