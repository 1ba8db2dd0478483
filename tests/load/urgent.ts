import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startHubProcess, tokenFrom } from '../../libs/testing/hub/process.js';
import { openReceiver, type Receiver } from '../../libs/testing/http/receiver.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { readConfig } from '../../libs/platform/config.js';
import { openParts } from '../../libs/platform/open-parts.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import type { Database } from '../../libs/platform/database/pool.js';
import { SCALE } from './grown-hub.js';
import { absolute, percentile, shared, type Benchmark } from './measurement.js';

const OFFERED = Math.round(500 * SCALE);
const EVERY_MS = 10;
const WARM_UP_MS = 5_000;
const MEASURED_MS = 30_000;
const GIVE_UP_MS = 30_000;
const LOOK_MS = 2;
/** Told of every report, in whatever area. */
const SYSTEM = 'social-care';

interface Urgent {
  /** Milliseconds from before a report is sent to when its notice stands in the inbox's rows. */
  readonly taken: readonly number[];
  /** To when all that its child's social care is told of it has arrived at its system, which takes it at once. */
  readonly handedOver: readonly number[];
  /** Events per second that were acknowledged meanwhile. */
  readonly load: number;
  close(): Promise<void>;
}

const measured = shared(measure);

export const urgent: readonly Benchmark[] = [
  {
    name: 'urgent.p50',
    what: `one report of a missing child at a time, each of another child, until its urgent notice stands in the inbox; ${OFFERED} events/s offered beside it, of which one in ten is another such report, the whole hub in one process`,
    goal: { of: 'value', is: 'at most', goal: 200, beyond: 100 },
    run: async (server) => absolute('urgent.p50', percentile((await measured(server)).taken, 50), 'ms'),
  },
  {
    name: 'urgent.p99',
    what: 'the same: 99 of 100 are there by then',
    goal: { of: 'value', is: 'at most', goal: 500, beyond: 250 },
    run: async (server) => absolute('urgent.p99', percentile((await measured(server)).taken, 99), 'ms'),
  },
  {
    name: 'urgent.handover.p50',
    what: 'the same report, until its notice has been handed over to a webhook: one endpoint, registered by social care, that is told of all of them',
    goal: { of: 'value', is: 'at most', goal: 250, beyond: 125 },
    run: async (server) => absolute('urgent.handover.p50', percentile((await measured(server)).handedOver, 50), 'ms'),
  },
  {
    name: 'urgent.handover.p99',
    what: 'the same: 99 of 100 are handed over by then',
    goal: { of: 'value', is: 'at most', goal: 500, beyond: 250 },
    run: async (server) => absolute('urgent.handover.p99', percentile((await measured(server)).handedOver, 99), 'ms'),
  },
  {
    name: 'urgent.load',
    what: 'what was taken of the load meanwhile: with less, the others say nothing',
    goal: { of: 'value', is: 'at least', goal: 0.95 * OFFERED, beyond: 0.99 * OFFERED },
    run: async (server) => absolute('urgent.load', (await measured(server)).load, 'events/s'),
  },
];

async function measure(): Promise<Urgent> {
  const data = await mkdtemp(join(tmpdir(), 'hub-bench-urgent-'));
  const hub = await startHubProcess(data, await freePort(), {
    ...{ HUB_DEMO: 'false', HUB_WEBHOOK_ALLOW_LOOPBACK: 'true' },
  });
  const pool = new Pool(hub.url, { connections: 32, pipelining: 1 });
  const parts = await openParts(readConfig({ HUB_DATA: data }), createLogger('silent'));
  const partner = await Partner.registered(hub.url);
  try {
    const police = new Force(pool, await tokenFrom(hub.url, 'police'));
    const stop = new AbortController();
    const loading = police.load(stop.signal);
    await sleep(WARM_UP_MS);
    const taken: number[] = [];
    const handedOver: number[] = [];
    for (const until = Date.now() + MEASURED_MS; Date.now() < until;) {
      const began = performance.now();
      const receipt = await police.report(`probe-${taken.length}`);
      const notices = await standing(parts.database, receipt);
      taken.push(performance.now() - began);
      handedOver.push((await partner.has(notices)) - began);
    }
    stop.abort();
    const load = await loading;
    if (load < OFFERED * 0.95)
      throw new Error(`only ${Math.round(load)} events/s were taken: what was measured is a queue`);
    return { taken, handedOver, load, close: async () => Promise.resolve() };
  } finally {
    await parts.close();
    await partner.close();
    await pool.close();
    await hub.stop();
    await rm(data, { recursive: true });
  }
}

