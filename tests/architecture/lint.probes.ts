/** One violation: where it is planted, what it says, and the rule that must speak. */
export interface Probe {
  readonly path: string;
  readonly source: string;
  /** How what is said must begin: the rule, and for those with many shapes the message. */
  readonly rule: string;
}

const dropped = 'no-restricted-syntax: An error is handled';
const forgotten = 'no-restricted-syntax: Catch, log, continue';
const swallowed = 'no-restricted-syntax: A rejection';
const cast = 'no-restricted-syntax: A cast';
const deadline = 'no-restricted-syntax: Time passes';
const setting = 'no-restricted-syntax: Settings';
const timeArrives = 'no-restricted-syntax: Pure: the time';
const skipped = 'no-restricted-syntax: A test runs';
const vague = 'no-restricted-syntax: Assert the value';
const pure = (rule: string, source: string): Omit<Probe, 'path'> => ({
  rule,
  source: `export const seen = ${source};\n`,
});
const tried = (handler: string): string =>
  `export function seen(): void {\n  try {\n    JSON.parse('{');\n  } catch ${handler}\n}\n`;

/** A name for the violation → the violation. */
export const violations: Readonly<Record<string, Probe>> = {
  ...pureFiles({
    'the time now': pure('no-restricted-properties', 'Date.now()'),
    'a date of now': pure(timeArrives, 'new Date()'),
    'the date as text': pure(timeArrives, 'Date()'),
    'a random number': pure('no-restricted-properties', 'Math.random()'),
    'a random id': pure('no-restricted-properties', 'crypto.randomUUID()'),
    'the monotonic clock': pure('no-restricted-properties', 'performance.now()'),
    'the environment': pure('no-restricted-globals', `process.env['HUB_DATA']`),
    'a request': pure('no-restricted-globals', `fetch('http://localhost')`),
    'a wait': pure('no-restricted-globals', 'setTimeout(() => undefined, 1)'),
    'a line on the console': pure('no-restricted-globals', `console.log('seen')`),
    'a file': {
      rule: 'no-restricted-imports',
      source: `import { readFileSync } from 'node:fs';\nexport const seen = readFileSync;\n`,
    },
    'a generated id': {
      rule: 'no-restricted-imports',
      source: `import { randomUUID } from 'node:crypto';\nexport const seen = randomUUID;\n`,
    },
    Nest: {
      rule: 'no-restricted-imports',
      source: `import { Injectable } from '@nestjs/common';\nexport const seen = Injectable;\n`,
    },
    PostgreSQL: { rule: 'no-restricted-imports', source: `import pg from 'pg';\nexport const seen = pg;\n` },
  }),
  'an error dropped': { path: 'libs/platform/dropped.ts', rule: dropped, source: tried('{}') },
  'an error dropped with an excuse': {
    path: 'libs/platform/excused.ts',
    rule: dropped,
    source: tried('{\n    // cannot happen\n  }'),
  },
  'an error logged and forgotten': {
    path: 'apps/hub/logged.ts',
    rule: forgotten,
    source: tried('(error) {\n    console.error(error);\n  }'),
  },
  'a rejection swallowed': {
    path: 'libs/platform/swallowed.ts',
    rule: swallowed,
    source: `export const seen = Promise.resolve(1).catch(() => 2);\n`,
  },
  'a cast through unknown': {
    path: 'libs/kernel/cast.ts',
    rule: cast,
    source: `export const seen = 'one' as unknown as number;\n`,
  },
  any: {
    path: 'libs/kernel/any.ts',
    rule: '@typescript-eslint/no-explicit-any',
    source: `export const seen = (given: any): unknown => given;\n`,
  },
  'a timeout as a deadline': {
    path: 'apps/worker/deadline.ts',
    rule: deadline,
    source: `export const seen = setTimeout(() => undefined, 1);\n`,
  },
  'a wait from node:timers': {
    path: 'apps/worker/waiting.ts',
    rule: deadline,
    source: `import { setTimeout as wait } from 'node:timers/promises';\nexport const seen = wait(1);\n`,
  },
  'a setting of its own': {
    path: 'libs/platform/setting.ts',
    rule: setting,
    source: `export const seen = process.env['HUB_PORT'];\n`,
  },
  'a promise nobody waits for': {
    path: 'apps/worker/floating.ts',
    rule: '@typescript-eslint/no-floating-promises',
    source: `export function seen(): void {\n  Promise.resolve(1);\n}\n`,
  },
  'a promise where a truth is meant': {
    path: 'apps/worker/misused.ts',
    rule: '@typescript-eslint/no-misused-promises',
    source: `export const seen = (ready: Promise<boolean>): number => (ready ? 1 : 2);\n`,
  },
  'a case forgotten': {
    path: 'libs/kernel/forgotten.ts',
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    source: `export function seen(answer: 'yes' | 'no'): number {\n  switch (answer) {\n    case 'yes':\n      return 1;\n  }\n  return 2;\n}\n`,
  },
  'a type imported as a value': {
    path: 'libs/kernel/value.ts',
    rule: '@typescript-eslint/consistent-type-imports',
    source: `import { Stats } from 'node:fs';\nexport const seen = (stats: Stats): number => stats.size;\n`,
  },
  'a line on the console': { path: 'libs/platform/loud.ts', rule: 'no-console', source: `console.log('seen');\n` },
  'work put off': {
    path: 'libs/kernel/later.ts',
    rule: 'no-warning-comments',
    source: `// TODO\nexport const seen = 1;\n`,
  },
  'a file of 251 lines': {
    path: 'libs/kernel/long.ts',
    rule: 'max-lines',
    source: Array.from({ length: 251 }, (_, line) => `export const line${line} = ${line};\n`).join(''),
  },
  'a skipped test': {
    path: 'libs/kernel/skipped.spec.ts',
    rule: skipped,
    source: `import { it } from '@jest/globals';\nit.skip('runs', () => undefined);\n`,
  },
  'a test that asks for something': {
    path: 'libs/kernel/truthy.spec.ts',
    rule: vague,
    source: `import { expect, it } from '@jest/globals';\nit('is', () => {\n  expect(1).toBeTruthy();\n});\n`,
  },
};

