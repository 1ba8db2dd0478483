import { ScalarType, type DescField, type JsonObject, type JsonValue } from '@bufbuild/protobuf';
import { PersonSchema } from '../../contracts/gen/hub/common/v1/person_pb.js';
import { BadPart } from '../reading/bad-part.js';
import { britishDate, isoDate } from '../reading/times.js';
import type { Cells, Said } from './cells.js';

/** Fields of the person a record is about, under the names a file gives them. */
export const personFields = PersonSchema.fields.map(({ name }) => name);

/** What a record says of its person, as the contract writes it. A birth date that is none is left as it is: it identifies nobody. */
export function personOf(cells: Cells): JsonObject {
  return Object.fromEntries(
    PersonSchema.fields.flatMap(({ name, jsonName }) => {
      const text = textOf(cells.said(name), cells, name);
      return text === undefined ? [] : [[jsonName, name === 'birth_date' ? dayOf(text) : text]];
    }),
  );
}

/** The name under which a record says a field of its event. What an event calls its kind is `of_kind`: the record has a kind itself. */
export function columnOf({ name }: DescField): string {
  return name === 'kind' ? 'of_kind' : name;
}

/** What a record says in a field of an event, as the contract writes it; undefined when nothing. Throws `BadPart`. */
export function valueOf(field: DescField, cells: Cells): JsonValue | undefined {
  const column = columnOf(field);
  const said = cells.said(column);
  if (said === undefined) return undefined;
  if (field.fieldKind === 'list') return listOf(said, cells, column);
  if (field.fieldKind === 'enum') return constantOf(field, said, cells);
  if (field.fieldKind !== 'scalar') throw bad('a value', cells, column);
  if (field.scalar === ScalarType.BOOL) return flagOf(said, cells, column);
  if (field.scalar !== ScalarType.STRING) return numberOf(said, cells, column);
  const text = textOf(said, cells, column);
  // Days are told by their names in the contract: `started_on`, `period_from`, `week_commencing`.
  return text !== undefined && /(_on|_commencing|^period_from|^period_to)$/.test(field.name) ? dayOf(text) : text;
}

// high, No apparent risk → RISK_GRADE_HIGH, RISK_GRADE_NO_APPARENT_RISK
function constantOf(field: DescField & { fieldKind: 'enum' }, said: Said, cells: Cells): string {
  const word = (textOf(said, cells, columnOf(field)) ?? '').toUpperCase().replaceAll(/[\s-]+/g, '_');
  const prefix = field.enum.sharedPrefix?.toUpperCase() ?? '';
  const known = field.enum.values.find(({ name, number }) => number !== 0 && (name === word || name === prefix + word));
  if (known === undefined) throw new BadPart('unknown-value', `${columnOf(field)} is a word that the hub does not know`, cells.pointerOf(columnOf(field))); // prettier-ignore
  return known.name;
}

function listOf(said: Said, cells: Cells, name: string): string[] {
  if (typeof said === 'object') return [...said];
  return (textOf(said, cells, name) ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function flagOf(said: Said, cells: Cells, name: string): boolean {
  if (typeof said === 'boolean') return said;
  const word = String(said).toLowerCase();
  if (['true', 'yes', 'y', '1'].includes(word)) return true;
  if (['false', 'no', 'n', '0'].includes(word)) return false;
  throw bad('yes or no', cells, name);
}

function numberOf(said: Said, cells: Cells, name: string): number {
  if (typeof said === 'number') return said;
  if (typeof said === 'string' && /^\d{1,9}(\.\d{1,6})?$/.test(said)) return Number(said);
  throw bad('a number', cells, name);
}

/** A number stands for the text it is written as: a child's id may be one. */
export function textOf(said: Said | undefined, cells: Cells, name: string): string | undefined {
  if (said === undefined || typeof said === 'string') return said;
  if (typeof said === 'number' && Number.isSafeInteger(said)) return String(said);
  throw bad('text', cells, name);
}

/** `dd/mm/yyyy` as `YYYY-MM-DD`; anything else as it is. */
export function dayOf(text: string): string {
  return isoDate(text) ?? britishDate(text) ?? text;
}

function bad(expected: string, cells: Cells, name: string): BadPart {
  return new BadPart('wrong-type', `${name}: ${expected} is expected here`, cells.pointerOf(name));
}
