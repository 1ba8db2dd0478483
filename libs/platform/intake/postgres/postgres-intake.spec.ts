import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../kernel/clock.js';
import type { Claimed } from '../../../kernel/intake.js';
import type { KeyStore } from '../../../kernel/keys.js';
import { describeIntake } from '../../../testing/intake/intake.features.js';
import { incoming } from '../../../testing/intake/messages.js';
import { memoryKeyStore } from '../../../testing/keys/memory-key-store.js';
import { testDatabases, type TestDatabases } from '../../../testing/postgres/databases.js';
import { openPool, type Database } from '../../database/pool.js';
import { PostgresIntake } from './postgres-intake.js';
import { QuarantineDesk } from './quarantine-desk.js';
import { CursorRejected, RECEIPT_PAGE, ReceiptBook } from './receipt-book.js';

describeIntake('PostgreSQL', async () => {
  const databases = [await testDatabases(), await testDatabases()] as const;
  const pools = [
    openPool(databases[0].hub, 'a', 4),
    openPool(databases[0].hub, 'b', 4),
    openPool(databases[1].hub, 'c', 4),
  ] as const;
  const keys = memoryKeyStore();
  const opened: PostgresIntake[] = [];
  const open = (database: Database, limit = 100_000): PostgresIntake => {
    const intake = new PostgresIntake({ database, keys, clock: systemClock, limit });
    opened.push(intake);
    return intake;
  };
  return {
    queues: [open(pools[0]), open(pools[1])],
    withLimit: async (limit) => open(pools[2], limit),
    close: async () => {
      await Promise.all(opened.map(async (intake) => intake.stop()));
      await Promise.all(pools.map(async (pool) => pool.end()));
      await Promise.all(databases.map(async ({ drop }) => drop()));
    },
  };
});

