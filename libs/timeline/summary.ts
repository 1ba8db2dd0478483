import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { catalogue } from '../contracts/catalogue.js';
import type { EventContract } from '../contracts/event-contract.js';
import { dayInWords, instantInWords, isDay } from '../kernel/london.js';
import { entryAt, type Reading } from './reading.js';
import { readings } from './summaries/readings.js';

/** One line of an entry, in plain words. Text, never markup. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

export interface Summary {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What is left of an entry whose key was destroyed: that something was there, and not what. */
export const erasedSummary: Summary = { title: 'Erased', lines: [] };

/**
 * An event in plain words: the title and the lines a practitioner reads. Nothing vanishes: a type or a field that this
 * version does not know is shown under its own name. `content` is what `decode` gave: undefined for an unknown type.
 */
export function summaryOf(type: string, content: JsonObject | undefined): Summary {
  const contract = catalogue.get(type);
  const reading = entryAt(readings, type) ?? { labels: {} };
  const plainTitle = contract?.title ?? titleFromType(type);
  if (!content) {
    const value = 'Kept whole, but this version of the hub cannot read it yet.';
    return { title: plainTitle, lines: [{ label: 'Content', value }] };
  }
  return { title: reading.title?.(content) ?? plainTitle, lines: linesOf(content, reading, contract) };
}

function linesOf(content: JsonObject, reading: Reading, contract: EventContract | undefined): Line[] {
  const shown: JsonObject = { ...reading.always, ...content };
  const labelled = Object.keys(reading.labels).filter((name) => shown[name] !== undefined);
  // Whom the source meant is shown once, in the header of the page, not under every entry.
  const silent = new Set([...labelled, ...(reading.silent ?? []), 'person']);
  const rest = Object.keys(shown).filter((name) => !silent.has(name));
  return [...labelled, ...rest].flatMap((name) => {
    const value = shown[name] ?? null;
    return linesOfField(entryAt(reading.labels, name) ?? inWords(name), value, {
      words: entryAt(reading.words ?? {}, name) ?? {},
      enumPrefix: enumPrefixOf(contract, name),
      code: reading.codes?.includes(name) ?? false,
    });
  });
}

interface Format {
  readonly words: Readonly<Record<string, string>>;
  /** What protobuf puts before every value of the enum, e.g. `RISK_GRADE_`; '' when the field is no enum. */
  readonly enumPrefix: string;
  readonly code: boolean;
}

function linesOfField(label: string, value: JsonValue, format: Format): Line[] {
  if (value === null || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((item) => linesOfField(label, item, format));
  if (typeof value !== 'object') return [{ label, value: scalarInWords(value, format) }];
  // A list of named terms reads as lines of its own.
  const { label: own, value: said, ...others } = value;
  if (typeof own === 'string' && typeof said === 'string' && Object.keys(others).length === 0) {
    return [{ label: own, value: scalarInWords(said, format) }];
  }
  return Object.entries(value).flatMap(([name, inner]) => linesOfField(`${label}: ${inWords(name)}`, inner, format));
}

function scalarInWords(value: string | number | boolean, { words, enumPrefix, code }: Format): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  const text = String(value);
  const known = entryAt(words, text);
  if (known !== undefined) return known;
  if (isDay(text)) return dayInWords(text);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text)) return timeInWords(text);
  const constant = enumPrefix !== '' && text.startsWith(enumPrefix) ? text.slice(enumPrefix.length) : undefined;
  return code || constant !== undefined ? sentence((constant ?? text).replace(/[_-]+/g, ' ')) : text;
}

// A source may write an impossible time: then what it wrote is shown.
function timeInWords(text: string): string {
  try {
    return instantInWords(text);
  } catch (error) {
    if (error instanceof RangeError) return text;
    throw error;
  }
}

function enumPrefixOf(contract: EventContract | undefined, jsonName: string): string {
  const field = contract?.schema.fields.find((candidate) => candidate.jsonName === jsonName);
  return field?.enum?.sharedPrefix?.toUpperCase() ?? '';
}

// hub.health.v1.CamhsReferralAccepted → Camhs referral accepted
function titleFromType(type: string): string {
  return inWords(type.split('.').at(-1) ?? type) || type;
}

// lastSeenAt, last_seen_at → Last seen at
function inWords(name: string): string {
  const spaced = name.replace(/[_-]+/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return sentence(spaced);
}

function sentence(text: string): string {
  const lower = text.trim().toLowerCase();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
