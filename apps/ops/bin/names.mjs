// The names by which adapters ask for parts of a message, out of their own source: fields, columns, elements. What the
// quarantine room may show of a message's structure. `npm run names` after an adapter has learnt to ask for more.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TARGET = 'libs/adapters/masked/adapter-names.ts';
const LITERAL = /(?<=['`])[A-Za-z][A-Za-z0-9_.-]{1,59}(?=['`])/g;
const NO_CODE = /\/\*[\s\S]*?\*\/|\/\/[^'\n]*$|^(?:import|\} from|export [^\n]* from) [^\n]*$/gm;
const WIDTH = 118;

const sources = readdirSync('libs/adapters', { recursive: true })
  .map((path) => join('libs/adapters', String(path)))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.includes('/masked/'));

const names = new Set(
  sources.flatMap((path) => readFileSync(path, 'utf8').replaceAll(NO_CODE, '').match(LITERAL) ?? []),
);

const lines = [''];
for (const name of [...names].sort()) {
  const line = lines.at(-1);
  if (line.length + 1 + name.length > WIDTH) lines.push(name);
  else lines[lines.length - 1] = line === '' ? name : `${line} ${name}`;
}
const text = `// Made by \`npm run names\` from the adapters' own source: never from a message.
export const adapterNames: readonly string[] = \`
${lines.join('\n')}
\`.split(/\\s+/);
`;
writeFileSync(TARGET, text);
process.stdout.write(`${names.size} names in ${TARGET}\n`);
