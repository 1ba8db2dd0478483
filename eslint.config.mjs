// Typed lint, tuned to find faults, and the rules of the house that a compiler cannot hold: what a file's suffix says it may
// touch, how a failure may be handled, how long a file may be. tests/architecture plants a violation of each.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PURE = ['**/*.adapter.ts', '**/*.fold.ts', '**/*.duties.ts', '**/*.projection.ts'];
const TESTS = ['**/*.spec.ts', 'tests/**/*.ts', 'libs/testing/**/*.ts'];
// Where the hub meets a terminal.
const TERMINAL = ['apps/ops/**/*.ts', 'apps/hub/**/*.ts', 'tests/load/**/*.ts', 'tests/faults/**/*.ts'];
// Where real time may pass: connections, polling, retries; and tests that wait for them.
const MAY_WAIT = ['libs/platform/**/*.ts', ...TESTS];

const everywhere = [
  {
    selector: 'CatchClause > BlockStatement[body.length=0]',
    message: 'An error is handled or passed on, never dropped.',
  },
  {
    selector:
      'CatchClause > BlockStatement[body.length=1] > ExpressionStatement > CallExpression[callee.property.name=/^(trace|debug|log|info|warn|error)$/]',
    message: 'Catch, log, continue: decide what the failure means, or let it pass.',
  },
  {
    selector: 'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression[params.length=0]',
    message: 'A rejection is handled by what it is: name the error and decide.',
  },
  {
    selector: 'TSAsExpression > TSAsExpression',
    message: 'A cast through another type silences a mismatch: parse or narrow instead.',
  },
];

const waiting = [
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
    message: 'Time passes in libs/platform only; a deadline is AbortSignal.timeout or a row with a due time.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?timers/]',
    message: 'Time passes in libs/platform only; a deadline is AbortSignal.timeout or a row with a due time.',
  },
];

const settings = [
  {
    selector:
      'MemberExpression[object.type="MemberExpression"][object.object.name="process"][object.property.name="env"]',
    message: 'Settings are read in one place: libs/platform/config.ts.',
  },
];

const pureOnly = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Pure: the time arrives as data.',
  },
  {
    selector: 'CallExpression[callee.name="Date"]',
    message: 'Pure: the time arrives as data.',
  },
];

const tests = [
  {
    selector:
      'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|skipIf)$/], CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
    message: 'A test runs, or it does not exist.',
  },
  {
    selector: 'MemberExpression[property.name=/^(toBeTruthy|toBeFalsy|toBeDefined)$/]',
    message: 'Assert the value itself.',
  },
];

const restricted = (...lists) => ['error', ...lists.flat()];

export default defineConfig(
  globalIgnores(['dist/', 'libs/contracts/gen/', 'libs/client/gen/', '.hub/', '.ci/results/', 'coverage/']),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // Nest declares its options as classes and is meant to be given literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allow: ['URL', 'URLSearchParams'] },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Identifiers and codes are ASCII: spreading one gives its digits.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A Nest module is a class with a decorator and nothing inside.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Partners send what their own schema forbids: a check the types call needless is often the one that holds.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A port is asynchronous for the sake of its slowest adapter.
      '@typescript-eslint/require-await': 'off',
      // Taste, not faults: generic methods of clients, `process.env['NAME']` under noPropertyAccessFromIndexSignature, `||`.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/prefer-optional-chain': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      // Marked deprecated only to stand out: it lets the bundled issuer, which refuses production, answer over plain HTTP.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `Promise.withResolvers<void>()`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': restricted(everywhere, waiting, settings),
    },
  },
  { files: MAY_WAIT, rules: { 'no-restricted-syntax': restricted(everywhere, settings) } },
  { files: TERMINAL, rules: { 'no-console': 'off' } },
  {
    files: TESTS,
    rules: {
      'no-restricted-syntax': restricted(everywhere, tests),
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect(port.method)` names a mock; it does not call it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-syntax': restricted(everywhere, waiting, settings, pureOnly),
      'no-restricted-properties': [
        'error',
        ...[
          ['Date', 'now'],
          ['performance', 'now'],
          ['Math', 'random'],
          ['Temporal', 'Now'],
          ['crypto', 'randomUUID'],
          ['crypto', 'getRandomValues'],
        ].map(([object, property]) => ({ object, property, message: 'Pure: time and ids arrive as data.' })),
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'fetch',
          'crypto',
          'performance',
          'console',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'WebSocket',
        ].map((name) => ({ name, message: 'Pure: no clock, no chance, no environment, no I/O.' })),
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*', '!node:buffer', '!node:util', '!node:assert'], message: 'Pure: no I/O.' },
            {
              group: ['@nestjs/*', 'fastify', '@fastify/*', 'pg', 'pino', 'undici'],
              message: 'Pure: no framework, no I/O.',
            },
            { group: ['uuid'], importNamePattern: '^v[1467]$', message: 'Pure: ids arrive as data.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'performance', 'URL', 'Buffer', 'document', 'window'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
