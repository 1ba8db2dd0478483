import { BadPart } from '../reading/bad-part.js';
import { required } from '../reading/place.js';
import type { XmlElement } from '../reading/xml.js';

// How the census writes its values. Each throws `BadPart` for one that is none, and names the line.

/** '' when absent. */
export function day(parent: XmlElement, name: string): string {
  return parent.at(name).text.date() ?? '';
}

export function requiredDay(parent: XmlElement, name: string): string {
  const element = parent.at(name);
  return required(element.text.date(), element.text);
}

/** The last day of what began on `startedOn`; '' while it lasts. */
export function dayAfter(parent: XmlElement, name: string, startedOn: string): string {
  const ended = day(parent, name);
  if (ended !== '' && ended < startedOn)
    throw new BadPart('ends-before-start', 'it ends before it starts', parent.at(name).pointer);
  return ended;
}

/** A code in one spelling, and its words; both '' when absent. */
export function coded(element: XmlElement, list: Readonly<Record<string, string>>): { code: string; words: string } {
  const code = (element.text.text() ?? '').toUpperCase();
  if (code === '') return { code, words: '' };
  const words = Object.hasOwn(list, code) ? list[code] : undefined;
  if (words === undefined)
    throw new BadPart('unknown-code', 'it is a code that the hub does not know', element.pointer);
  return { code, words };
}

/** False when absent. */
export function flag(element: XmlElement): boolean {
  const text = element.text.text()?.toLowerCase();
  if (text === undefined || text === '0' || text === 'false') return false;
  if (text === '1' || text === 'true') return true;
  throw new BadPart('wrong-type', 'true or false is expected here', element.pointer);
}

/** 0 when absent. */
export function number(element: XmlElement): number {
  const text = element.text.text() ?? '0';
  if (!/^\d{1,6}$/.test(text)) throw new BadPart('wrong-type', 'a whole number is expected here', element.pointer);
  return Number(text);
}