/** Resolves, once an urgent notice stands of the child of the event that came of this receipt, to those for its social care. */
async function standing(database: Database, receipt: string): Promise<string[]> {
  for (const until = Date.now() + GIVE_UP_MS; Date.now() < until;) {
    const { rows } = await database.query<{ id: string; agency: string }>({
      name: 'bench urgent',
      text: `select n.key as id, n.to_agency as agency from statements s
             join links l on l.record = s.stream and l.known_to = 'infinity'
             join notices n on n.record = l.child and n.urgency = 'urgent' and n.state = 'told' where s.receipt = $1`,
      values: [receipt],
    });
    if (rows.length > 0) return rows.filter(({ agency }) => agency === SYSTEM).map(({ id }) => id);
    await sleep(LOOK_MS);
  }
  throw new Error('nobody was told of a report in time');
}

/** Social care's system: it registers an endpoint at the hub's own door, and takes whatever comes. */
class Partner {
  /** When a message first came, by `webhook-id`. */
  readonly #came = new Map<string, number>();

  private constructor(private readonly receiver: Receiver) {
    receiver.answer = ({ id }) => {
      if (!this.#came.has(id)) this.#came.set(id, performance.now());
      return 204;
    };
  }

  static async registered(hub: string): Promise<Partner> {
    const receiver = await openReceiver();
    const headers = {
      authorization: `Bearer ${await tokenFrom(hub, SYSTEM, 'read')}`,
      ...{ 'hub-purpose': 'safeguarding', 'content-type': 'application/json' },
    };
    const body = JSON.stringify({ url: receiver.url });
    const answer = await fetch(`${hub}/v1/webhooks`, { method: 'POST', headers, body });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return new Partner(receiver);
  }

  /** When the last of these notices came, by `performance.now()`. */
  async has(notices: readonly string[]): Promise<number> {
    if (notices.length === 0) throw new Error('social care is told of no report');
    for (const until = Date.now() + GIVE_UP_MS; Date.now() < until;) {
      const came = notices.map((id) => this.#came.get(id));
      if (came.every((at) => at !== undefined)) return Math.max(...came);
      await sleep(LOOK_MS);
    }
    throw new Error('a notice was not handed over in time');
  }

  async close(): Promise<void> {
    await this.receiver.close();
  }
}

/** A police force's system, publishing. */
class Force {
  constructor(
    private readonly pool: Pool,
    private readonly token: string,
  ) {}

  /** Reports a child missing; resolves to the receipt. */
  async report(subject: string): Promise<string> {
    const data = { reportReference: subject, risk: 'RISK_GRADE_HIGH', lastSeen: 'school' };
    return await this.#publish('MissingReported', subject, data);
  }

  /** Offers events at a fixed pace, whatever becomes of them, until the signal; resolves to how many were taken a second. */
  async load(signal: AbortSignal): Promise<number> {
    const sent: Promise<string>[] = [];
    const began = performance.now();
    while (!signal.aborted) {
      const due = Math.floor(((performance.now() - began) * OFFERED) / 1_000);
      while (sent.length < due) sent.push(this.#one(sent.length));
      await sleep(EVERY_MS);
    }
    await Promise.all(sent);
    return (sent.length * 1_000) / (performance.now() - began);
  }

  async #one(n: number): Promise<string> {
    const subject = `load-${Math.floor(n / 10)}`;
    if (n % 10 === 0) return await this.report(subject);
    return await this.#publish('Arrested', subject, { custodyNumber: `LOAD-${n}`, offenceCode: 'TH68010' });
  }

  async #publish(type: string, subject: string, data: object): Promise<string> {
    const body = JSON.stringify({
      specversion: '1.0',
      id: `${type}-${Object.values(data).join('-')}`,
      source: 'police',
      type: `hub.police.v1.${type}`,
      subject,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    });
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/cloudevents+json' };
    const answer = await this.pool.request({ method: 'POST', path: '/v1/events', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 202) throw new Error(`${answer.statusCode} ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { receipts: { id: string }[] }).receipts[0]?.id ?? '';
  }
}
