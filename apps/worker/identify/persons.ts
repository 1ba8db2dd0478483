import { mergePerson, type KnownPerson, type PersonSaid } from '../../../libs/identity/person.js';
import { nameTokens } from '../../../libs/identity/name-tokens.js';
import type { Person } from '../../../libs/kernel/fact.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { open, seal } from '../../../libs/platform/keys/seal.js';
import { stateClaims } from '../../../libs/platform/records/claim-store.js';
import {
  forgetPersons,
  keepPersonSayings,
  keysOfStreams,
  personsOf,
  standingSayings,
  updatePersons,
  type PersonUpdate,
} from '../../../libs/platform/records/record-store.js';
import { identifiersIn, type Said, type Subject } from './subject.js';

/** Adds what these subjects say of their persons to what is known of them, names, claims and search index alike. */
export async function writePersons(
  connection: Connection,
  subjects: readonly { readonly subject: Subject; readonly stream: string; readonly key: DataKey }[],
  keys: KeyStore,
): Promise<void> {
  const stored = await personsOf(
    connection,
    subjects.map(({ stream }) => stream),
  );
  await keepPersonSayings(
    connection,
    subjects.flatMap(({ subject, stream, key }) =>
      distinct(subject.said).map(({ person, hash }) => ({
        stream,
        personHash: hash,
        person: seal(key, Buffer.from(JSON.stringify(person)), stream),
      })),
    ),
  );
  await updatePersons(
    connection,
    subjects.map(({ subject, stream, key }) => {
      const sealed = stored.get(stream);
      const known = sealed && (JSON.parse(open(key, sealed, stream).toString()) as KnownPerson);
      return personUpdate(stream, mergePerson(known, subject.said), subject.said, key, keys);
    }),
  );
  await stateClaims(
    connection,
    subjects.flatMap(({ subject, stream }) =>
      subject.identifiers.map(({ hash: valueHash, ...claim }) => ({ record: stream, valueHash, ...claim })),
    ),
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
  const standing = Map.groupBy(await standingSayings(connection, streams), ({ stream }) => stream);
  await forgetPersons(connection, streams);
  for (const [stream, sayings] of standing) {
    const key = found.get(keyIds.get(stream) ?? '');
    if (!key) continue;
    const said = sayings.map(({ person, personHash, statedAt }) => ({
      person: JSON.parse(open(key, person, stream).toString()) as Person,
      hash: personHash,
      statedAt,
    }));
    await updatePersons(connection, [personUpdate(stream, mergePerson(undefined, said), said, key, keys)]);
    await stateClaims(
      connection,
      said
        .flatMap((saying) => identifiersIn(saying, keys))
        .map(({ hash: valueHash, ...claim }) => ({ record: stream, valueHash, ...claim })),
    );
  }
}

function personUpdate(
  stream: string,
  person: KnownPerson,
  said: readonly (PersonSaid & Pick<Said, 'hash'>)[],
  key: DataKey,
  keys: KeyStore,
): PersonUpdate {
  const last = said.at(-1);
  if (!last) throw new Error('a person of whom nothing was said');
  return {
    stream,
    person: seal(key, Buffer.from(JSON.stringify(person)), stream),
    personHash: last.hash,
    statedAt: last.statedAt,
    ...(person.birthDate === undefined ? {} : { birthHash: keys.hash('birth', person.birthDate) }),
    nameTokens: [...nameTokens(person.givenNames, person.familyName)].map((token) => keys.hash('name-token', token)),
  };
}

function distinct(said: readonly Said[]): Said[] {
  return [...new Map(said.map((saying) => [saying.hash.toString('hex'), saying])).values()];
}
