import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { translate } from '../../libs/adapters/registry.js';
import type { Message } from '../../libs/kernel/fact.js';
import type { Translation } from '../../libs/kernel/outcome.js';
import { QuarantineDesk } from '../../libs/platform/intake/postgres/quarantine-desk.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../libs/testing/hub/shown.js';
import { child, missingReport } from '../../libs/testing/messages/told.js';
import { eraseChild } from '../ops/erase/erase.js';
import { verify } from '../ops/verify/verify.js';
import { processBatch } from './pipeline.js';
import { defaultLoop, drain } from './worker.loop.js';

const [first, second] = [testNhsNumber(516), testNhsNumber(617)];

/** What happens to messages while others are withdrawn, re-read, erased or overtaken. */
describe('messages that cross', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    await hub.close();
  });
  const send = async (...tellings: Telling[]) => {
    const kept = await hub.keep(...tellings);
    await drain(hub);
    return kept.map((one) => one.receipt);
  };
  const allocated = (
    id: string,
    subject: string,
    nhsNumber: string,
    time = '2026-03-01T10:00:00Z',
    more = {},
  ): Telling => ({
    system: 'yos',
    door: 'events',
    event: {
      specversion: '1.0',
      id,
      source: 'yos',
      type: 'hub.yos.v1.CaseAllocated',
      subject,
      time,
      datacontenttype: 'application/json',
      data: { worker: 'casey.manager', person: { nhsNumber, ...more } },
    },
  });
  const withdrawn = (system: 'police' | 'yos', messageId: string): Telling => ({
    system,
    door: 'events',
    event: {
      specversion: '1.0',
      id: `withdraw ${messageId}`,
      source: system,
      type: `hub.${system}.v1.Withdrawn`,
      subject: 'any',
      time: '2026-03-02T10:00:00Z',
      datacontenttype: 'application/json',
      data: { messageId, reason: 'wrong child' },
    },
  });

  it('the wrong number withdrawn and the right one sent: no two children become one', async () => {
    await send(missingReport('p1', 'one', { nhsNumber: first }), missingReport('p2', 'two', { nhsNumber: second }));
    await send(allocated('wrong', 'case', first));
    expect(await linksShown(hub)).toEqual([['police one', 'yos case'], ['police two']]);
    await send(withdrawn('yos', 'wrong'));
    expect(await linksShown(hub)).toEqual([['police one'], ['police two'], ['yos case']]);
    await send(allocated('right', 'case', second, '2026-03-03T10:00:00Z'));
    expect(await linksShown(hub)).toEqual([['police one'], ['police two', 'yos case']]);
  });

  it('a withdrawn message takes its own claims and names along, and not what others still say', async () => {
    const person = { nhsNumber: first, givenNames: 'Ash', familyName: 'Right' };
    await send(
      missingReport('p1', 'one', person),
      missingReport('p2', 'one', person, { data: { reportReference: 'MR-2', person } }),
    );
    await send(
      missingReport(
        'p3',
        'one',
        { nhsNumber: second, familyName: 'Wrong' },
        {
          time: '2026-03-05T10:00:00Z',
          data: { reportReference: 'MR-3', person: { nhsNumber: second, familyName: 'Wrong' } },
        },
      ),
    );
    await send(allocated('y', 'case', first));
    expect(await linksShown(hub)).toEqual([['police one'], ['yos case']]);
    await send(withdrawn('police', 'p3'), withdrawn('police', 'p1'));
    expect(await linksShown(hub)).toEqual([['police one', 'yos case']]);
    const tokens = await hub.database.query('select from name_index where token = any($1)', [
      [hub.keys.hash('name-token', 'wrong')],
    ]);
    expect(tokens.rowCount).toBe(0);
  });

  it('what a wrong number kept apart comes together when that is withdrawn, also with records of other children', async () => {
    const born = (birthDate: string) => ({ nhsNumber: first, birthDate });
    await send(missingReport('p1', 'one', born('2011-01-14')), missingReport('wrong', 'two', born('2011-02-14')));
    await send(allocated('y', 'case', first, '2026-03-01T10:00:00Z', born('2011-01-14')));
    expect(await linksShown(hub)).toEqual([['police one'], ['police two'], ['yos case']]);
    await send(withdrawn('police', 'wrong'));
    expect(await linksShown(hub)).toEqual([['police one', 'yos case'], ['police two']]);
  });

  it('a mended adapter takes a wrong identifier back', async () => {
    const misread = (message: Message): Translation => {
      const { items, covers } = translate(message);
      const wrong = { identifiers: [{ kind: 'nhs' as const, value: second }] };
      return {
        covers,
        items: items.map((item) =>
          item.outcome === 'fact'
            ? { ...item, fact: { ...item.fact, record: { ...item.fact.record, person: wrong } } }
            : item,
        ),
      };
    };
    await send(allocated('a', 'first', first), allocated('b', 'second', second));
    const [kept] = await hub.keep(missingReport('p', 'one', { nhsNumber: first }));
    await drain(hub, { ...defaultLoop, translate: misread });
    expect(await linksShown(hub)).toEqual([['police one', 'yos second'], ['yos first']]);
    const desk = new QuarantineDesk(hub.database, hub.keys);
    await desk.retry([kept?.receipt ?? ''], { who: 'operator:test', reason: 'mended' });
    await drain(hub);
    expect(await linksShown(hub)).toEqual([['police one', 'yos first'], ['yos second']]);
  });

  it('a worker frozen past its lease writes nothing twice', async () => {
    await hub.keep(
      missingReport('a', 'one', child),
      missingReport('b', 'two', { ...child, nhsNumber: second, pncId: '' }),
    );
    const frozen = await hub.intake.claim(10, 0);
    await drain(hub);
    const head = await hub.log.head();
    await processBatch(frozen, hub, translate);
    expect(await hub.log.head()).toBe(head);
  });

  it('a message in hand during an erasure does not bring the child back', async () => {
    await send(missingReport('a', 'one', child));
    const { rows } = await hub.database.query<{ child: string }>('select child from links');
    const records = async () => (await hub.database.query('select from records')).rowCount;
    await hub.keep(missingReport('b', 'one', child, { data: { reportReference: 'MR-2', person: { ...child } } }));
    const inHand = await hub.intake.claim(10, 30);
    await eraseChild({ child: rows[0]?.child ?? '', reason: 'asked for', who: 'test', despiteHold: 'a test' }, hub);
    expect(await records()).toBe(0);
    await processBatch(inHand, hub, translate);
    expect(await records()).toBe(0);
    expect((await factsShown(hub)).every(({ record }) => record === 'erased')).toBe(true);
  });

  it('what is withdrawn after it was erased settles, and what it said of others is withdrawn', async () => {
    const [receipt = ''] = await send(missingReport('a', 'one', child));
    const { rows } = await hub.database.query<{ child: string }>('select child from links');
    await eraseChild({ child: rows[0]?.child ?? '', reason: 'asked for', who: 'test', despiteHold: 'a test' }, hub);
    await send(withdrawn('police', 'a'));
    expect((await hub.status(receipt)).status).toBe('withdrawn');
    const { rows: attempts } = await hub.database.query<{ attempts: number }>(
      'select attempts from receipts where id = $1',
      [receipt],
    );
    await drain(hub);
    const again = await hub.database.query<{ attempts: number }>('select attempts from receipts where id = $1', [
      receipt,
    ]);
    expect(again.rows).toEqual(attempts);
  });
});