describe('receipts on PostgreSQL', () => {
  let databases: TestDatabases;
  let database: Database;
  let keys: KeyStore;
  let intake: PostgresIntake;
  let book: ReceiptBook;
  let desk: QuarantineDesk;
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 6);
    keys = memoryKeyStore();
    intake = new PostgresIntake({ database, keys, clock: systemClock, limit: 100_000 });
    book = new ReceiptBook(database, keys);
    desk = new QuarantineDesk(database, keys);
  });
  afterAll(async () => {
    await intake.stop();
    await database.end();
    await databases.drop();
  });
  const keep = async (id: string, content = 'a'): Promise<string> =>
    (await intake.keep([incoming(id, content)]))[0]?.receipt ?? '';
  const warrant = { who: 'ivy', reason: 'seen and settled' };

  it('stores no readable byte of a message, of its id or of its attributes', async () => {
    await keep('Marlowe-Quill-referral', 'Marlowe Quill');
    const { rows } = await database.query<{ row: string; sealed: Buffer }>(
      `select receipts::text as row, sealed from receipts join messages on receipt = id`,
    );
    for (const { row, sealed } of rows) {
      expect(row).not.toMatch(/Marlowe|Quill|nominal-1/);
      expect(sealed.toString('latin1')).not.toMatch(/Marlowe|Quill|nominal-1/);
    }
  });

  it('hands out and lists a message of any size', async () => {
    const bodies = [0, 16_384, 16_385, 1_000_000].map((size) => Buffer.alloc(size, 'ab'));
    const kept = await intake.keep(bodies.map((body, at) => incoming(`size-${at}`, 'a', { body, system: 'health' })));
    const claimed = await intake.claim(10_000, 60);
    const handed = kept.map(({ receipt }) => claimed.find((one) => one.receipt === receipt)?.message.body);
    expect(
      handed.map((body) => body && Buffer.from(body).equals(bodies[handed.indexOf(body)] ?? Buffer.of(1))),
    ).toEqual(bodies.map(() => true));
    const { receipts } = await book.list({ system: 'health' });
    expect(receipts.map(({ messageId }) => messageId)).toEqual(['size-3', 'size-2', 'size-1', 'size-0']);
  });

  it('hands out the same whether it has the message at hand or reads it', async () => {
    const messages = ['hand-1', 'hand-2'].map((id) => incoming(id, 'a', { attributes: { id, subject: 'nominal-1' } }));
    await intake.keep(messages);
    const [first] = await intake.claim(1, 60);
    const second = await intake.claim(10_000, 0);
    const elsewhere = new PostgresIntake({ database, keys, clock: systemClock, limit: 100_000 });
    const again = await elsewhere.claim(10_000, 60);
    await elsewhere.stop();
    expect([first, ...second].map((one) => one?.message.attributes['id'])).toEqual(['hand-1', 'hand-2']);
    expect(again.map(asText)).toEqual(second.map((one) => ({ ...asText(one), attempt: 2 })));
    await intake.close([first, ...again].flatMap((one) => (one ? [{ receipt: one.receipt, outcomes: [] }] : [])));
  });

  it('shows a receipt to its publisher and to nobody else', async () => {
    const receipt = await keep('own');
    expect(await book.get(receipt, 'police')).toMatchObject({
      id: receipt,
      source: 'police',
      messageId: 'own',
      status: 'received',
      outcomes: [],
    });
    expect(await book.get(receipt, 'court')).toBeUndefined();
    expect((await book.list({ system: 'court' })).receipts).toEqual([]);
  });

  it('lists newest first, page by page, each once, also while more come in', async () => {
    const system = 'education';
    const publish = async (from: number, to: number): Promise<void> => {
      const ids = Array.from({ length: to - from }, (_, at) => `page-${from + at}`);
      await intake.keep(ids.map((id) => incoming(id, 'a', { system, agency: 'education' })));
    };
    await publish(0, RECEIPT_PAGE + 20);
    const first = await book.list({ system });
    await publish(RECEIPT_PAGE + 20, RECEIPT_PAGE + 30);
    const second = await book.list({ system, cursor: first.cursor });
    const ids = [...first.receipts, ...second.receipts].map(({ messageId }) => messageId);
    expect(ids).toEqual(Array.from({ length: RECEIPT_PAGE + 20 }, (_, at) => `page-${RECEIPT_PAGE + 19 - at}`));
    expect(second.cursor).toBeUndefined();
    await expect(book.list({ system, cursor: 'elsewhere' })).rejects.toBeInstanceOf(CursorRejected);
    expect((await book.list({ system, since: '2999-01-01T00:00:00Z' })).receipts).toEqual([]);
    expect((await book.list({ system, status: 'held' })).receipts).toEqual([]);
  });

  it('shows an erased receipt without its message id, and closes instead of handing it to a worker', async () => {
    const receipt = await keep('to be erased');
    const { rows } = await database.query<{ key_id: string }>('select key_id from receipts where id = $1', [receipt]);
    await keys.destroy([rows[0]?.key_id ?? '']);
    expect((await book.get(receipt, 'police'))?.messageId).toBe('erased');
    expect((await intake.claim(10_000, 60)).map((claimed) => claimed.receipt)).not.toContain(receipt);
    expect(await book.get(receipt, 'police')).toMatchObject({ status: 'ignored', outcomes: [{ reason: 'erased' }] });
    expect((await desk.show(receipt))?.message).toEqual({ erased: true });
  });

  it('quarantines what was changed in the store instead of stalling behind it', async () => {
    const receipt = await keep('changed');
    await database.query(
      `update messages set sealed = set_byte(sealed, length(sealed) - 1, (get_byte(sealed, length(sealed) - 1) + 1) % 256)
       where receipt = $1`,
      [receipt],
    );
    const good = await keep('after the changed one');
    // A worker of another process, or of this one after it was started again.
    const elsewhere = new PostgresIntake({ database, keys, clock: systemClock, limit: 100_000 });
    expect((await elsewhere.claim(10_000, 60)).map((claimed) => claimed.receipt)).toEqual([good]);
    await elsewhere.stop();
    expect(await book.get(receipt, 'police')).toMatchObject({
      messageId: 'unreadable',
      status: 'quarantined',
      outcomes: [{ reason: 'seal-broken' }],
    });
  });

  it('does not show a publisher whether a held message was held or recorded', async () => {
    const [held, recorded] = [await keep('discreet-held'), await keep('discreet-recorded')];
    const discreet = { code: 'not-shown-to-be-a-child', detail: 'Nothing in it shows that this is a child.' };
    await intake.close([
      { receipt: held, outcomes: [{ outcome: 'held', reason: 'unknown', discreet }] },
      { receipt: recorded, outcomes: [{ outcome: 'recorded', eventId: 'e', discreet }] },
    ]);
    const seen = async (): Promise<unknown[]> =>
      Promise.all(
        [held, recorded].map(async (id) => {
          const receipt = await book.get(id, 'police');
          return { status: receipt?.status, outcomes: receipt?.outcomes };
        }),
      );
    const [one, other] = await seen();
    expect(one).toEqual(other);
    expect((await book.list({ system: 'police', status: 'held' })).receipts.map(({ id }) => id)).toEqual([
      recorded,
      held,
    ]);
    expect(await desk.retry([held], warrant)).toEqual([held]);
    expect((await seen())[0]).toEqual(other);
    const [again] = await intake.claim(10_000, 60);
    expect(again).toMatchObject({ receipt: held, attempt: 1 });
    await intake.close([{ receipt: held, outcomes: [{ outcome: 'held', reason: 'unknown', discreet }] }]);
    expect(await desk.close([held, recorded], warrant)).toEqual([held]);
    expect((await seen())[0]).toEqual(other);
    expect((await desk.show(held))?.status).toBe('ignored');
  });

  it('lets an operator list, open, retry and close what is quarantined, with who and why', async () => {
    const receipt = await keep('unreadable', 'unreadable');
    await intake.claim(10_000, 60);
    const outcomes = [
      { outcome: 'quarantined', reason: 'not-json', detail: 'The data is not JSON.', pointer: '/data' },
    ];
    await intake.close([{ receipt, outcomes }]);

    const { entries } = await desk.list({ status: 'quarantined', system: 'police' });
    expect(entries.at(-1)).toMatchObject({ receipt, attempts: 1, outcomes, status: 'quarantined' });
    expect((await desk.list({ status: 'quarantined', system: 'court' })).entries).toEqual([]);
    const file = await desk.show(receipt);
    expect(file?.message).toMatchObject({
      erased: false,
      messageId: 'unreadable',
      attributes: { subject: 'nominal-1' },
    });

    expect(await desk.retry([receipt], warrant)).toEqual([receipt]);
    expect(await desk.retry([receipt], warrant)).toEqual([]);
    expect(await intake.claim(1, 60)).toMatchObject([{ receipt, attempt: 2 }]);
    await intake.close([{ receipt, outcomes }]);
    expect(await desk.close([receipt], warrant)).toEqual([receipt]);
    expect(await desk.close([receipt], warrant)).toEqual([]);
    expect(await book.get(receipt, 'police')).toMatchObject({
      status: 'ignored',
      outcomes: [{ outcome: 'ignored', reason: 'closed-by-operator', pointer: '/data' }],
    });
    expect((await desk.show(receipt))?.actions).toMatchObject([
      { action: 'retry', ...warrant },
      { action: 'close', ...warrant },
    ]);
    await expect(desk.retry([receipt], { who: 'ivy', reason: ' ' })).rejects.toThrow('why');
    expect(await desk.show('00000000-0000-7000-8000-000000000000')).toBeUndefined();
  });
});

function asText({ message, ...claimed }: Claimed) {
  return { ...claimed, message: { ...message, body: Buffer.from(message.body).toString() } };
}