/** Code near the edge of each rule that no rule may touch. */
export const kept: Readonly<Record<string, string>> = {
  'libs/timeline/kept.projection.ts': `export const seen = (at: string): number => new Date(at).getTime();\n`,
  'libs/platform/clock.ts': `export const seen = setTimeout(() => Date.now(), 1);\n`,
  'apps/ops/told.ts': `console.log('done');\n`,
  'apps/gateway/narrowed.ts':
    `export function seen(given: string): unknown {\n  try {\n    return JSON.parse(given);\n  } catch (error) {\n` +
    `    if (error instanceof SyntaxError) return undefined;\n    throw error;\n  }\n}\n`,
  'apps/gateway/kept.controller.ts':
    `import { Controller } from '@nestjs/common';\nimport { Desk } from './desk.js';\n` +
    `@Controller()\nexport class Door {\n  constructor(readonly desk: Desk) {}\n}\n`,
  'apps/gateway/desk.ts': `export class Desk {\n  readonly open = true;\n}\n`,
  'libs/contracts/gen/generated.ts': `export const seen: any = 1;\n`,
};

/** The same probe in a file of each pure suffix would say the same thing four times: they take turns. */
function pureFiles(probes: Readonly<Record<string, Omit<Probe, 'path'>>>): Record<string, Probe> {
  const suffixes = ['adapter', 'fold', 'duties', 'projection'];
  return Object.fromEntries(
    Object.entries(probes).map(([name, probe], index) => {
      const suffix = suffixes[index % suffixes.length];
      return [`${name}, in a ${suffix}`, { ...probe, path: `libs/timeline/probe-${index}.${suffix}.ts` }];
    }),
  );
}
