import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startHubProcess, tokenFrom } from '../../libs/testing/hub/process.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { absolute, percentile, shared, type Benchmark } from './measurement.js';

const OFFERED = 500;
const EVERY_MS = 10;
const WARM_UP_MS = 5_000;
const MEASURED_MS = 30_000;
const GIVE_UP_MS = 30_000;
/** Looked at in turn, so that none of them becomes long. Serials for which there is an NHS number. */
const PROBED = [100, 101, 102, 103, 104, 105, 106, 107, 108, 110];

interface Freshness {
  /** Milliseconds from before an event is sent to after the answer of the API that shows it. */
  readonly taken: readonly number[];
  /** Events per second that were acknowledged meanwhile. */
  readonly load: number;
  close(): Promise<void>;
}

const measured = shared(measure);
const what = `one event at a time, from publishing to the timeline through the API, looked for again and again; ${OFFERED} events/s offered beside it, the whole hub in one process`;

export const freshness: readonly Benchmark[] = [
  {
    name: 'freshness.p50',
    what,
    goal: { of: 'value', is: 'at most', goal: 50, beyond: 50 },
    run: async (server) => absolute('freshness.p50', percentile((await measured(server)).taken, 50), 'ms'),
  },
  {
    name: 'freshness.p99',
    what: 'the same: 99 of 100 are there by then',
    goal: { of: 'value', is: 'at most', goal: 250, beyond: 100 },
    run: async (server) => absolute('freshness.p99', percentile((await measured(server)).taken, 99), 'ms'),
  },
  {
    name: 'freshness.load',
    what: 'what was taken of the load meanwhile: with less, the two above say nothing',
    goal: { of: 'value', is: 'at least', goal: 0.95 * OFFERED, beyond: 0.99 * OFFERED },
    run: async (server) => absolute('freshness.load', (await measured(server)).load, 'events/s'),
  },
];

async function measure(): Promise<Freshness> {
  const data = await mkdtemp(join(tmpdir(), 'hub-bench-freshness-'));
  const hub = await startHubProcess(data, await freePort(), { HUB_DEMO: 'false' });
  const pool = new Pool(hub.url, { connections: 32, pipelining: 1 });
  try {
    const police = new Police(pool, await tokenFrom(hub.url, 'police'), await tokenFrom(hub.url, 'police', 'read'));
    const children = await Promise.all(PROBED.map(async (serial) => police.known(serial)));
    const stop = new AbortController();
    const loading = police.load(stop.signal);
    await sleep(WARM_UP_MS);
    const taken: number[] = [];
    for (const until = Date.now() + MEASURED_MS; Date.now() < until;) {
      const at = taken.length % PROBED.length;
      taken.push(await police.probe(PROBED[at] ?? 0, children[at] ?? ''));
    }
    stop.abort();
    const load = await loading;
    if (load < OFFERED * 0.95)
      throw new Error(`only ${Math.round(load)} events/s were taken: the figure would flatter`);
    return { taken, load, close: async () => Promise.resolve() };
  } finally {
    await pool.close();
    await hub.stop();
    await rm(data, { recursive: true });
  }
}

/** The police's system, publishing and reading what it published. */
class Police {
  #serial = 0;

  constructor(
    private readonly pool: Pool,
    private readonly publishing: string,
    private readonly reading: string,
  ) {}

  /** Tells of a child and waits until the hub knows them; resolves to the hub's id of the child. */
  async known(serial: number): Promise<string> {
    await this.#publish(`probe-${serial}`, `MR-${serial}`, testNhsNumber(serial));
    const path = `/v1/children?q=${testNhsNumber(serial)}`;
    return await this.#until(path, (text) => (JSON.parse(text) as { children: { id: string }[] }).children[0]?.id);
  }

  async probe(serial: number, child: string): Promise<number> {
    const reference = `PROBE-${(this.#serial += 1)}-`;
    const began = performance.now();
    await this.#publish(`probe-${serial}`, reference, testNhsNumber(serial));
    await this.#until(`/v1/children/${child}/timeline`, (text) => (text.includes(reference) ? reference : undefined));
    return performance.now() - began;
  }

  /** Offers events at a fixed pace, whatever becomes of them, until the signal; resolves to how many were taken a second. */
  async load(signal: AbortSignal): Promise<number> {
    const sent: Promise<void>[] = [];
    const began = performance.now();
    while (!signal.aborted) {
      const due = Math.floor(((performance.now() - began) * OFFERED) / 1_000);
      while (sent.length < due) {
        const n = sent.length;
        sent.push(this.#publish(`load-${Math.floor(n / 10)}`, `LOAD-${n}`));
      }
      await sleep(EVERY_MS);
    }
    await Promise.all(sent);
    return (sent.length * 1_000) / (performance.now() - began);
  }

  async #publish(subject: string, reportReference: string, nhsNumber = ''): Promise<void> {
    const body = JSON.stringify({
      specversion: '1.0',
      id: reportReference,
      source: 'police',
      type: 'hub.police.v1.MissingReported',
      subject,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: { reportReference, risk: 'RISK_GRADE_MEDIUM', lastSeen: 'school', person: { nhsNumber } },
    });
    const headers = { authorization: `Bearer ${this.publishing}`, 'content-type': 'application/cloudevents+json' };
    const answer = await this.pool.request({ method: 'POST', path: '/v1/events', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 202) throw new Error(`${answer.statusCode} ${text.slice(0, 300)}`);
  }

  async #until(path: string, found: (text: string) => string | undefined): Promise<string> {
    const headers = { authorization: `Bearer ${this.reading}`, 'hub-purpose': 'publishing-partner' };
    for (const until = Date.now() + GIVE_UP_MS; Date.now() < until;) {
      const answer = await this.pool.request({ method: 'GET', path, headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text.slice(0, 300)}`);
      const one = found(text);
      if (one !== undefined) return one;
    }
    throw new Error(`${path} did not show what was published`);
  }
}
