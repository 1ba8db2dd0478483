import type { Person, SourceRecord } from '../../kernel/fact.js';
import { BadPart } from '../reading/bad-part.js';

/**
 * The record of a patient who is known by an NHS number: every format names it alike, so that what they say comes together.
 * A number that fails its check has a record too: identity links nobody by it. Throws `BadPart` for what is no number.
 */
export function patientByNumber(text: string, pointer: string, more: Omit<Person, 'identifiers'> = {}): SourceRecord {
  const number = text.replace(/^nhs:/i, '').replaceAll(/[\s-]/g, '');
  if (!/^\d{10}$/.test(number)) throw new BadPart('invalid-identifier', 'an NHS number has ten digits', pointer);
  return { key: `nhs:${number}`, person: { identifiers: [{ kind: 'nhs', value: number }], ...more } };
}
