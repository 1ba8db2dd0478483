import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../../libs/testing/http/free-port.js';
import { startHubProcess, tokenFrom } from '../../libs/testing/hub/process.js';

// npm run schemathesis -- [--program PATH] [--seconds N] [--seed N] [--examples N]: a hub of its own is asked what its OpenAPI document says,
// in every way the document allows and some it does not. Exit 1 on a 5xx, a status or a shape that is not documented.
const { values } = parseArgs({
  options: {
    program: { type: 'string', default: 'schemathesis' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    examples: { type: 'string' },
  },
});
// A path is meant from here; a bare name is looked for as every program is.
const program = values.program.includes('/') ? resolve(values.program) : values.program;
// Twice: once as who publishes, once as who reads for a purpose of theirs.
const callers = [
  { scope: 'publish', headers: [] },
  { scope: 'read', headers: ['-H', 'Hub-Purpose: safeguarding'] },
] as const;
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
];
// Streams have no end, the issuer is not ours, and addresses outside /v1 are pages' to answer for.
const ours = ['--exclude-path-regex', '/changes$', '--include-path-regex', '^/v1/'];

// As `.ci/run` asks: the same requests each time, as many as the document has operations, and none that is given up because a machine is slow.
const brief =
  values.examples === undefined
    ? undefined
    : [
        ...['--phases', 'examples,coverage,fuzzing', '--max-examples', values.examples],
        ...['--generation-deterministic', '--request-timeout', '60'],
        ...['--no-color', '--warnings', 'off'],
      ];

const data = await mkdtemp(join(tmpdir(), 'hub-schemathesis-'));
try {
  const hub = await startHubProcess(data, await freePort());
  try {
    for (const { scope, headers } of callers) {
      const token = await tokenFrom(hub.url, 'police', scope);
      const asked = ['-H', `Authorization: Bearer ${token}`, ...headers, ...ours];
      const limits = [...(brief ?? ['--max-time', values.seconds]), '--seed', values.seed, '--continue-on-failure'];
      const command = ['run', `${hub.url}/docs/openapi.json`, ...asked, '--checks', checks.join(), ...limits];
      const child = spawn(program, command, {
        // It leaves what it found beside itself.
        cwd: data,
        stdio: 'inherit',
        signal: AbortSignal.timeout((Number(values.seconds) + 60) * 1_000),
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0) process.exitCode = 1;
    }
  } finally {
    await hub.stop();
  }
} finally {
  await rm(data, { recursive: true, force: true });
}
