import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Looker } from '../../apps/portal/looks/looker.js';
import { lookOut } from '../../apps/worker/watch/watch.js';
import { MissingFoundSchema, MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { ComplexInvestigationOpenedSchema } from '../../libs/contracts/gen/hub/police/v1/safeguarding_pb.js';
import {
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
} from '../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { purposeOf } from '../../libs/disclosure/pages.js';
import { dayInLondon, startOfDayLondon } from '../../libs/kernel/london.js';
import { usualSources } from '../../libs/sources/cadence.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { looker, openDutySheets, type DutySheets } from './duty-sheets.js';

const dana = looker('dana.duty', 'duty-officer', 'duty');
const terry = looker('terry.lead', 'team-manager', 'supervision-of-staff');
const casey = looker('casey.manager', 'case-manager', 'case-management');
const robin = looker('robin.social', 'social-worker', 'safeguarding', 'social-care');
const noor = looker('noor.return', 'return-interviewer', 'safeguarding', 'social-care');
const pat = looker('pat.constable', 'officer', 'safeguarding', 'police');
const hari = looker('hari.head', 'head-of-service', 'supervision-of-staff');
const watch = { sources: usualSources, expectant: true, escalateMinutes: 15 };

describe('the duty sheet', () => {
  let sheets: DutySheets;
  beforeAll(async () => {
    sheets = await openDutySheets();
    await lookOut(sheets.hub, watch);
  }, 60_000);
  afterAll(async () => sheets.close());

  const items = async (by: Looker, section: string) => sheets.items(by, section);
  const act = async (...doing: Parameters<DutySheets['act']>) => sheets.act(...doing);
  const names = async (by: Looker, section: string) => (await items(by, section)).map(({ child }) => child?.name);

  it('says what is true today, to whoever acts for the service', async () => {
    for (const by of [dana, terry]) {
      expect(await names(by, 'missing')).toEqual(['Wren Tolladay']);
      expect(await names(by, 'overnight')).toEqual(['Rowan Hexley']);
      expect(await names(by, 'hearings')).toEqual(['Kit Fennimoor']);
      expect(await names(by, 'unallocated')).toEqual(['Rowan Hexley']);
      expect(await items(by, 'messages')).toMatchObject([
        { title: 'A message from Police that may report a missing child could not be read' },
      ]);
    }
    expect((await items(dana, 'messages'))[0]?.detail).toMatch(/Ring the sender: reference [0-9a-f-]{36}/);
    expect((await items(dana, 'unallocated'))[0]?.detail).toBe('Hearing to come, Arrested lately. Never allocated.');
  });

  it('shows a case manager children with an open case, their own and those they cover marked, and no messages', async () => {
    const ids = (await sheets.read(casey)).sections.map(({ id }) => id);
    expect(ids).toEqual([
      'notices',
      'missing',
      'interviews',
      'overnight',
      'hearings',
      'releases',
      'duties',
      'appointments',
    ]);
    expect(await items(casey, 'missing')).toMatchObject([{ own: true, child: { name: 'Wren Tolladay' } }]);
    expect(await names(casey, 'overnight')).toEqual([]);
    const other = looker('sam.worker', 'case-manager', 'case-management');
    expect(await items(other, 'hearings')).toMatchObject([{ own: false, child: { name: 'Kit Fennimoor' } }]);
  });

  it('shows nothing that the policy withholds: what a force keeps to itself is on no sheet', async () => {
    const report = (reference: string, handling?: string): Telling => ({
      system: 'police',
      door: 'events',
      event: canonicalEvent(
        MissingReportedSchema,
        {
          id: `today-${reference}`,
          subject: 'nominal-70101',
          time: new Date(sheets.now - 3_600_000).toISOString(),
          ...(handling === undefined ? {} : { handling }),
        },
        { reportReference: reference },
      ),
    });
    await sheets.tell(report('QUIET', 'originator-only'));
    for (const by of [dana, terry, casey]) expect(await names(by, 'missing')).toEqual(['Wren Tolladay']);
    await sheets.tell(report('LOUD'));
    expect(new Set(await names(dana, 'missing'))).toEqual(new Set(['Wren Tolladay', 'Kit Fennimoor']));
    const told = { id: 'today-found', subject: 'nominal-70101', time: new Date(sheets.now).toISOString() };
    const event = canonicalEvent(MissingFoundSchema, told, { reportReference: 'LOUD' });
    await sheets.tell({ system: 'police', door: 'events', event });
    expect(await names(dana, 'missing')).toEqual(['Wren Tolladay']);
  });

  it('gives each agency a seat of its own: notices, who is missing, interviews and duties, of the children it may know', async () => {
    const own = ['notices', 'missing', 'interviews', 'duties'];
    for (const by of [robin, noor, pat]) {
      expect(purposeOf(by.viewer, 'today')).toBe(by.purpose);
      expect((await sheets.read(by)).sections.map(({ id }) => id)).toEqual(own);
    }
    for (const by of [robin, noor])
      expect(await items(by, 'interviews')).toMatchObject([
        { title: 'Return home interview', child: { name: 'Kit Fennimoor' }, mine: true },
      ]);
    // The police never see that it is held: that it is gone would tell them.
    expect(await items(pat, 'interviews')).toEqual([]);
    // The authority has no record of the other child.
    expect([await names(robin, 'missing'), await names(pat, 'missing')]).toEqual([[], ['Wren Tolladay']]);
    const prevention = { title: 'Prevention interview by the police', mine: true, late: false };
    const duties = await items(pat, 'duties');
    expect(duties).toMatchObject(duties.map(() => ({ ...prevention, child: { name: 'Kit Fennimoor' } })));
    expect(duties[0]?.detail).toMatch(/Without delay, no deadline\. Open for .* Rule A2/);
    expect((await items(robin, 'notices')).map(({ title }) => title)).toContain('Back from being missing');
    expect(purposeOf(hari.viewer, 'today')).toBe(hari.purpose);
    expect(await names(hari, 'missing')).toEqual(['Wren Tolladay']);
    expect((await sheets.read(hari)).sections.map(({ id }) => id)).not.toContain('messages');
  });

  it('says who has an item among those of one agency, and of one authority, and hands it over to nobody else', async () => {
    const [ours] = await items(robin, 'interviews');
    expect(await act(robin, 'take', ours!.item)).toMatchObject({ owner: 'robin.social' });
    expect((await items(noor, 'interviews'))[0]?.owned).toMatchObject({ owner: 'robin.social' });
    const devi = looker('devi.derby', 'social-worker', 'safeguarding', 'social-care', 'E06000015');
    for (const by of [dana, devi]) expect((await items(by, 'interviews'))[0]?.owned).toBeUndefined();
    await expect(act(pat, 'done', ours!.item)).rejects.toMatchObject({ status: 404 });
    expect((await sheets.read(robin)).colleagues.map(({ who }) => who).toSorted()).toEqual([
      'noor.return',
      'robin.social',
    ]);
    expect((await sheets.read(dana)).colleagues.map(({ who }) => who)).not.toContain('robin.social');
    await expect(act(robin, 'hand-over', ours!.item, 'dana.duty')).rejects.toMatchObject({ status: 400 });
  });

  it('writes every look down with the children and entries shown, before it is shown', async () => {
    const [item] = await items(dana, 'missing');
    const { rows } = await sheets.hub.database.query<{ details: { children: string[] }; shown: string[] }>(
      `select details, shown from audit where what = 'today.read' and who = 'dana.duty' order by id desc limit 1`,
    );
    expect(rows[0]?.details.children).toContain(item?.child?.id);
    expect(rows[0]?.shown).toEqual(expect.arrayContaining([...(item?.events ?? [])]));
    expect(JSON.stringify(rows)).not.toMatch(/Wren|Tolladay/);
  });

  it('of two who take an item at once one has it, and the other is told who', async () => {
    const [item] = await items(dana, 'missing');
    const both = await Promise.all([act(dana, 'take', item!.item), act(terry, 'take', item!.item)]);
    expect(new Set(both.map((owned) => owned?.owner)).size).toBe(1);
    const winner = both[0]!.owner;
    const { rows } = await sheets.hub.database.query('select action, who from duty_actions where item = $1', [
      item!.item,
    ]);
    expect(rows).toEqual([{ action: 'take', who: winner }]);
  });

  it('only whoever has an item clears it, and hands it over to a colleague there is; a team manager hands over others’', async () => {
    const [item] = await items(dana, 'overnight');
    await act(dana, 'take', item!.item);
    expect(await act(terry, 'done', item!.item)).toMatchObject({ owner: 'dana.duty' });
    expect((await items(terry, 'overnight'))[0]?.owned?.doneAt).toBeUndefined();
    await expect(act(dana, 'hand-over', item!.item, 'nobody.here')).rejects.toMatchObject({ status: 400 });
    expect(await act(dana, 'hand-over', item!.item, 'sam.worker')).toMatchObject({ owner: 'sam.worker' });
    expect(await act(dana, 'done', item!.item)).toMatchObject({ owner: 'sam.worker' });
    expect(await act(terry, 'hand-over', item!.item, 'terry.lead')).toMatchObject({ owner: 'terry.lead' });
    expect(await act(terry, 'done', item!.item)).toHaveProperty('doneAt');
    const { rows } = await sheets.hub.database.query(
      'select action, who, to_whom from duty_actions where item = $1 order by id',
      [item!.item],
    );
    expect(rows).toEqual([
      { action: 'take', who: 'dana.duty', to_whom: null },
      { action: 'hand-over', who: 'dana.duty', to_whom: 'sam.worker' },
      { action: 'hand-over', who: 'terry.lead', to_whom: 'terry.lead' },
      { action: 'done', who: 'terry.lead', to_whom: null },
    ]);
  });

  it('an item that is not on one’s sheet is not found, whether there is one or not', async () => {
    const [unread] = await items(dana, 'messages');
    for (const item of [unread!.item, 'missing nobody']) {
      await expect(act(casey, 'take', item)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('what was cleared leaves with the day: what still stands comes back to nobody, what was done once does not', async () => {
    const [unread] = await items(dana, 'messages');
    const [missing] = await items(dana, 'unallocated');
    for (const { item } of [unread!, missing!]) {
      await act(dana, 'take', item);
      await act(dana, 'done', item);
    }
    expect((await items(dana, 'messages'))[0]?.owned).toMatchObject({ owner: 'dana.duty', doneAt: expect.any(String) });
    const before = sheets.now;
    sheets.now =
      Date.parse(startOfDayLondon(dayInLondon(new Date(sheets.now + 86_400_000).toISOString()))) + 8 * 3_600_000;
    try {
      expect(await items(dana, 'messages')).toEqual([]);
      const again = await items(dana, 'unallocated');
      expect(again.map(({ item, owned }) => [item, owned])).toEqual([[missing!.item, undefined]]);
      expect(await act(terry, 'take', missing!.item)).toMatchObject({ owner: 'terry.lead' });
    } finally {
      sheets.now = before;
    }
  });

  it('lists interviews and duties late ones first, with rule and authority, amber where nobody has verified the rule', async () => {
    const event = canonicalEvent(
      ComplexInvestigationOpenedSchema,
      { id: 'today-complex', subject: 'nominal-70101', time: new Date(sheets.now - 3_600_000).toISOString() },
      { investigationReference: 'OP-9' },
    );
    const held = canonicalEvent(
      ReturnInterviewRecordedSchema,
      { id: 'today-interview', subject: '870101', time: new Date(sheets.now - 3_600_000).toISOString() },
      { interviewReference: 'RHI-9', episodeReference: 'LOUD', outcome: Outcome.COMPLETED, summary: 'Said little.' },
    );
    await sheets.tell(
      { system: 'police', door: 'events', event },
      { system: 'social-care', door: 'events', event: held },
    );
    const use = 'Use the return interview in the plan';
    const late = { marks: ['Late'], amber: [], late: true };
    const before = sheets.now;
    sheets.now += 9 * 86_400_000;
    try {
      const interviews = await items(casey, 'interviews');
      expect(interviews.find(({ title }) => title === 'Return home interview')).toMatchObject(late);
      expect(interviews.filter(({ title }) => title === use)).toMatchObject([
        { marks: [], amber: ['Amber: rule not verified'], late: true, mine: true, child: { name: 'Kit Fennimoor' } },
      ]);
      const duties = await items(casey, 'duties');
      expect(duties.map(({ late: is }) => is === true)).toEqual(
        duties.map(({ late: is }) => is === true).toSorted((one, other) => Number(other) - Number(one)),
      );
      expect(duties[0]).toMatchObject({ ...late, title: 'Take part in the strategy discussion', mine: true });
      expect(duties[0]?.detail).toMatch(/\(case holder\)\. Due .* late\. Rule B2: /);
      const contribute = duties.find(({ title }) => title === 'Contribute to the complex investigation');
      expect(contribute).toMatchObject({ marks: [], late: false, mine: true });
      expect(contribute?.detail).toMatch(/\(case holder\)\. Without delay, no deadline.*Rule B6: Joint inspection/);
      // Nobody's duty is on the sheet twice.
      expect(duties.filter(({ item }) => interviews.some((other) => other.item === item))).toEqual([]);
      const owner = await act(casey, 'take', interviews[0]!.item);
      expect(owner).toMatchObject({ owner: 'casey.manager' });
    } finally {
      sheets.now = before;
    }
  });

  it('its rows are the same when they are built anew', async () => {
    const rows = async (name: string) =>
      (await sheets.hub.database.query<Record<string, unknown>>(`select * from ${name} order by key`)).rows;
    const [live, covers] = [await rows('duty'), await rows('cover')];
    expect(live.length).toBeGreaterThan(10);
    await sheets.hub.projections.rebuild('duty');
    await sheets.hub.projections.rebuild('cover');
    expect(await rows('duty')).toEqual(live);
    expect(await rows('cover')).toEqual(covers);
  });
});
