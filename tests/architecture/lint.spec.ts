import { beforeAll, describe, expect, it } from '@jest/globals';
import { relative } from 'node:path';
import { kept, violations } from './lint.probes.js';
import { planted, run } from './planted.js';

interface Finding {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

describe('the rules of files', () => {
  let found: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    const probes = Object.fromEntries(Object.values(violations).map(({ path, source }) => [path, source]));
    found = await planted({ ...probes, ...kept }, lint);
  }, 60_000);

  it.each(Object.entries(violations))('%s is found', (_name, { path, rule }) => {
    expect(found.get(path)?.filter((said) => said.startsWith(rule))).toHaveLength(1);
  });

  it.each(Object.keys(kept))('%s keeps them', (path) => {
    expect(found.get(path) ?? []).toEqual([]);
  });

  it('a comment cannot switch a rule off', async () => {
    const source = `// eslint-disable-next-line no-console\nconsole.log('seen');\n`;
    const answered = await planted({ 'libs/kernel/silenced.ts': source }, lint);
    expect(answered.get('libs/kernel/silenced.ts')).toContain('no-console: Unexpected console statement.');
  }, 60_000);
});

async function lint(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const findings = JSON.parse(await run(folder, 'eslint/bin/eslint.js', ['--format', 'json', '.'])) as Finding[];
  return new Map(
    findings.map(({ filePath, messages }) => [
      relative(folder, filePath),
      messages.map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`),
    ]),
  );
}
