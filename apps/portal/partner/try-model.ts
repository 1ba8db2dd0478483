import { maskedMessage } from '../../../libs/adapters/masked/masked.js';
import { nameShown, pointerShown } from '../../../libs/adapters/masked/names.js';
import { shapeOf } from '../../../libs/adapters/masked/shape.js';
import type { Tried, TriedFact } from '../../../libs/adapters/tried.js';
import { isCodeName } from '../../../libs/contracts/code-names.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import type { Incoming, PartOutcome, ReceiptStatus } from '../../../libs/kernel/intake.js';
import { eventWords, statusWords } from '../pages/receipt-words.js';
import { agencyWords } from '../pages/words.js';
import { archiveOf } from './try-archive-model.js';
import { kinds, type Attempt, type Kind, type Typed } from './try-message.js';
import { partWords, placeOf, states } from './try-words.js';

/** Parts beyond these say nothing new to whoever tries one. */
const MOST_PARTS = 50;
const MOST_FIELDS = 60;

const kindWords: Readonly<Record<Kind, string>> = {
  event: 'One of the hub’s events: a CloudEvent in JSON',
  json: 'Our own format, JSON',
  xml: 'Our own format, XML',
  csv: 'Our own format, CSV',
};

const meanings: Readonly<Record<ReceiptStatus, string>> = {
  received: '',
  recorded: 'All of it would be recorded.',
  'partly-recorded': 'Some of it would be recorded. The rest would be held or refused.',
  ignored: 'There is nothing in it that the hub records.',
  held: 'The hub could not place it yet, and would try again by itself.',
  quarantined: 'It cannot be read, or breaks the contract: it would wait for somebody to look at it.',
  withdrawn: 'It says that an earlier message is withdrawn.',
};

export function tryModel(agency: string, systems: readonly string[], typed: Typed, attempt?: Attempt) {
  const fault = attempt && 'fault' in attempt ? attempt.fault : undefined;
  return {
    agency: isAgency(agency) ? agencyWords[agency].name : agency,
    typed,
    systems: systems.map((one) => ({ value: one, text: one, selected: one === typed.system })),
    kinds: Object.keys(kinds).map((value) => ({
      value,
      text: kindWords[value as Kind],
      checked: value === typed.kind,
    })),
    fault: fault && {
      ...fault,
      ...(fault.pointer === undefined ? {} : { pointer: pointerShown(fault.pointer) }),
    },
    faults: Object.fromEntries(fault ? [[fault.field, { text: fault.text }]] : []),
    result: attempt && 'message' in attempt ? resultOf(attempt) : undefined,
    archive: attempt && 'archive' in attempt ? archiveOf(attempt.archive) : undefined,
  };
}

function resultOf({ message, result }: Extract<Attempt, { readonly message: Incoming }>) {
  const open = result.outcomes.filter(({ outcome }) => outcome !== 'recorded');
  return {
    status: { name: states[result.status], colour: statusWords[result.status].colour },
    meaning: meanings[result.status],
    facts: result.facts.slice(0, MOST_PARTS).map(factWords),
    moreFacts: Math.max(0, result.facts.length - MOST_PARTS),
    parts: open.slice(0, MOST_PARTS).map(partWords),
    moreParts: Math.max(0, open.length - MOST_PARTS),
    fields: fieldsRead(result.fields, message.contentType === kinds.xml),
    masked: maskedOf(message, open),
  };
}

/** Those that the hub leaves alone before those that it reads: that is what whoever builds an export looks for. */
function fieldsRead(fields: Tried['fields'], inXml: boolean) {
  const named = (wanted: boolean) => {
    const all = fields.filter(({ read }) => read === wanted).map(({ field }) => fieldShown(field, inXml));
    return { count: all.length, names: all.slice(0, MOST_FIELDS), more: Math.max(0, all.length - MOST_FIELDS) };
  };
  return { some: fields.length > 0, read: named(true), unread: named(false) };
}

// What is not read is no name that the hub knows. An element's stands; in JSON and tables one that a program would write, and anything else, which may be somebody's, by its shape.
function fieldShown(field: string, inXml: boolean): string {
  const programs = inXml ? /^@?[A-Za-z_][\w.-]{0,79}$/ : /^([a-z_][\w.-]{0,79}|[A-Z][A-Z0-9_]{0,79})$/;
  return field
    .split('/')
    .map((step) => (step === '*' || programs.test(step) ? step : nameShown(step)))
    .join('/');
}

function factWords({ type, data, handling, pointer, occurred }: TriedFact) {
  return {
    title: eventWords(type),
    type,
    handling,
    occurred: occurred.precision === 'date' ? 'a day' : 'an instant',
    pointer: placeOf(pointer),
    fields: data === undefined ? [] : fieldsOf(data, '').slice(0, MOST_FIELDS),
  };
}

// Whoever looks after systems sees no child: codes of the contract as they are, everything else by its shape.
function fieldsOf(value: object, within: string): { name: string; value: string }[] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    const name = within === '' ? key : `${within} / ${Array.isArray(value) ? String(Number(key) + 1) : key}`;
    if (typeof member === 'object' && member !== null) return fieldsOf(member, name);
    return [{ name, value: shown(member) }];
  });
}

function shown(value: unknown): string {
  if (typeof value === 'string') return isCodeName(value) ? value : shapeOf(value);
  return typeof value === 'number' ? shapeOf(String(value)) : String(value);
}

function maskedOf(message: Incoming, open: readonly PartOutcome[]) {
  const wrong = open.filter(({ outcome }) => outcome === 'quarantined' || outcome === 'held');
  if (wrong.length === 0) return undefined;
  const { as, lines } = maskedMessage(
    { ...message, receivedAt: '' },
    wrong.slice(0, MOST_PARTS).flatMap(({ pointer }) => pointer ?? []),
  );
  return {
    as,
    lines: lines.map(({ depth, name, value, here }) => ({
      indent: '  '.repeat(depth),
      text: [name, value].filter((text) => text !== undefined && text !== '').join(': ') || 'The message',
      here,
    })),
  };
}
