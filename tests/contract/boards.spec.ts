import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { readLooks } from '../../apps/portal/audit/audit-rows.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import { MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import {
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
} from '../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { acknowledge } from '../../libs/platform/notifications/notice-store.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };
const hari: Viewer = { who: 'hari.head', agency: 'yos', roles: ['head-of-service'] };
const robin: Viewer = { who: 'robin.social', agency: 'social-care', roles: ['social-worker'] };
const noor: Viewer = { who: 'noor.return', agency: 'social-care', roles: ['return-interviewer'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };
const sky: Viewer = { who: 'sky.school', agency: 'education', roles: ['lead'] };
const ivy: Viewer = { who: 'ivy.audit', agency: 'yos', roles: ['auditor'] };
const reactions = { capabilities, rules: loadRulebook(undefined).rules };

describe('duties, boards and loops, to each from their own sign-in', () => {
  let portal: PortalServer;
  let kit: string;
  let wren: string;
  beforeAll(async () => {
    portal = await openPortal();
    await react();
    kit = await portal.childOf('social-care', 'return-interview');
    const { rows } = await portal.hub.database.query<{ child: string }>(
      `select distinct child from board_places where board = 'missing-now' and child <> $1`,
      [kit],
    );
    wren = rows[0]!.child;
  }, 60_000);
  afterAll(async () => portal.close());

  const react = async (): Promise<void> => {
    await drainReactions(portal.hub, reactions);
    await portal.hub.projections.settled();
  };
  const page = async (viewer: Viewer, path: string): Promise<{ status: number; text: string }> => {
    const { database, keys, clock } = portal.hub;
    const sessions = new Sessions(new SessionStore(database), keys, clock);
    const cookie = `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}`;
    const response = await fetch(`${portal.url}${path}`, { headers: { cookie }, redirect: 'manual' });
    return { status: response.status, text: wordsOf(await response.text()) };
  };

  const tell = async (telling: Telling): Promise<void> => {
    await portal.hub.keep(telling);
    await drain(portal.hub);
    await portal.hub.projections.settled();
    await react();
  };

  /** The police know that a child is missing, and tell nobody else. */
  const quietReport = async (reportReference: string, subject: string): Promise<void> => {
    const about = { id: `boards-${reportReference}`, subject, time: new Date(Date.now() - 3_600_000).toISOString() };
    const event = canonicalEvent(MissingReportedSchema, { ...about, handling: 'originator-only' }, { reportReference });
    await tell({ system: 'police', door: 'events', event });
  };

  it('shows who is missing now and which interviews are due to each agency around the child', async () => {
    expect((await page(casey, '/boards/missing')).text).toMatch(
      /Missing now \(1\).*Wren Tolladay.*interviews due \(1\).*Kit Fennimoor/s,
    );
    expect((await page(robin, '/boards/missing')).text).toMatch(
      /Missing now \(0\).*interviews due \(1\).*Kit Fennimoor.*My step Return home interview/s,
    );
    expect((await page(noor, '/boards/missing')).text).toMatch(/Kit Fennimoor.*left.*My step Return home interview/s);
    // Who never sees that the interview is held is not told that it is due: that it is gone would tell them.
    const { text } = await page(pat, '/boards/missing');
    expect(text).toMatch(/Missing now \(1\).*Wren Tolladay.*interviews due \(0\)/s);
    expect(text).not.toContain('Kit Fennimoor');
  });

  it('shows the concern with what it rests on, its level, and that the service is invited', async () => {
    for (const viewer of [casey, terry, robin, pat]) {
      const { text } = await page(viewer, '/boards/exploitation');
      expect(text).toMatch(/Concerns \(1\).*Kit Fennimoor.*Level Moderate.*county lines/s);
    }
    expect((await page(casey, '/boards/exploitation')).text).toContain('YOS invited');
    // The police read no social care: the date of the discussion is not theirs.
    expect((await page(pat, '/boards/exploitation')).text).toContain('Strategy None that you may see');
  });

  it('leaves no row, no count and no name to whoever may not know the child', async () => {
    for (const path of ['/boards/missing', '/boards/exploitation', '/duties', '/duties?state=met']) {
      const { status, text } = await page(sky, path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toMatch(/Kit|Wren|Fennimoor|Tolladay|\([1-9]/);
    }
    expect((await page(robin, '/boards/missing')).text).not.toMatch(/Wren|Tolladay/);
    expect((await page(robin, '/duties')).text).not.toMatch(/Wren|Tolladay/);
    const [hidden, none] = await Promise.all(
      [wren, '00000000-0000-4000-8000-000000000000'].map(async (child) => page(robin, `/children/${child}/loop`)),
    );
    expect(hidden?.status).toBe(404);
    expect(withoutIds(hidden?.text)).toBe(withoutIds(none?.text));
    expect((await page(robin, `/duties?child=${wren}`)).status).toBe(404);
    for (const path of ['/boards/missing', '/duties', `/children/${kit}/loop`])
      expect((await page(ivy, path)).status).toBe(403);
  });

  it('counts nothing that rests on what its publisher keeps to itself', async () => {
    await quietReport('QUIET', 'nominal-70101');
    expect((await page(pat, '/boards/missing')).text).toContain('Missing now (2)');
    for (const viewer of [casey, terry, hari])
      expect((await page(viewer, '/boards/missing')).text).toContain('Missing now (1)');
    expect((await page(robin, '/boards/missing')).text).toContain('Missing now (0)');
    expect((await page(robin, `/children/${kit}/loop`)).text).not.toContain('Missing now');
  });

  it('says who was told of an episode as before when a report that is hidden has joined it', async () => {
    const told = async (): Promise<unknown> => {
      const { text } = await page(casey, `/children/${wren}/loop`);
      return [
        text.includes('Those responsible told'),
        /Who was told.*?(?=What has to be done|Duties|$)/s.exec(text)?.[0],
      ];
    };
    const before = await told();
    expect(before).toEqual([true, expect.stringContaining('Youth offending service (case holder): Reported missing')]);
    await quietReport('JOINS', 'nominal-70202');
    const { rows } = await portal.hub.database.query<{ causes: string }>(
      `select causes from notices where record = $1 and kind = 'missing-reported' and state = 'told'`,
      [wren],
    );
    expect(Math.max(...rows.map(({ causes }) => causes.split(' ').length))).toBeGreaterThan(1);
    expect(await told()).toEqual(before);
  });

  it('lists duties late ones first, with rule, authority and limit in words, by owner and state', async () => {
    const all = (await page(casey, '/duties')).text;
    expect(all).toMatch(
      /Kit Fennimoor.*Return home interview.*Owner Social care \(social worker\).*72 hours.*A3: DfE statutory guidance/s,
    );
    expect((await page(casey, '/duties?of=mine')).text).toContain('Take part in the strategy discussion');
    expect((await page(robin, '/duties?of=mine')).text).toContain('Return home interview');
    expect((await page(terry, '/duties?of=agency')).text).not.toContain('Owner Social care');
    for (const wrong of ['of=theirs', 'state=gone', `kind=${'x'.repeat(201)}`, 'of=mine&of=all']) {
      expect((await page(casey, `/duties?${wrong}`)).status).toBe(400);
    }
  });

  it('tells the steps, who was told of what, and duties with their clocks, of what the reader sees', async () => {
    const { text } = await page(casey, `/children/${kit}/loop`);
    expect(text).toMatch(
      /Reported missing.*Graded: high.*Those responsible told.*Found.*Back in care.*Return home interview to come.*Closed to come/s,
    );
    expect(text).toMatch(/Who was told.*Youth offending service \(case holder\): Reported missing/s);
    expect(text).toMatch(/Concern about exploitation: moderate/);
    expect((await page(pat, `/children/${kit}/loop`)).text).not.toContain('Was with people met at the bus station');
    expect(text).toContain('Was with people met at the bus station');
  });

  it('tells whoever may not see an interview nothing when it is held, and whoever may that it was', async () => {
    const told = async (viewer: Viewer): Promise<unknown> => {
      const loop = (await page(viewer, `/children/${kit}/loop`)).text;
      const lists = await Promise.all(
        ['/duties', '/duties?state=met', '/boards/missing'].map(async (path) => (await page(viewer, path)).text),
      );
      return {
        told: /Who was told.*?(?=What has to be done|Duties|$)/s.exec(loop)?.[0],
        interview: /Return home interview (to come|not shown to you)/.exec(loop)?.[1],
        closed: [...loop.matchAll(/Closed (to come|not shown to you)/g)].map(([, words]) => words),
        listed: lists.map((text) => /Return home interview|Use the return interview/.exec(text)?.[0]),
      };
    };
    const [police, ours] = [await told(pat), await told(casey)];
    expect(police).toMatchObject({
      ...{ interview: 'not shown to you', closed: expect.arrayContaining(['not shown to you']) as unknown },
      listed: [undefined, undefined, undefined],
    });
    expect(ours).toMatchObject({
      interview: 'to come',
      closed: ['to come', 'to come', 'to come'],
      listed: ['Return home interview', undefined, 'Return home interview'],
    });
    const event = canonicalEvent(
      ReturnInterviewRecordedSchema,
      { id: 'boards-held', subject: '870101', time: new Date(Date.now() - 60_000).toISOString() },
      { interviewReference: 'RI-BOARDS', episodeReference: 'MR-26-0150', outcome: Outcome.COMPLETED },
    );
    await tell({ system: 'social-care', door: 'events', event });
    expect(await told(pat)).toEqual(police);
    expect(await told(casey)).toMatchObject({
      interview: undefined,
      listed: ['Use the return interview', 'Return home interview', 'Use the return interview'],
    });
  });

  it('says who has acknowledged what they were told', async () => {
    const { rows } = await portal.hub.database.query<{ key: string }>(
      `select key from notices where record = $1 and capability = 'missing' and to_agency = 'yos' order by position`,
      [kit],
    );
    const at = new Date().toISOString();
    const by = { who: 'casey.manager', agency: 'yos', name: 'Casey Manager', role: 'named-case-manager' };
    const [first, ...rest] = rows.map(({ key: notice }) => ({ ...by, notice, at, correlationId: randomUUID() }));
    await acknowledge(portal.hub.database, [first!]);
    expect((await page(robin, `/children/${kit}/loop`)).text).toMatch(
      /\(case holder\): Reported missing, [^(]* Acknowledged by Casey Manager/,
    );
    // Who has acknowledged the report has still to acknowledge the return.
    expect((await page(robin, '/boards/missing')).text).toMatch(/0 of \d+ acknowledged .*\(case holder\): not yet/);
    await acknowledge(portal.hub.database, rest);
    expect((await page(robin, '/boards/missing')).text).toMatch(
      /1 of \d+ acknowledged .*\(case holder\): Casey Manager, /,
    );
    expect((await page(robin, '/boards/missing')).text).toContain('Police (officer)');
  });

  it('shows who is missing now, however many interviews have been late for long', async () => {
    await portal.hub.database.query(
      `insert into board_places (child, capability, board, cause, at)
       select $1, 'missing', 'interviews-due', md5(n::text), now() - interval '1 year' from generate_series(1, 1200) n`,
      [kit],
    );
    expect((await page(casey, '/boards/missing')).text).toMatch(/Missing now \(1\).*Wren Tolladay/s);
  });

  it('writes every look down, under each child who stood there, with what it rests on', async () => {
    await page(terry, '/boards/missing');
    const ofKit = await readLooks(portal.hub.database, { filter: { child: kit }, limit: 1_000 });
    const entries = new Map(ofKit.map((look) => [look.what, look.entries]));
    for (const what of ['board.missing', 'duties.read', 'loop.read'])
      expect([what, (entries.get(what) ?? 0) > 0]).toEqual([what, true]);
    const { rows } = await portal.hub.database.query<{ what: string }>(
      `select distinct what from audit where what in ('board.missing', 'board.exploitation', 'loop.read', 'duties.read') order by what`,
    );
    expect(rows.map(({ what }) => what)).toEqual(['board.exploitation', 'board.missing', 'duties.read', 'loop.read']);
  });
});

/** What a page says, without its marks. */
function wordsOf(html: string): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? html;
  return main
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,;:])/g, '$1');
}

function withoutIds(text = ''): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}
