import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QuarantineDesk } from '../../../libs/platform/intake/postgres/quarantine-desk.js';
import { childhood } from '../../../libs/simulations/childhood/childhood.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { drain } from '../../worker/worker.loop.js';
import { putBack } from './put-back.js';

describe('replay', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
    await hub.keep(...childhood('2026-05-01T12:00:00Z'));
    await drain(hub);
  });
  afterEach(async () => {
    await hub.close();
  });

  const replay = async () => putBack(hub.database, { system: 'police', days: 1, who: 'olly.operator' });
  const statuses = async (condition: string): Promise<string[]> =>
    (await hub.database.query<{ status: string }>(`select status from receipts where ${condition}`)).rows.map(
      ({ status }) => status,
    );

  it('puts back what was recorded, held or quarantined, and notes each', async () => {
    const before = await statuses(`system = 'police' and status <> 'withdrawn'`);
    expect(before).toContain('quarantined');
    expect(await replay()).toBe(before.length);
    expect(await statuses(`id in (select receipt from receipt_actions where action = 'replay')`)).toEqual(
      before.map(() => 'received'),
    );
    expect(await statuses(`system <> 'police'`)).not.toContain('received');
    // Broken off before anything was translated again: nothing is left to put back, and nothing is noted twice.
    expect(await replay()).toBe(0);
  });

  it('leaves what an operator closed, until one retries it', async () => {
    const desk = new QuarantineDesk(hub.database, hub.keys);
    const { entries } = await desk.list({ status: 'quarantined', system: 'police' });
    const receipts = entries.map(({ receipt }) => receipt);
    const warrant = { who: 'olly.operator', reason: 'the force will not send it again' };
    expect(await desk.close(receipts, warrant)).toEqual(receipts);
    await replay();
    const closed = `id = any('{${receipts.join(',')}}')`;
    expect(await statuses(closed)).toEqual(receipts.map(() => 'ignored'));
    await drain(hub);
    await desk.retry(receipts, warrant);
    await drain(hub);
    await replay();
    expect(await statuses(closed)).toEqual(receipts.map(() => 'received'));
  });

  it('leaves what is erased, or about to be', async () => {
    await hub.database.query(
      `insert into erasures (id, child, reason, who, at, streams, receipts)
       select gen_random_uuid(), (select id from children limit 1), 'asked', 'olly.operator', now(), '{}', array_agg(id)
         from receipts where system = 'police'`,
    );
    expect(await replay()).toBe(0);
  });
});
