import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../../libs/platform/config.js';
import { startEmbedded } from '../../libs/platform/database/embedded.js';
import { openParts, type OpenedParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { hubCommand } from '../../libs/testing/hub/command.js';
import { startHubProcess } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { publishAll, publishOn } from './partners.js';
import { timelinesOf } from './timelines.js';

// npm run rehearse -- [--children N]: a hub is filled, backed up while partners publish, loses its disk after a child was
// erased, and comes back from its backup. Prints figures; exit 1 when anything is not as it must be.
const { values } = parseArgs({ options: { children: { type: 'string', default: '200' } } });
const children = Number(values.children);
const messagesEach = 10;
/** What would betray the demonstration's child: names, numbers, the sources' own keys. */
const marks = ['Fennimoor', '9990001014', '2024/0004101', 'nominal-70101', '870101', 'CV-2041'];

const work = await mkdtemp(join(tmpdir(), 'hub-rehearsal-'));
const at = (...names: string[]): string => join(work, ...names);
const masterKey = randomBytes(32).toString('base64');
const common = { HUB_MASTER_KEY: masterKey, HUB_ERASURE_LEDGER: at('ledgers', 'erasures'), LOG_LEVEL: 'error' };
const folders = ['--data', at('archive', 'data'), '--keys', at('vault', 'keys')];
const failures: string[] = [];
const figures: Record<string, string> = {};
const running: { kill(): Promise<void> }[] = [];

try {
  await rehearse();
} finally {
  for (const hub of running) await hub.kill();
  for (const data of [at('lost'), at('restored')]) await stopServer(data);
  await rm(work, { recursive: true, force: true });
}
for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(44)} ${value}\n`);
for (const failure of failures) process.stdout.write(`NOT AS IT MUST BE: ${failure}\n`);
process.stdout.write(failures.length === 0 ? 'rehearsed: the hub came back whole\n' : 'the rehearsal failed\n');
process.exitCode = failures.length === 0 ? 0 : 1;

async function rehearse(): Promise<void> {
  const port = await freePort();
  const hub = await startHubProcess(at('lost'), port, common);
  running.push(hub);
  say('publishing');
  const records = Array.from({ length: children }, (_, nth) => `nominal-5${String(nth).padStart(5, '0')}`);
  figures['messages published'] = String(await publishAll(hub.url, records, messagesEach));
  const before = await within(at('lost'), async (parts) => {
    await settled(parts);
    return { children: await childrenOf(parts), erased: await childOf(parts, 'nominal-70101') };
  });
  const shownBefore = await timelinesOf(hub.url, at('lost'), before.children);
  const shown = [...shownBefore.values()].filter((answer) => answer !== '404').length;
  figures['children, timelines compared, of them shown'] = `${before.children.length}, ${shownBefore.size}, ${shown}`;
  must(shown > children, 'too few timelines were shown to compare');

  say('backing up while partners publish');
  const load = { over: false };
  const publishing = publishOn(hub.url, load);
  const backup = await timed('backup', async () => command(at('lost'), 'backup', ...folders, '--json'));
  load.over = true;
  figures['acknowledged while it was taken, and just before and after'] = String(await publishing);
  figures['backup, bytes'] = String((JSON.parse(backup) as { bytes: number }).bytes);

  say('erasing a child, then losing the hub');
  await command(at('lost'), 'erase', before.erased, '--reason', 'rehearsal', '--despite-hold', 'a rehearsal');
  await hub.kill();
  await stopServer(at('lost'));
  await rm(at('lost'), { recursive: true });
  for (const half of [at('archive'), at('vault'), at('ledgers')]) await findNothing(half);

  say('restoring');
  const answer = JSON.parse(
    await timed('restore, with rebuild and verify', async () =>
      command(at('restored'), 'restore', ...folders, '--json'),
    ),
  ) as {
    rows: number;
    erasedAgain: number;
    seconds: number;
  };
  figures['rows restored'] = String(answer.rows);
  must(answer.erasedAgain === 1, `${answer.erasedAgain} erasures were done again, not 1`);

  const again = await startHubProcess(at('restored'), port, { ...common, HUB_DEMO: 'false' });
  running.push(again);
  await timed('verify', async () => command(at('restored'), 'verify', '--json'));
  const shownAfter = await timelinesOf(again.url, at('restored'), before.children);
  const different = [...shownBefore.keys()].filter(
    (one) => !one.startsWith(before.erased) && shownAfter.get(one) !== shownBefore.get(one),
  );
  must(
    different.length === 0,
    `${different.length} timelines are not what they were: ${different.slice(0, 3).join(', ')}`,
  );
  const erased = [...shownAfter].filter(([one, shown]) => one.startsWith(before.erased) && shown !== '404');
  must(erased.length === 0, 'the erased child is shown again');
  must((await publishAll(again.url, ['nominal-500000'], messagesEach + 1)) > 0, 'it takes no messages');
  await again.stop();
  await stopServer(at('restored'));
  await findNothing(at('restored'));
}

async function command(data: string, ...words: string[]): Promise<string> {
  const ran = await hubCommand({ HUB_DATA: data, ...common }, words);
  if (ran.code !== 0) throw new Error(`hub ${words[0] ?? ''} ended with ${ran.code}: ${ran.stderr}${ran.stdout}`);
  return ran.stdout;
}

async function within<T>(data: string, ask: (parts: OpenedParts) => Promise<T>): Promise<T> {
  const parts = await openParts(readConfig({ HUB_DATA: data, ...common }), createLogger('silent'));
  try {
    return await ask(parts);
  } finally {
    await parts.close();
  }
}

async function settled({ database, log }: OpenedParts): Promise<void> {
  for (let look = 0; look < 1_200; look++) {
    const { rows } = await database.query<{ open: bigint; behind: bigint | null }>(
      `select (select count(*) from receipts where status = 'received') as open,
              (select min(coalesce(position, 0)) from projections where live) as behind`,
    );
    if (rows[0]?.open === 0n && rows[0].behind === (await log.head())) return;
    await sleep(100);
  }
  throw new Error('the hub did not come to rest in two minutes');
}

async function childrenOf({ database }: OpenedParts): Promise<string[]> {
  return (await database.query<{ id: string }>('select id from children order by id')).rows.map(({ id }) => id);
}

async function childOf({ database, keys }: OpenedParts, nominal: string): Promise<string> {
  const { rows } = await database.query<{ child: string }>(
    `select l.child from records r join links l on l.record = r.stream and l.known_to = 'infinity' where r.key_hash = $1`,
    [keys.hash('record', 'police', nominal)],
  );
  if (!rows[0]) throw new Error("the demonstration's child is not there");
  return rows[0].child;
}

async function stopServer(data: string): Promise<void> {
  const folder = join(data, 'postgres');
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  if (there) await (await startEmbedded(folder)).stop();
}

async function findNothing(folder: string): Promise<void> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    bytes += content.length;
    const found = marks.filter((mark) => content.includes(mark));
    must(found.length === 0, `${entry.name} holds ${found.join(', ')}`);
  }
  figures[`searched, nothing of the child: ${folder.slice(work.length + 1)}`] = `${bytes} bytes`;
}

async function timed<T>(what: string, action: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await action();
  figures[what] = `${((performance.now() - begun) / 1_000).toFixed(1)} s`;
  return result;
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) failures.push(otherwise);
}

function say(what: string): void {
  process.stderr.write(`${what} …\n`);
}
