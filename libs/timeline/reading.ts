import type { JsonObject, JsonValue } from '@bufbuild/protobuf';

/** How one canonical event reads to a practitioner. What it does not mention is shown under the contract's own name. */
export interface Reading {
  readonly title?: (content: JsonObject) => string | undefined;
  /** Fields in reading order: json name → label. */
  readonly labels: Readonly<Record<string, string>>;
  /** Fields that say nothing to a reader: keys of the source's own, and what another line already says. */
  readonly silent?: readonly string[];
  /** Values in words where the contract's own words are not plain enough. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Fields that hold codes made of words (`police-custody`, `NOT_GUILTY`): everything else is shown as written. */
  readonly codes?: readonly string[];
  /** Fields shown although empty: a missing `true` means no, and no is news. */
  readonly always?: Readonly<Record<string, JsonValue>>;
}

// What a source wrote may be called `constructor`: only the table's own entries count.
export function entryAt<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `Arrested: affray`; undefined without a detail, so that the plain title stands. */
export function told(what: string, detail: string | undefined): string | undefined {
  return detail ? `${what}: ${detail}` : undefined;
}

/** Text of a field; '' when it has none. */
export function word(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

// police-custody → police custody
export function plain(code: string): string {
  return code.replaceAll(/[_-]+/g, ' ');
}
