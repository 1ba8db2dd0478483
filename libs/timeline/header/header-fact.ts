import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import type { Agency } from '../../kernel/agency.js';
import { dayInWords, isDay } from '../../kernel/london.js';

/** One fact that holds, and that the reader sees in full: what a header may be made of. */
export interface HeaderFact {
  /** Event id. */
  readonly entry: string;
  /** The source's record: references are unique within one only. */
  readonly record: string;
  /** `hub.<agency>.v1.<Fact>`. */
  readonly type: string;
  readonly agency: Agency;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly content: JsonObject;
}

/** One thing that is so, since when, and who says so. Text, never markup. */
export interface HeaderLine {
  readonly text: string;
  readonly detail?: string;
  /** In words, with its preposition: `since 3 March 2026`, `on 3 March 2026 at 14:05`. */
  readonly when: string;
  readonly agency: Agency;
  /** Event id of the entry that says so. */
  readonly entry: string;
}

export function line(fact: HeaderFact, text: string, when: string, detail?: string): HeaderLine {
  const { agency, entry } = fact;
  return { text, when, agency, entry, ...(detail ? { detail } : {}) };
}

/** A field of the content as text; '' when it is absent or no text. */
export function textOf({ content }: HeaderFact, field: string): string {
  const value: JsonValue | undefined = content[field];
  return typeof value === 'string' ? value : '';
}

/** A field that holds a day, in words; what a source wrote that is no day stays as it is. */
export function dayOfField(fact: HeaderFact, field: string): string {
  const text = textOf(fact, field);
  return isDay(text) ? dayInWords(text) : text;
}

export function ofType(facts: readonly HeaderFact[], ...types: readonly string[]): HeaderFact[] {
  return facts.filter(({ type }) => types.includes(type));
}

/** Newest first; of one moment, in an order that does not depend on the order they come in. */
export function newestFirst(a: HeaderFact, b: HeaderFact): number {
  return Date.parse(b.occurredAt) - Date.parse(a.occurredAt) || (a.entry < b.entry ? 1 : -1);
}
