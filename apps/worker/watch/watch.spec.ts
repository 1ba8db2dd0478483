import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silences } from '../../../libs/platform/watch/watch-store.js';
import { urgentMessages } from '../../../libs/platform/watch/urgent-store.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { PostgresIntake } from '../../../libs/platform/intake/postgres/postgres-intake.js';
import { QuarantineDesk } from '../../../libs/platform/intake/postgres/quarantine-desk.js';
import { usualSources } from '../../../libs/sources/cadence.js';
import { keptMessage, type Telling } from '../../../libs/simulations/telling.js';
import { childhood } from '../../../libs/simulations/childhood/childhood.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { drain } from '../worker.loop.js';
import { lookOut, type WatchSettings } from './watch.js';

const settings: WatchSettings = { sources: usualSources, expectant: true, escalateMinutes: 15 };
const start = Date.parse('2026-11-24T10:00:00Z');

/** Police are expected every three hours, day and night. The clock is the test's. */
describe('the watch', () => {
  let hub: TestHub;
  let parts: Parts;
  let now: number;
  let sent = 0;
  beforeEach(async () => {
    hub = await openTestHub();
    now = start;
    const clock = { now: () => now };
    const intake = new PostgresIntake({ database: hub.database, keys: hub.keys, clock, limit: 1_000 });
    parts = { ...hub, clock, intake };
  });
  afterEach(async () => hub.close());

  const look = async (): Promise<void> => lookOut(parts, settings);
  /** Looks four times an hour until then, as instances do a little more often. */
  const pass = async (hours: number): Promise<void> => {
    for (const until = now + hours * 3_600_000; now < until;) {
      now = Math.min(until, now + 4 * 60_000);
      await look();
    }
  };
  const send = async (
    body: string | Uint8Array = '{}',
    format = 'unheard-of',
    system: 'police' | 'court' = 'police',
  ) => {
    const bytes = Buffer.from(body);
    const [kept] = await parts.intake.keep([
      {
        system,
        agency: system,
        messageId: `m-${++sent}`,
        format,
        contentType: 'application/json',
        attributes: {},
        body: bytes,
        canonical: bytes,
        correlation: crypto.randomUUID(),
      },
    ]);
    return kept!.receipt;
  };
  const police = async () => (await silences(hub.database, 10)).filter(({ system }) => system === 'police');

  it('notices a silence once, however many look, and that it ended; what has ended stays in the list', async () => {
    await look();
    await send();
    await look();
    await pass(2.95);
    expect(await police()).toEqual([]);
    now += 4 * 60_000;
    await Promise.all([look(), look(), look()]);
    expect(await police()).toMatchObject([{ system: 'police', format: '' }]);
    expect(await metric()).toBe(1);
    await pass(1);
    expect(await police()).toHaveLength(1);
    await send();
    await look();
    expect(await police()).toEqual([expect.objectContaining({ endedAt: expect.any(String) })]);
    expect(await metric()).toBe(0);
    await pass(3.1);
    expect((await police()).map(({ endedAt }) => endedAt !== undefined)).toEqual([false, true]);
  });

  it('does not count the time in which the hub itself was away, and a silence outlasts a restart', async () => {
    await look();
    await send();
    await look();
    now += 8 * 3_600_000;
    await look();
    expect(await police()).toEqual([]);
    await pass(2.9);
    expect(await police()).toEqual([]);
    await pass(0.2);
    expect(await police()).toHaveLength(1);
    now += 8 * 3_600_000;
    await look();
    expect((await police()).map(({ endedAt }) => endedAt)).toEqual([undefined]);
  });

  it('what was never heard is not silent, nor anything where nobody is expected to speak', async () => {
    await pass(4);
    expect(await silences(hub.database, 10)).toEqual([]);
    await send();
    await look();
    for (let quarter = 0; quarter < 80; quarter += 1) {
      now += 4 * 60_000;
      await lookOut(parts, { ...settings, expectant: false });
    }
    expect(await silences(hub.database, 10)).toEqual([]);
  });

  it('a clock that steps back notices nothing new and breaks nothing', async () => {
    await look();
    await send();
    await look();
    now -= 3_600_000;
    await look();
    now += 3_600_000;
    await pass(3.2);
    expect(await police()).toHaveLength(1);
  });

  const urgent = async () => urgentMessages(hub.database, 10);

  it('raises what may report a missing child and was not recorded, once; and nothing else', async () => {
    const named = await send('{"broken":', 'hub.police.v1.MissingReported');
    const worded = await send('{"note":"absconded"}', 'court-note', 'court');
    const unreadable = await send(new Uint8Array([0, 1, 2]));
    await send('{"note":"nothing of the kind"}');
    await send(new Uint8Array([0, 1, 2]), 'x', 'court');
    expect(await urgent()).toEqual([]);
    await drain(parts);
    await Promise.all([look(), look()]);
    await look();
    expect(new Map((await urgent()).map(({ receipt, sign }) => [receipt, sign]))).toEqual(
      new Map([
        [named, 'type'],
        [worded, 'words'],
        [unreadable, 'unreadable'],
      ]),
    );
    const rows = await hub.database.query('select * from urgent_messages');
    expect(rows.rowCount).toBe(3);
    expect(JSON.stringify(await urgent())).not.toMatch(/absconded|broken/);
  });

  it('raises one that is held because nobody knows whose it is: doubt never silences', async () => {
    const receipt = await send('{"note":"whereabouts unknown"}');
    await drain(parts);
    await hub.database.query(`update receipts set status = 'held' where id = $1`, [receipt]);
    await look();
    expect(await urgent()).toMatchObject([{ receipt, sign: 'words' }]);
  });

  it('escalates one that nobody took in time, once, and never one that somebody has', async () => {
    const left = await send('{"broken":', 'hub.police.v1.MissingReported');
    const taken = await send('{"broken": ', 'hub.police.v1.MissingReported');
    await drain(parts);
    await look();
    await hub.database.query(`insert into duty_items values ($1, 'dana.duty', 'Dana Duty', now())`, [
      `message ${taken}`,
    ]);
    now += 14 * 60_000;
    await look();
    expect((await urgent()).filter(({ escalatedAt }) => escalatedAt !== undefined)).toEqual([]);
    now += 2 * 60_000;
    await Promise.all([look(), look()]);
    expect((await urgent()).filter(({ escalatedAt }) => escalatedAt !== undefined)).toMatchObject([{ receipt: left }]);
    const escalated = await parts.metrics.urgentEscalated.get();
    expect(escalated.values).toMatchObject([{ labels: { system: 'police' }, value: 1 }]);
  });

  it('ends by itself when an operator has closed it', async () => {
    const receipt = await send('{"broken":', 'hub.police.v1.MissingReported');
    await drain(parts);
    await look();
    await new QuarantineDesk(hub.database, hub.keys).close([receipt], { who: 'op', reason: 'rang the sender' });
    await look();
    expect(await urgent()).toEqual([]);
    const { rows } = await hub.database.query('select ended_as from urgent_messages');
    expect(rows).toEqual([{ ended_as: 'ignored' }]);
  });

  it('finds the one message of the demonstration that could not be read', async () => {
    const tellings: readonly Telling[] = childhood('2026-11-24T09:00:00Z');
    await hub.keep(...tellings);
    expect(tellings.map((one) => keptMessage(one, '').system)).toContain('police');
    await drain(parts);
    await look();
    expect(await urgent()).toMatchObject([{ system: 'police', sign: 'type' }]);
  });

  async function metric(): Promise<number | undefined> {
    const { values } = await parts.metrics.sourceSilent.get();
    return values.find(({ labels }) => labels.system === 'police')?.value;
  }
});
