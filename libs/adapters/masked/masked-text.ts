import type { MaskedLine } from './masked-line.js';
import { shapeOf } from './shape.js';

const MOST = 40;

/** The first lines of what could not be read, and how many there are. */
export function maskedText(text: string): MaskedLine[] {
  const lines = text.split(/\r\n|\r|\n/, MOST);
  const shown = lines.map((one, at) => ({ depth: 0, name: `line ${at + 1}`, value: shapeOf(one), here: false }));
  return lines.length < MOST ? shown : [...shown, { depth: 0, name: '', value: 'and perhaps more', here: false }];
}
