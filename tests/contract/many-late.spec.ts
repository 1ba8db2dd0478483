import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ReadBoardHandler } from '../../apps/portal/boards/read-board.handler.js';
import { ReadBoard, type Board, type BoardName } from '../../apps/portal/boards/read-board.query.js';
import { ReadDutiesHandler } from '../../apps/portal/duties/read-duties.handler.js';
import { ReadDuties, type DutyFilter, type DutyList } from '../../apps/portal/duties/read-duties.query.js';
import { Cursors } from '../../apps/portal/looks/cursors.js';
import type { Looker } from '../../apps/portal/looks/looker.js';
import { Looks } from '../../apps/portal/looks/looks.js';
import { ActOnItem } from '../../apps/portal/today/act-on-item.command.js';
import { ReadToday } from '../../apps/portal/today/read-today.query.js';
import type { Section } from '../../apps/portal/today/sheet.js';
import { ActOnItemHandler, ReadTodayHandler } from '../../apps/portal/today/today.handler.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import { openPool, type Database } from '../../libs/platform/database/pool.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { insert } from '../load/grown-hub.js';
import { servedChild, type ServedChild } from '../load/many-late.js';
import { looker } from './duty-sheets.js';

const { rules } = loadRulebook(undefined);
const now = Date.now();
const clock = { now: () => now };
const terry = looker('terry.lead', 'team-manager', 'supervision-of-staff');
const casey = looker('casey.manager', 'case-manager', 'case-management');
const pat = looker('pat.constable', 'officer', 'safeguarding', 'police');
const sky = looker('sky.school', 'lead', 'safeguarding', 'education');

