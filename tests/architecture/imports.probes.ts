import type { Tree } from './planted.js';

const pg = `import pg from 'pg';\nexport const pool = new pg.Pool();\n`;
const nest = `import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class Desk {}\n`;
const imports = (path: string): string => `import * as planted from '${path}';\nexport const seen = planted;\n`;

/** Rule → the smallest tree that breaks it; the first file of each is the culprit. */
export const violations: Readonly<Record<string, Tree>> = {
  'kernel-stands-alone': { 'libs/kernel/port.ts': imports('../contracts/leaf.js') },
  'contracts-see-kernel-only': { 'libs/contracts/index.ts': imports('../identity/leaf.js') },
  'capabilities-meet-through-events': { 'libs/timeline/reader.ts': imports('../disclosure/leaf.js') },
  'partners-stay-apart': { 'libs/adapters/court/result.ts': imports('../police/leaf.js') },
  'platform-sees-kernel-and-contracts': { 'libs/platform/store.ts': imports('../identity/leaf.js') },
  'libs-never-import-apps': { 'libs/notifications/sender.ts': imports('../../apps/portal/leaf.js') },
  'apps-stand-apart': { 'apps/portal/door.ts': imports('../gateway/leaf.js') },
  'worker-is-commanded-by-ops-only': { 'apps/gateway/shortcut.ts': imports('../worker/leaf.js') },
  'production-never-imports-tests': { 'apps/ops/demo.ts': imports('../../libs/testing/leaf.js') },
  'production-never-imports-development-packages': { 'apps/ops/chance.ts': imports('fast-check') },
  // Brought by fastify, not by us.
  'packages-are-declared': { 'apps/gateway/borrowed.ts': imports('find-my-way') },
  'imports-resolve': { 'apps/gateway/lost.ts': imports('./nowhere.js') },
  'no-circles': {
    'libs/indicators/left.ts': imports('./right.js'),
    'libs/indicators/right.ts': imports('./left.js'),
  },
  'kernel-touches-no-world': { 'libs/kernel/log.ts': pg },
  'pure-files-touch-no-world': {
    'libs/timeline/entries.projection.ts': imports('./reading.js'),
    'libs/timeline/reading.ts': `import { readFileSync } from 'node:fs';\nexport const page = readFileSync('page');\n`,
  },
  'nest-at-the-edge': { 'libs/disclosure/desk.ts': nest },
  'names-say-what-is-inside': {
    'apps/hub/page.ts': imports('./utils.js'),
    'apps/hub/utils.ts': 'export const one = 1;\n',
  },
};

/** What the violations reach for, and code that keeps every rule close to its edge. */
export const kept: Tree = {
  ...Object.fromEntries(
    [
      'libs/contracts',
      'libs/identity',
      'libs/disclosure',
      'libs/adapters/police',
      'libs/testing',
      'apps/portal',
      'apps/gateway',
      'apps/worker',
      'tests/contract',
    ].map((folder) => [`${folder}/leaf.ts`, 'export const leaf = 1;\n']),
  ),
  'libs/contracts/digest.ts': `import { createHash } from 'node:crypto';\nexport const digest = createHash('sha256');\n`,
  'libs/platform/pool.ts': pg,
  'libs/platform/desk.ts': nest,
  'apps/gateway/receive.controller.ts': nest,
  'apps/hub/composition.ts': imports('../gateway/leaf.js'),
  'apps/ops/replay.ts': imports('../worker/leaf.js'),
  'libs/adapters/court/court.adapter.ts': imports('../../contracts/digest.js'),
  'libs/timeline/timeline.spec.ts': imports('../testing/leaf.js'),
};
