import type { DescMessage } from '@bufbuild/protobuf';
import { canonicalType, catalogue } from '../../contracts/catalogue.js';
import { isAgency } from '../../kernel/agency.js';
import { adapterFor } from '../registry.js';
import { adapterNames } from './adapter-names.js';
import { shapeOf } from './shape.js';

// CloudEvents' own names, and what the doors add.
const ENVELOPE =
  'specversion id source type subject time datacontenttype dataschema data data_base64 recordedtime handling';

const known: ReadonlySet<string> = new Set([...ENVELOPE.split(' '), ...adapterNames, ...contractNames()]);
const upper: ReadonlySet<string> = new Set([...known].map((name) => name.toUpperCase()));

/** A field's, element's or column's name as it may be shown: as it is when the contract or an adapter knows it, else its shape. */
export function nameShown(name: string): string {
  return known.has(name) ? name : shapeOf(name);
}

/** The same of a table's column, which may be written in any case. */
export function columnShown(name: string): string {
  return upper.has(name.trim().toUpperCase()) ? name.trim() : shapeOf(name);
}

/** A format as it may be shown: its publisher writes what it likes there. '' when it named none. */
export function formatShown(system: string, format: string): string {
  const name = canonicalType(format);
  if (isAgency(system) && Object.hasOwn(adapterFor(system).formats, name)) return name;
  return catalogue.has(name) ? name : shapeOf(format);
}

/** A pointer as it may be shown: it may hold names that only the message says. */
export function pointerShown(pointer: string): string {
  if (/^(row|line) \d{1,9}$/.test(pointer)) return pointer;
  const [, line = '', path = pointer] = /^(line \d{1,9}: )(.*)$/s.exec(pointer) ?? [];
  const steps = path.split('/');
  return `${line}${steps.map((step, at) => stepShown(step, steps[at - 1] ?? '')).join('/')}`;
}

function stepShown(step: string, before: string): string {
  const [, at = '', name = '', index = ''] = /^(@?)(.*?)(\[\d{1,6}\])?$/s.exec(step) ?? [];
  // A place in a list has few digits, and follows a name; longer or in a row they are somebody's number, or a date.
  const place = /^(0|[1-9]\d{0,4})$/.test(name) && !/^\d+$/.test(before);
  return place || name === '*' ? `${at}${name}${index}` : `${at}${nameShown(name)}${index}`;
}

function contractNames(): Set<string> {
  const names = new Set<string>();
  const seen = new Set<DescMessage>();
  const visit = (schema: DescMessage): void => {
    if (seen.has(schema)) return;
    seen.add(schema);
    for (const field of schema.fields) {
      names.add(field.jsonName).add(field.name);
      if (field.message) visit(field.message);
    }
  };
  for (const { schema } of catalogue.values()) visit(schema);
  return names;
}
