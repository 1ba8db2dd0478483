import { check } from '../../../libs/identity/identifiers.js';
import type { IdentifierKind } from '../../../libs/kernel/fact.js';

/** What tells that a message is about a child. */
export interface Marks {
  /** The sources' own keys for the child's records. */
  readonly sourceKeys: readonly string[];
  readonly names: readonly { readonly givenNames: string; readonly familyName: string }[];
  /** `YYYY-MM-DD`. */
  readonly birthDates: readonly string[];
  /** True for a number that the child's records claim. */
  readonly claims: (kind: IdentifierKind, canonical: string) => boolean;
}

// A shorter key of a source turns up by chance, as a house number or part of a date.
const SHORTEST_KEY = 6;

// Where such a number can begin: each is checked, so a wrong start finds nothing.
const shapes: Readonly<Record<Exclude<IdentifierKind, 'cro'>, RegExp>> = {
  nhs: /(?<!\d)(?=(\d(?:[ -]?\d){9})(?!\d))/g,
  uln: /(?<!\d)(?=(\d(?:[ -]?\d){9})(?!\d))/g,
  pnc: /(?<![\dA-Z])(?=((?:\d{4}|\d{2})(?: ?\/ ?\d{1,7} ?|\d{7})[A-Z])(?![\dA-Z]))/gi,
  asn: /(?<![\dA-Z])(?=(\d{2}\/?[\dA-Z]{4}\/?[\dA-Z]{2}\/?\d{1,11}[A-Z])(?![\dA-Z]))/gi,
  upn: /(?<![\dA-Z])(?=([A-Z]\d{11}[\dA-Z])(?![\dA-Z]))/gi,
  noms: /(?<![\dA-Z])(?=([A-Z]\d{4}[A-Z]{2})(?![\dA-Z]))/gi,
  crn: /(?<![\dA-Z])(?=([A-Z]\d{6})(?![\dA-Z]))/gi,
};
const kinds = Object.keys(shapes) as (keyof typeof shapes)[];

/**
 * True when these texts of one message are about the child: a source's key of six signs or more, a number that a record
 * claims, or names together with a birth date. A name alone is many people's.
 */
export function isAbout(texts: readonly string[], marks: Marks): boolean {
  // Each text apart, so that nothing is read across their border.
  const words = texts.map((text) => ` ${wordsOf(text).join(' ')} `);
  const says = (...wanted: readonly string[]): boolean => words.some((text) => text.includes(` ${wanted.join(' ')} `));

  const keys = marks.sourceKeys.filter((key) => key.length >= SHORTEST_KEY);
  if (keys.some((key) => says(...wordsOf(key)))) return true;
  if (texts.some((text) => kinds.some((kind) => numbersIn(text, kind).some((number) => marks.claims(kind, number))))) {
    return true;
  }
  const named = marks.names.some(({ givenNames, familyName }) => {
    const [first] = wordsOf(givenNames);
    const family = wordsOf(familyName);
    return first !== undefined && family.length > 0 && says(first) && says(...family);
  });
  return named && texts.some((text) => marks.birthDates.some((date) => spellings(date).some((one) => one.test(text))));
}

function numbersIn(text: string, kind: keyof typeof shapes): string[] {
  return [...text.matchAll(shapes[kind])].flatMap(([, found = '']) => {
    const checked = check(kind, found);
    return checked.valid ? [checked.canonical] : [];
  });
}

function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** As ISO writes a day, and as people here do: `2009-07-13`, `13/07/2009`, `13/7/2009`. */
function spellings(date: string): RegExp[] {
  const [year = '', month = '', day = ''] = date.split('-');
  const people = `0?${Number(day)}/0?${Number(month)}/${year}`;
  return [new RegExp(`(?<!\\d)${date}(?!\\d)`), new RegExp(`(?<!\\d)${people}(?!\\d)`)];
}