/** So many that no page lists them all: what is cut, what is counted and what is asked, whoever looks. */
describe('pages about more children than they list', () => {
  let hub: TestHub;
  let database: Database;
  let close: () => Promise<void>;
  let today: ReadTodayHandler;
  let acts: ActOnItemHandler;
  let boards: ReadBoardHandler;
  let duties: ReadDutiesHandler;
  beforeAll(async () => {
    hub = await openTestHub(clock);
    database = openPool(hub.urls.hub, 'pages', 4);
    const stop = new AbortController();
    await hub.projections.prepare();
    const following = hub.projections.run(stop.signal);
    const chain = await AuditChain.open(hub);
    const looks = new Looks(chain, clock, hub.metrics);
    const cursors = new Cursors(hub.keys);
    today = new ReadTodayHandler(database, hub.keys, clock, hub.config, looks);
    acts = new ActOnItemHandler(database, clock, hub.config, looks, today);
    boards = new ReadBoardHandler(database, hub.keys, clock, rules, looks, cursors);
    duties = new ReadDutiesHandler(database, hub.keys, clock, rules, looks, cursors);
    close = async () => {
      stop.abort();
      await following;
      await chain.close();
      await database.end();
      await hub.close();
    };
    // Sixty, every third of which the force keeps to itself; those of Casey are the last to be due.
    await plant(
      Array.from({ length: 60 }, (_, serial) => ({
        serial,
        missing: { backFor: 300 - serial },
        worker: serial >= 57 ? 'casey.manager' : 'sam.worker',
        ...(serial % 3 === 0 ? { handling: 'originator-only' } : {}),
      })),
    );
  }, 60_000);
  afterAll(async () => close());

  async function plant(children: readonly ServedChild[]): Promise<void> {
    const spare = await hub.keys.take(children.length * 2);
    const records = children.flatMap((one) => servedChild(one, now, () => spare.pop()!));
    await insert(hub.database, records, true);
    for (const { stream, events } of records) await hub.log.append(stream, 'no-stream', events);
    await hub.projections.settled();
    await drainReactions({ ...hub, clock }, { capabilities, rules });
    await hub.projections.settled();
  }

  const board = async (by: Looker, cursor?: string, name: BoardName = 'missing'): Promise<Board> =>
    boards.execute(new ReadBoard(by, name, cursor));
  const listed = async (by: Looker, filter: Partial<DutyFilter> = {}, cursor?: string): Promise<DutyList> =>
    duties.execute(new ReadDuties(by, { of: 'all', state: 'open', ...filter }, cursor));
  const section = async (by: Looker, id = 'interviews', asked?: string): Promise<Section> =>
    (await today.execute(new ReadToday(by, by.viewer.who, asked))).sections.find((one) => one.id === id)!;
  /** Every page of a list, one after the other. */
  const pages = async <Page extends { next?: string }>(read: (cursor?: string) => Promise<Page>): Promise<Page[]> => {
    const all = [await read()];
    for (let next = all.at(-1)?.next; next !== undefined; next = all.at(-1)?.next) all.push(await read(next));
    return all;
  };
  /** How many statements a page asks. The pages have a pool of their own: what the hub does meanwhile is not theirs. */
  const statements = async (read: () => Promise<unknown>): Promise<number> => {
    const query = jest.spyOn(database, 'query');
    await read();
    const count = query.mock.calls.length;
    query.mockRestore();
    return count;
  };

  it('lists and counts what each sees, and of what is kept from them neither a row nor that there is more', async () => {
    const shown = await board(terry);
    expect([shown.interviews.length, shown.next]).toEqual([40, undefined]);
    expect((await section(terry)).items).toHaveLength(40);
    expect((await section(terry)).rest).toBeUndefined();
    // The force would see none of them held. What it owes itself of all sixty it sees.
    const force = await board(pat);
    expect([force.interviews.length, force.next]).toEqual([0, undefined]);
    expect([(await section(pat)).items, (await section(pat)).rest]).toEqual([[], undefined]);
    expect((await listed(pat)).duties.map(({ duty }) => duty.kind)).toEqual(
      Array.from({ length: 60 }, () => 'prevention-interview'),
    );
    for (const list of [await board(sky), await listed(sky), await listed(sky, { of: 'mine' })])
      expect(list).not.toHaveProperty('next');
  });

  it('says that there is more when one more is seen, and not before', async () => {
    // Of exactly as many as a page lists, however many are hidden between and after them.
    await plant(
      Array.from({ length: 14 }, (_, n) => ({
        serial: 60 + n,
        missing: { backFor: 100 - n },
        worker: 'sam.worker',
        ...(n < 10 ? {} : { handling: 'originator-only' }),
      })),
    );
    expect([(await board(terry)).interviews.length, (await board(terry)).next]).toEqual([50, undefined]);
    expect((await section(terry)).rest).toBeUndefined();
    await plant([{ serial: 80, missing: { backFor: 80 }, worker: 'sam.worker' }]);
    expect((await pages(async (cursor) => board(terry, cursor))).map(({ interviews }) => interviews.length)).toEqual([
      50, 1,
    ]);
    expect((await section(terry)).rest?.text).toBe('See every interview due on the board');
  });

  it('goes over pages without losing or repeating one, in the order of their limits', async () => {
    for (const by of [terry, pat]) {
      const rows = (await pages(async (cursor) => board(by, cursor))).flatMap(({ interviews }) => interviews);
      const due = rows.map(({ due: { duty } }) => Date.parse(duty.due!));
      expect(due).toEqual(due.toSorted((one, other) => one - other));
      expect(new Set(rows.map(({ due: { id } }) => id)).size).toBe(by === pat ? 0 : 51);
      const lists = await pages(async (cursor) => listed(by, {}, cursor));
      const all = lists.flatMap((list) => list.duties.map(({ id }) => id));
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBe(by === pat ? 75 : 102);
    }
    expect((await listed(terry, { kind: 'return-home-interview' })).duties).toHaveLength(51);
    expect((await listed(terry, { team: 'Team 1' })).duties.every(({ view }) => view.team === 'Team 1')).toBe(true);
    await expect(listed(terry, { state: 'late' }, (await listed(terry)).next)).rejects.toMatchObject({ status: 400 });
  });

  it('has whoever is missing now on the first page, whatever else there is', async () => {
    await plant(Array.from({ length: 3 }, (_, n) => ({ serial: 90 + n, missing: 'now', worker: 'sam.worker' })));
    const [first, second] = await pages(async (cursor) => board(terry, cursor));
    expect([first?.missing.length, second?.missing.length]).toEqual([3, 0]);
    expect((await section(terry, 'missing')).items).toHaveLength(3);
  });

  it('lists one’s own of what is late before the others’, though theirs have waited longer', async () => {
    const own = (await section(casey)).items.filter((item) => item.own);
    // Of Casey’s three the force keeps one to itself.
    expect(own).toHaveLength(2);
    expect((await section(casey)).items.slice(0, 2)).toEqual(own);
  });

  it('keeps on the sheet what somebody has taken or asks about, and lists the next ones for what is cleared', async () => {
    const { interviews } = (await pages(async (cursor) => board(terry, cursor))).at(-1)!;
    const last = `duty ${interviews[0]!.due.id}`;
    const items = async (asked?: string) => (await section(terry, 'interviews', asked)).items.map(({ item }) => item);
    expect(await items()).not.toContain(last);
    expect(await items(last)).toContain(last);
    await acts.execute(new ActOnItem(terry, 'Terry', 'take', last));
    expect(await items()).toContain(last);
    const before = await items();
    const cleared = before.find((item) => item !== last)!;
    await acts.execute(new ActOnItem(terry, 'Terry', 'take', cleared));
    await acts.execute(new ActOnItem(terry, 'Terry', 'done', cleared));
    const after = await section(terry);
    expect(after.items.filter(({ owned }) => owned?.doneAt !== undefined).map(({ item }) => item)).toEqual([cleared]);
    expect(new Set(after.items.map(({ item }) => item))).toEqual(new Set(before));
    expect(after.rest).toBeUndefined();
    await expect(acts.execute(new ActOnItem(sky, 'Sky', 'take', last))).rejects.toMatchObject({ status: 404 });
  });

  it('notes as shown what stands on the page, and no child of another page', async () => {
    const [first] = await pages(async (cursor) => board(terry, cursor));
    await board(terry);
    const { rows } = await hub.database.query<{ details: { children: string[] }; shown: string[] }>(
      `select details, shown from audit where what = 'board.missing' and who = 'terry.lead' order by id desc limit 1`,
    );
    const children = [...first!.missing, ...first!.interviews].map(({ view }) => view.id);
    expect(new Set(rows[0]?.details.children)).toEqual(new Set(children));
    const { rows: of } = await hub.database.query<{ child: string }>(
      `select distinct l.child from timeline t join links l on l.record = t.record where t.key = any($1::uuid[])`,
      [rows[0]?.shown],
    );
    expect(new Set(of.map(({ child }) => child))).toEqual(new Set(children));
  });

  it('notes as shown on a duty sheet what its interviews follow from, and nothing of a child whom it does not list', async () => {
    const { items } = await section(terry);
    const { rows } = await hub.database.query<{ child: string }>(
      `select distinct l.child from audit a cross join unnest(a.shown) as s (entry)
       join timeline t on t.key = s.entry join links l on l.record = t.record
       where a.id = (select max(id) from audit where what = 'today.read' and who = 'terry.lead')`,
    );
    const children = (await today.sheet(terry)).flatMap((one) => one.items.flatMap(({ child }) => child?.id ?? []));
    expect(new Set(rows.map(({ child }) => child))).toEqual(new Set(children));
    expect(items.every(({ events = [] }) => events.length > 0)).toBe(true);
  });

  it('asks no more of the database for many than for few', async () => {
    const reads = {
      today: async () => today.execute(new ReadToday(terry, 'terry.lead')),
      missing: async () => board(terry),
      exploitation: async () => board(terry, undefined, 'exploitation'),
      duties: async () => listed(terry),
    };
    const counts = async (): Promise<[string, number][]> => {
      const counted: [string, number][] = [];
      for (const [name, read] of Object.entries(reads)) counted.push([name, await statements(read)]);
      return counted;
    };
    const few = new Map(await counts());
    await plant(
      Array.from({ length: 120 }, (_, n) => ({
        serial: 200 + n,
        missing: n < 20 ? 'now' : { backFor: 400 - n },
        worker: 'sam.worker',
      })),
    );
    const many = await counts();
    expect((await board(terry)).missing).toHaveLength(23);
    // One round more, of five, where the first has rows that are kept from the reader.
    expect(many.filter(([name, count]) => count > few.get(name)! + 5)).toEqual([]);
    expect(many.filter(([, count]) => count > 40)).toEqual([]);
  });
});
