import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../libs/platform/config.js';
import { openParts } from '../../libs/platform/open-parts.js';
import type { Parts } from '../../libs/platform/platform.module.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import type { CloudEvent } from '../../libs/simulations/cloud-event.js';
import { hubCommand, type Ran } from '../../libs/testing/hub/command.js';
import { startHubProcess, tokenFrom } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { openBrowser, type Browsing } from './browsing.js';

/** The whole hub as its own process, empty, in which a story happens at the times that the test says. */
export interface StoryHub {
  readonly browser: Browsing;
  readonly parts: Parts;
  /** Sets the hub's clock, RFC 3339. */
  at(instant: string): Promise<void>;
  /** Publishes through the door, each as the system it comes from, and waits until all that follows has been derived and shows. */
  tell(...events: readonly CloudEvent[]): Promise<void>;
  /** Waits until nothing is due any more. */
  quiet(): Promise<void>;
  /** The `hub` command line beside it. */
  command(...words: readonly string[]): Promise<Ran>;
  /** Record and child of the last thing of this type that a system said. */
  recordOf(system: string, type: string): Promise<{ record: string; child: string }>;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;

export async function openStory(begins: string): Promise<StoryHub> {
  const data = await mkdtemp(join(tmpdir(), 'hub-story-'));
  const clock = join(data, 'clock');
  await writeFile(clock, begins);
  const environment = { HUB_DATA: data, HUB_TEST_CLOCK: clock, HUB_DEMO: 'false' };
  const hub = await startHubProcess(data, await freePort(), environment);
  const parts = await openParts(readConfig(environment), createLogger('silent'));
  const browser = await openBrowser(hub.url);
  const quiet = async (): Promise<void> => {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
      const { rows } = await parts.database.query<{ busy: boolean }>(
        `select exists (select from receipts where status in ('received', 'held'))
           or exists (select from reactions where due_at <= $1 or lease_until is not null)
           or (select position from reaction_progress) is distinct from (select nullif(position, 0) from log_head)
           or exists (select from projections where live and position < (select position from log_head)) as busy`,
        [new Date(parts.clock.now()).toISOString()],
      );
      if (rows[0]?.busy === false) return;
      await sleep(50);
    }
    throw new Error('there is always something to do');
  };
  return {
    browser,
    parts,
    quiet,
    at: async (instant) => {
      // Renamed over: a process that reads it meanwhile would find it empty.
      await writeFile(`${clock}.next`, new Date(instant).toISOString());
      await rename(`${clock}.next`, clock);
      await quiet();
    },
    tell: async (...events) => {
      for (const event of events) {
        const response = await fetch(`${hub.url}/v1/events`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await tokenFrom(hub.url, event.source)}`,
            'content-type': 'application/cloudevents+json',
          },
          body: JSON.stringify(event),
        });
        if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
      }
      await quiet();
    },
    command: async (...words) => hubCommand({ ...environment, LOG_LEVEL: 'silent' }, words),
    recordOf: async (system, type) => {
      const { rows } = await parts.database.query<{ record: string; child: string }>(
        `select t.record, l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity'
         where t.system = $1 and t.type = $2 order by t.position desc limit 1`,
        [system, type],
      );
      if (!rows[0]) throw new Error(`${system} has said no ${type}`);
      return rows[0];
    },
    close: async () => {
      await browser.close();
      await parts.close();
      await hub.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
