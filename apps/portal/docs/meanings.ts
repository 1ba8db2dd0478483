import { existsSync, readFileSync } from 'node:fs';
import { catalogue } from '../../../libs/contracts/catalogue.js';
import type { Meanings } from '../../../libs/contracts/json-schema.js';

const gen = new URL('../../../libs/contracts/gen/', import.meta.url);

/** What the comments of `proto/` say, by full name. */
export function readMeanings(): Meanings {
  const files = new Set([...catalogue.values()].flatMap(({ schema }) => [schema.file, ...schema.file.dependencies]));
  const said = new Map<string, string>();
  for (const { name } of files) {
    const place = new URL(`${name}.meanings.json`, gen);
    // What is imported and not ours has none.
    if (!existsSync(place)) continue;
    const meanings = JSON.parse(readFileSync(place, 'utf8')) as Readonly<Record<string, string>>;
    for (const [of, text] of Object.entries(meanings)) said.set(of, text);
  }
  return (of) => said.get(of) ?? '';
}
