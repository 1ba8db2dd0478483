import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Rules } from '../../kernel/rules.js';
import type { RulebookFields } from './rulebook-fields.js';
import { readRulebook, RulebookError } from './rulebook-file.js';
import { rulesOf } from './rules.js';

/** The rulebook that is shipped, with an area's own file (HUB_AREA) where one is named. Throws `RulebookError`. */
export function loadRulebook(area: string | undefined): { readonly book: RulebookFields; readonly rules: Rules } {
  const shipped = read(fileURLToPath(new URL('rulebook.json', import.meta.url)), 'The rulebook');
  const own = area === undefined ? { text: '', json: {} } : read(area, 'HUB_AREA');
  const book = readRulebook(shipped.json, own.json);
  const digest = createHash('sha256').update(shipped.text).update(own.text).digest('hex').slice(0, 16);
  return { book, rules: rulesOf(book, digest) };
}

function read(path: string, what: string): { readonly text: string; readonly json: unknown } {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, json: JSON.parse(text) };
  } catch (error) {
    // What the parser says may quote the file: which file it is, is enough.
    throw new RulebookError(`${what} names a file that cannot be read as JSON`, { cause: error });
  }
}
