import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditPage } from '../../apps/portal/audit/read-audit.query.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { dayInLondon } from '../../libs/kernel/london.js';
import { verify } from '../../apps/ops/verify/verify.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };
const sky: Viewer = { who: 'sky.school', agency: 'education', roles: ['lead'] };
const ivy: Viewer = { who: 'ivy.audit', agency: 'yos', roles: ['auditor'] };
const police: Viewer = { who: 'police', agency: 'police', roles: ['system'] };
const nobody = '3f0c4a8e-1d1b-4b57-9a0e-0d6cbb6f2b10';

describe('the audit', () => {
  let portal: PortalServer;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
    const { get } = apiReader(portal);
    await get(casey, `/${kit}/timeline`);
    await get(pat, `/${kit}/timeline`);
    await get(casey, '?q=fenni');
    for (let n = 0; n < 12; n += 1) await get(sky, `/${kit}/timeline`);
    await get(pat, `/${nobody}/timeline`);
    await get(police, `/${kit}/timeline`, { 'hub-purpose': 'safeguarding' });
  }, 60_000);
  afterAll(async () => portal.close());

  async function ask(viewer: Viewer, query = '', headers = {}): Promise<Response> {
    const token = await portal.token(viewer);
    return fetch(`${portal.url}/v1/audit${query}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  }
  async function page(query = ''): Promise<AuditPage> {
    const response = await ask(ivy, query);
    expect(response.status).toBe(200);
    return (await response.json()) as AuditPage;
  }

  it('says who looked at a child, newest first, machines too, and names the child to whom may know it', async () => {
    const { looks } = await page(`?child=${kit}`);
    const of = looks
      .filter(({ outcome }) => outcome === 'shown')
      .map(({ who, agency, purpose }) => [who, agency, purpose]);
    expect(of).toEqual([
      ['police', 'police', 'safeguarding'],
      // In a list: one look at all who stood there.
      ['casey.manager', 'yos', 'case-management'],
      ['pat.constable', 'police', 'safeguarding'],
      ['casey.manager', 'yos', 'case-management'],
    ]);
    expect(looks.filter(({ outcome }) => outcome === 'shown').map(({ what }) => what)).toEqual([
      'timeline.read',
      'children.search',
      'timeline.read',
      'timeline.read',
    ]);
    expect(looks.map(({ at }) => at)).toEqual(
      looks
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(looks.every(({ child, childName }) => child === null || childName === 'Kit Fennimoor')).toBe(true);
    const casey = looks.at(-1);
    expect(casey?.entries).toBeGreaterThan(20);
    expect((await page(`?child=${nobody}`)).looks[0]).not.toHaveProperty('childName');
  });

  it('finds by person, purpose, outcome and day, together', async () => {
    const who = async (query: string): Promise<Set<string>> =>
      new Set((await page(query)).looks.map((look) => look.who));
    expect(await who('?who=sky.school&outcome=not-found')).toEqual(new Set(['sky.school']));
    expect((await page('?who=sky.school&outcome=not-found')).looks).toHaveLength(12);
    expect(await who('?who=sky.school&outcome=shown')).toEqual(new Set());
    expect(await who('?purpose=safeguarding&outcome=shown')).toEqual(new Set(['pat.constable', 'police']));
    expect(await who('?who=casey.manager&day=2020-02-29')).toEqual(new Set());
    const today = dayInLondon(new Date().toISOString());
    expect((await page(`?who=casey.manager&day=${today}`)).looks.length).toBeGreaterThan(0);
  });

  it('says nothing of what was read, searched for or written: no title, no name but the child’s, no text', async () => {
    const text = JSON.stringify(await page());
    expect(text).not.toMatch(/fenni(?!moor)|"details"|"shown":\[|Missing|Charged|summary":"|lines/);
  });

  it('sums up a day: looks per agency and purpose, and who tried out addresses', async () => {
    const { summary } = await page();
    expect(summary?.looks).toContainEqual({ agency: 'education', purpose: 'safeguarding', count: 12 });
    expect(summary?.bursts.map(({ who }) => who)).toEqual(['sky.school']);
    expect(summary?.emergencies).toBe(0);
  });

  it('is read page by page without losing or repeating a look, and a cursor is good for its own question only', async () => {
    for (let n = 0; n < 60; n += 1) await apiReader(portal).get(sky, `/${nobody}/timeline`);
    const first = await page('?who=sky.school');
    const second = await page(`?who=sky.school&cursor=${first.next}`);
    const ids = [...first.looks, ...second.looks].map(({ id }) => id);
    expect(ids).toHaveLength(72);
    expect(new Set(ids).size).toBe(72);
    expect(second.next).toBeUndefined();
    expect((await ask(ivy, `?who=pat.constable&cursor=${first.next}`)).status).toBe(400);
  });

  it('is recorded itself: who read it, and what they asked for', async () => {
    await page(`?child=${kit}&outcome=shown`);
    const { looks } = await page('?who=ivy.audit');
    expect(looks[0]).toMatchObject({ what: 'audit.read', purpose: 'audit', child: kit, outcome: 'shown' });
  });

  it('is for nobody whom the policy does not name, nor for another purpose', async () => {
    for (const viewer of [casey, terry, pat])
      expect([viewer.who, (await ask(viewer)).status]).toEqual([viewer.who, 403]);
    expect((await ask(police)).status).toBe(400);
    expect((await ask(police, '', { 'hub-purpose': 'safeguarding' })).status).toBe(403);
    expect((await ask(ivy, '', { 'hub-purpose': 'learning-review' })).status).toBe(403);
    const everything = await portal.hub.database.query(
      `select from audit where what = 'audit.read' and who <> 'ivy.audit'`,
    );
    expect(everything.rowCount).toBe(0);
  });

  it.each([
    ['a child that is no id', 'child=kit'],
    ['a day that does not exist', 'day=2026-02-30'],
    ['a purpose nobody has', 'purpose=curiosity'],
    ['an unknown outcome', 'outcome=maybe'],
    ['a name beyond measure', `who=${'x'.repeat(201)}`],
  ])('refuses %s with the field', async (_what, query) => {
    const response = await ask(ivy, `?${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { pointer: string }).pointer).toBe(query.split('=')[0]);
  });

  it('holds as a chain after all of it', async () => {
    const found = await verify(portal.hub, () => undefined);
    expect(found.problems).toEqual([]);
    expect(found.looks).toBeGreaterThan(80);
  });
});
