import { SaxesParser } from 'saxes';
import { MOST_LINES, type MaskedLine } from './masked-line.js';
import { nameShown } from './names.js';
import { shapeOf } from './shape.js';

const DEEPEST = 64;
const PIECE = 65_536;
const MOST_ATTRIBUTES = 64;

interface Open {
  readonly steps: readonly Named[];
  readonly counts: Map<string, number>;
  /** Where in the lines it stands; undefined while it is not shown. */
  at?: number;
  text: string;
  children: number;
}

/** An element as a pointer may name it: `Child[2]`, `Child`, `*[5]`. */
interface Named {
  readonly name: string;
  readonly index: number;
  readonly among: number;
}

/** A place as an adapter names it: the line, the steps from the root, an attribute left away. */
interface Target {
  readonly line: number;
  readonly steps: readonly string[];
}

/**
 * The way to each place that is wrong, what stands beside it and below it; the beginning where nothing says where. Reads to
 * the first sign that is not XML, or to a DOCTYPE, and no further: entities are never followed.
 */
export function maskedXml(text: string, pointers: readonly string[]): MaskedLine[] {
  const targets = pointers.flatMap(targetOf);
  const lines: MaskedLine[] = [];
  const open: Open[] = [];
  const parser = new SaxesParser({ xmlns: false });
  let over = false;
  const stop = (why: string): void => {
    if (!over) lines.push({ depth: open.length, name: `line ${parser.line}`, value: why, here: true });
    over = true;
  };
  const said = (value: string): void => {
    const last = open.at(-1);
    if (last?.at !== undefined && last.text.length < PIECE) last.text += value;
  };
  parser.on('error', () => stop('from here it is not well-formed XML'));
  parser.on('doctype', () => stop('a DOCTYPE, which the hub does not read'));
  parser.on('text', said);
  parser.on('cdata', said);
  parser.on('opentag', ({ name, attributes }) => {
    if (over || open.length >= DEEPEST) over = true;
    if (over) return;
    const element = openedIn(open.at(-1), name.replace(/^[^:]*:/, ''));
    open.push(element);
    if (lines.length >= MOST_LINES || !isShown(element.steps, targets)) return;
    const depth = open.length - 1;
    element.at = lines.push({ depth, name: nameOf(element), here: targets.some(isAt(element.steps, parser.line)) }) - 1;
    for (const [attribute, value] of Object.entries(attributes).slice(0, MOST_ATTRIBUTES))
      lines.push({ depth: depth + 1, name: `@${nameShown(attribute)}`, value: shapeOf(value), here: false });
  });
  parser.on('closetag', () => {
    const element = open.pop();
    const line = element?.at === undefined ? undefined : lines[element.at];
    if (over || element?.at === undefined || !line || element.children > 0) return;
    const own = element.text.trim();
    lines[element.at] = { ...line, value: own === '' ? 'empty' : shapeOf(own) };
  });
  for (let at = 0; at < text.length && !over; at += PIECE) parser.write(text.slice(at, at + PIECE));
  if (!over) parser.close();
  return lines.slice(0, MOST_LINES + MOST_ATTRIBUTES);
}

function openedIn(parent: Open | undefined, name: string): Open {
  const index = (parent?.counts.get(name) ?? 0) + 1;
  const among = (parent?.children ?? 0) + 1;
  if (parent) {
    parent.counts.set(name, index);
    parent.children = among;
  }
  return { steps: [...(parent?.steps ?? []), { name, index, among }], counts: new Map(), text: '', children: 0 };
}

function nameOf({ steps }: Open): string {
  const last = steps.at(-1);
  if (!last) return '';
  return last.index > 1 ? `${nameShown(last.name)}[${last.index}]` : nameShown(last.name);
}

function targetOf(pointer: string): Target[] {
  const [, line, path = ''] = /^line (\d{1,9})(?:: \/(.*))?$/s.exec(pointer) ?? [];
  if (line === undefined) return [];
  return [{ line: Number(line), steps: path.split('/').filter((step) => step !== '' && !step.startsWith('@')) }];
}

/** On the way to a place, beside it, or below it. */
function isShown(steps: readonly Named[], targets: readonly Target[]): boolean {
  const placed = targets.filter((target) => target.steps.length > 0);
  if (placed.length === 0) return true;
  return placed.some((target) => {
    const beside = target.steps.slice(0, -1);
    const shared = Math.min(steps.length, target.steps.length);
    const fits = target.steps.slice(0, shared).every((step, at) => isNamed(steps[at], step));
    return fits || (steps.length === target.steps.length && beside.every((step, at) => isNamed(steps[at], step)));
  });
}

function isAt(steps: readonly Named[], line: number): (target: Target) => boolean {
  return (target) => {
    if (target.steps.length === 0) return target.line === line;
    return steps.length === target.steps.length && target.steps.every((step, at) => isNamed(steps[at], step));
  };
}

function isNamed(one: Named | undefined, step: string): boolean {
  const [, name, index] = /^(.*?)(?:\[(\d+)\])?$/s.exec(step) ?? [];
  if (!one) return false;
  if (name === '*') return Number(index) === one.among;
  return one.name === name && (index === undefined || Number(index) === one.index);
}
