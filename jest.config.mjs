// Jest in ESM mode: SWC strips the types, Node resolves the modules. The suites share one PostgreSQL server
// (started in globalSetup, one database per test file), because a server per file costs more than the tests.
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['reflect-metadata'],
  ...more,
});
const postgres = {
  globalSetup: '<rootDir>/libs/testing/postgres/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/postgres/global-teardown.mjs',
};

export default {
  // One PostgreSQL and the suites share the machine: more workers than this wait for each other.
  maxWorkers: 2,
  testTimeout: 60_000,
  projects: [
    project('unit', ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts'], postgres),
    project('contract', ['<rootDir>/tests/contract/**/*.spec.ts'], postgres),
    project('acceptance', ['<rootDir>/tests/acceptance/**/*.spec.ts'], postgres),
    project('faults', ['<rootDir>/tests/faults/**/*.spec.ts'], postgres),
    project('architecture', ['<rootDir>/tests/architecture/**/*.spec.ts']),
    project('published', ['<rootDir>/tests/published/**/*.spec.ts'], postgres),
  ],
};
