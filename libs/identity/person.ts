import type { Person } from '../kernel/fact.js';

const fields = ['givenNames', 'familyName', 'birthDate'] as const;
type Field = (typeof fields)[number];

/** What a source says of the person its record is about, each part as it last stated it. Stored sealed, as JSON. */
export type KnownPerson = { readonly [field in Field]?: string } & {
  /** When the source stated each part, RFC 3339. */
  readonly statedAt: { readonly [field in Field]?: string };
};

export interface PersonSaid {
  readonly person: Person;
  /** RFC 3339. */
  readonly statedAt: string;
}

/** A message that leaves a part out does not take it back: a return without names does not make a child nameless. */
export function mergePerson(known: KnownPerson | undefined, said: readonly PersonSaid[]): KnownPerson {
  const merged: { [field in Field]?: string } = {};
  const statedAt: { [field in Field]?: string } = {};
  for (const field of fields) {
    const before = { value: known?.[field], statedAt: known?.statedAt[field] };
    const all = [before, ...said.map(({ person, statedAt: at }) => ({ value: person[field], statedAt: at }))];
    for (const { value, statedAt: at } of all) {
      if (value === undefined || value === '' || at === undefined) continue;
      const newest = statedAt[field];
      if (newest !== undefined && Date.parse(at) < Date.parse(newest)) continue;
      merged[field] = value;
      statedAt[field] = at;
    }
  }
  return { ...merged, statedAt };
}
