import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eraseChild } from '../../apps/ops/erase/erase.js';
import { Looks } from '../../apps/portal/looks/looks.js';
import { BreakGlasses } from '../../apps/portal/break-glass/break-glasses.js';
import { ReviewQueue } from '../../apps/portal/break-glass/review-queue.js';
import type { Looker } from '../../apps/portal/looks/looker.js';
import { sighted } from '../../apps/portal/timeline/child-entries.js';
import type { StatedPurpose, Viewer } from '../../libs/disclosure/terms.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import { openGrant } from '../../libs/platform/break-glass/grants.js';
import { verifyChain } from '../../libs/platform/audit/verify-chain.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

// Neither holds nor covers the case of either child.
const jo: Viewer = { who: 'jo.worker', agency: 'yos', roles: ['case-manager'] };
const sam: Viewer = { who: 'sam.worker', agency: 'yos', roles: ['case-manager'] };
const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };
const sky: Viewer = { who: 'sky.school', agency: 'education', roles: ['lead'] };
const ivy: Viewer = { who: 'ivy.audit', agency: 'yos', roles: ['auditor'] };
const reason = 'She has taken something and the ambulance asks what she is on';

describe('breaking the glass', () => {
  let portal: PortalServer;
  let chain: AuditChain;
  let glasses: BreakGlasses;
  let queue: ReviewQueue;
  let wren: string;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    const { hub } = portal;
    chain = await AuditChain.open(hub);
    const looks = new Looks(chain, hub.clock, hub.metrics);
    glasses = new BreakGlasses(hub, looks, 60);
    queue = new ReviewQueue(hub, looks, 3);
    kit = await portal.childOf('court', 'court');
    const found = await apiReader(portal).get(jo, '?q=tolladay');
    wren = ((await found.json()) as { children: { id: string }[] }).children[0]!.id;
    const health = { agency: 'health', handling: '' };
    await portal.record(wren, { ...health, category: 'health-detail' }, 'what she is treated for');
    await portal.record(wren, { ...health, category: 'health-detail', handling: 'existence-discloses' }, 'quiet');
    await portal.record(wren, { agency: 'police', category: 'intelligence', handling: '' }, 'intelligence');
    await portal.record(wren, { agency: 'police', category: 'victim', handling: '' }, 'victim');
  }, 60_000);
  afterAll(async () => {
    await chain.close();
    await portal.close();
  });

  const lookerOf = (viewer: Viewer, purpose: StatedPurpose = 'case-management'): Looker => ({
    viewer,
    purpose,
    correlationId: crypto.randomUUID(),
  });
  async function categoriesSeen(looker: Looker, child: string): Promise<string[] | undefined> {
    const seen = await sighted(portal.hub.database, looker, child);
    return seen && [...new Set(seen.shown.map(({ category, handling }) => `${category} ${handling}`.trim()))].sort();
  }
  const now = async (viewer: Viewer, child = wren) => glasses.towards(lookerOf(viewer), child);
  const all = async () =>
    (
      await portal.hub.database.query<{ id: string; who: string; child: string }>(
        'select id, who, child from break_glass',
      )
    ).rows;

  it('opens what is withheld for that person and child, and nothing that is hidden, a victim or intelligence', async () => {
    const before = await categoriesSeen(lookerOf(jo), wren);
    expect(before).not.toContain('health-detail');
    await glasses.open(lookerOf(jo), wren, reason);
    const { looker, live } = await now(jo);
    expect(live?.id).toBe((await all())[0]?.id);
    expect(looker.purpose).toBe('emergency');
    expect(await categoriesSeen(looker, wren)).toEqual([...before!, 'health-detail'].sort());
  });

  it('opens nothing to another person, of another child, or through the API', async () => {
    expect((await now(sam)).live).toBeUndefined();
    expect((await now({ ...jo, agency: 'police', roles: ['officer'] })).live).toBeUndefined();
    expect((await now(jo, kit)).live).toBeUndefined();
    const { looker } = await now(jo);
    expect(await categoriesSeen(looker, kit)).toBeUndefined();
    const reader = apiReader(portal);
    const page = await reader.page(jo, wren);
    expect(page.entries.map(({ category }) => category)).not.toContain('health-detail');
    const stated = await reader.get(jo, `/${wren}/timeline`, { 'hub-purpose': 'emergency' });
    expect(stated.status).toBe(403);
    for (const system of ['yos', 'police'])
      expect(
        (
          await reader.get({ who: system, agency: system, roles: ['system'] }, `/${wren}/timeline`, {
            'hub-purpose': 'emergency',
          })
        ).status,
      ).toBe(403);
  });

  it('is one grant however often, and however much at once, it is asked for', async () => {
    await Promise.all(Array.from({ length: 8 }, async () => glasses.open(lookerOf(jo), wren, reason)));
    expect(await all()).toHaveLength(1);
  });

  it('is answered like any page that is not theirs to a role without rows, and like no child where there is none', async () => {
    await expect(glasses.ask(lookerOf(sky, 'safeguarding'), wren)).rejects.toMatchObject({
      status: 403,
      code: 'not-for-role',
    });
    await expect(glasses.ask(lookerOf(jo), crypto.randomUUID())).rejects.toMatchObject({ status: 404 });
  });

  it('closes when it has run out or was ended, also for whoever still holds an open page', async () => {
    const { looker } = await now(jo);
    await portal.hub.database.query(`update break_glass set ends_at = clock_timestamp() where who = 'jo.worker'`);
    expect((await now(jo)).live).toBeUndefined();
    expect(await categoriesSeen(looker, wren)).toBeUndefined();
    await glasses.open(lookerOf(jo), wren, reason);
    expect((await now(jo)).looker.purpose).toBe('emergency');
    await glasses.end(lookerOf(jo), wren);
    expect((await now(jo)).live).toBeUndefined();
  });

  it('writes down an end only of what is open, and an opening once', async () => {
    const acts = async (): Promise<string[]> => {
      const { rows } = await portal.hub.database.query<{ what: string }>(
        `select what from audit where who = 'jo.worker' and what in ('break-glass.open', 'break-glass.end') order by id`,
      );
      return rows.map(({ what }) => what);
    };
    const before = await acts();
    await glasses.end(lookerOf(jo), wren);
    await glasses.end(lookerOf(jo), crypto.randomUUID());
    expect(await acts()).toEqual(before);
    await glasses.open(lookerOf(jo), wren, reason);
    await glasses.open(lookerOf(jo), wren, reason);
    await glasses.end(lookerOf(jo), wren);
    expect((await acts()).slice(before.length)).toEqual(['break-glass.open', 'break-glass.end']);
    await portal.hub.database.query(`delete from break_glass where began_at = (select max(began_at) from break_glass)`);
  });

  it('is told to who audits although they may not know the child: without its name, its id or the reason', async () => {
    const { rows } = await portal.hub.database.query<{ id: string }>(
      'insert into children values (gen_random_uuid(), true, now()) returning id',
    );
    const pat = { who: 'pat.constable', agency: 'police', roles: ['officer'], purpose: 'safeguarding' };
    const grant = await openGrant(portal.hub.database, portal.hub.keys, {
      ...pat,
      child: rows[0]!.id,
      reason,
      minutes: 60,
    });
    const theirs = grant!.id;
    const told = (await queue.read(lookerOf(ivy, 'audit'))).find(({ id }) => id === theirs);
    expect(told).toMatchObject({ who: 'pat.constable', known: false });
    expect(told).not.toHaveProperty('reason');
    expect(told).not.toHaveProperty('childName');
    expect((await queue.read(lookerOf(terry, 'supervision-of-staff'))).map(({ id }) => id)).not.toContain(theirs);
    await queue.review(lookerOf(ivy, 'audit'), theirs, 'follow-up', 'Asked the force');
    await portal.hub.database.query('delete from break_glass where id = $1', [theirs]);
  });

  it('is reviewed by somebody else, once, and is late after the days there are', async () => {
    const items = await queue.read(lookerOf(terry, 'supervision-of-staff'));
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      who: 'jo.worker',
      childName: 'Wren Tolladay',
      reason,
      late: false,
      own: false,
    });
    await portal.hub.database.query(`update break_glass set began_at = began_at - interval '4 days' where id = $1`, [
      items[1]!.id,
    ]);
    const [late, other] = await queue.read(lookerOf(ivy, 'audit'));
    expect([late!.id, late!.late, other!.late]).toEqual([items[1]!.id, true, false]);
    const own = { ...terry, who: 'jo.worker' };
    await expect(
      queue.review(lookerOf(own, 'supervision-of-staff'), late!.id, 'justified', 'I had to'),
    ).rejects.toMatchObject({
      code: 'own-break-glass',
    });
    await glasses.open(lookerOf(jo), wren, reason);
    const live = (await queue.read(lookerOf(terry, 'supervision-of-staff'))).find((item) => item.live);
    const review = async (viewer: Viewer) =>
      queue.review(
        lookerOf(viewer, viewer === ivy ? 'audit' : 'supervision-of-staff'),
        live!.id,
        'not-justified',
        'No ambulance was called',
      );
    const both = await Promise.allSettled([review(terry), review(ivy)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await now(jo)).live).toBeUndefined();
  });

  it('shows a manager nothing of a child whom they may not know', async () => {
    const nobody: Viewer = { ...terry, agency: 'health' };
    expect(await queue.read(lookerOf(nobody, 'supervision-of-staff'))).toEqual([]);
    const [{ id } = { id: '' }] = await all();
    await expect(
      queue.review(lookerOf(nobody, 'supervision-of-staff'), id, 'justified', 'it was right'),
    ).rejects.toMatchObject({
      status: 404,
    });
  });

  it('is in the audit’s chain: asked for, ended, reviewed, and without its reason', async () => {
    const { rows } = await portal.hub.database.query<{ what: string }>(
      `select distinct what from audit where what like 'break-glass.%' and what not like '%.queue' order by what`,
    );
    expect(rows.map(({ what }) => what)).toEqual([
      'break-glass.ask',
      'break-glass.end',
      'break-glass.open',
      'break-glass.review',
    ]);
    const text = JSON.stringify((await portal.hub.database.query('select details from audit')).rows);
    expect(text).not.toMatch(/ambulance/);
    expect((await verifyChain(portal.hub.database, portal.hub.keys, () => undefined)).broken).toBeUndefined();
  });

  it('is nothing after an erasure: no grant, no reason, and the fact that it was', async () => {
    await glasses.open(lookerOf(jo), wren, reason);
    const { looker } = await now(jo);
    const before = (await all()).length;
    await eraseChild({ child: wren, reason: 'asked for', who: 'test', despiteHold: 'a test' }, portal.hub);
    expect((await now(jo)).live).toBeUndefined();
    expect(await categoriesSeen(looker, wren)).toBeUndefined();
    const { rows } = await portal.hub.database.query<{ reason: Buffer; comment: Buffer | null; key_id: string }>(
      'select reason, comment, key_id from break_glass',
    );
    expect(rows).toHaveLength(before);
    expect(rows.every((row) => row.reason.length === 0 && row.comment === null)).toBe(true);
    expect((await portal.hub.keys.find(rows.map((row) => row.key_id))).size).toBe(0);
    await expect(glasses.open(lookerOf(jo), wren, reason)).rejects.toMatchObject({ status: 404 });
  });
});
