import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import type { AgencyKnew, Knew } from '../../libs/timeline/shown.fold.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const toni: Viewer = { who: 'toni.manager', agency: 'yos', roles: ['team-manager'] };
const avery: Viewer = { who: 'avery.auditor', agency: 'yos', roles: ['auditor'] };
const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const robin: Viewer = { who: 'robin.social', agency: 'social-care', roles: ['social-worker'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };
const review = { 'hub-purpose': 'learning-review' };

interface Answer {
  asKnownAt: string;
  agencies: AgencyKnew[];
  unattributedLooks: number;
  notices: string;
  entries?: { id: string; agency: string; lines: { value: string }[]; knew: Knew }[];
  next?: string;
}

describe('what each agency had been shown', () => {
  let portal: PortalServer;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
  }, 60_000);
  afterAll(async () => portal.close());

  const get = async (viewer: Viewer, query = '', headers: object = review, child = kit): Promise<Response> =>
    apiReader(portal).get(viewer, `/${child}/shown${query}`, headers);
  const shown = async (query = '', viewer = toni): Promise<Answer> => {
    const response = await get(viewer, query);
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  const of = ({ agencies }: Answer, agency: string): AgencyKnew => agencies.find((one) => one.agency === agency)!;

  it('counts what an agency published, what it was shown and what it was not, of what the reader sees in full', async () => {
    const { entries } = await apiReader(portal).page(toni, kit);
    const before = await shown();
    expect(before.agencies.map(({ agency }) => agency)).toHaveLength(8);
    for (const { agency, published, reached, notShown } of before.agencies) {
      expect(published).toBe(entries.filter((entry) => entry.agency === agency).length);
      expect(published + reached + notShown).toBe(entries.length);
    }
    expect(of(before, 'social-care')).not.toHaveProperty('first');
    expect(of(before, 'health')).toMatchObject({ published: 0, reached: 0, notShown: entries.length });
    const { entries: seen } = await apiReader(portal).page(robin, kit);
    const after = await shown();
    const others = seen.filter(({ agency }) => agency !== 'social-care');
    expect(of(after, 'social-care').reached).toBeGreaterThanOrEqual(others.length);
    expect(of(after, 'social-care').first).toBe(of(after, 'social-care').last);
    expect(of(after, 'police')).toEqual(of(before, 'police'));
  });

  it('says of each entry when first, how often and for which purposes, and lists what was not shown', async () => {
    await apiReader(portal).page(robin, kit);
    const { entries = [] } = await shown('?agency=social-care');
    const court = entries.find(({ agency }) => agency === 'court')!;
    expect(court.knew).toMatchObject({ how: 'reached', looks: 2, notices: 0, purposes: ['safeguarding'] });
    expect(entries.find(({ agency }) => agency === 'social-care')!.knew.how).toBe('published');
    const arrest = entries.find(({ agency, knew }) => agency === 'police' && knew.how === 'not-shown');
    expect(arrest?.agency).toBe('police');
    const known = (await shown('?agency=social-care&entries=known')).entries!;
    const unshown = (await shown('?agency=social-care&entries=not-shown')).entries!;
    expect(unshown.every(({ knew }) => knew.how === 'not-shown')).toBe(true);
    expect(new Set([...known, ...unshown].map(({ id }) => id))).toEqual(new Set(entries.map(({ id }) => id)));
    expect(known.length + unshown.length).toBe(entries.length);
  });

  it('is as of a day: what was recorded or shown later had not been', async () => {
    const then = new Date().toISOString();
    const before = await shown(`?asKnownAt=${then}`);
    await portal.record(kit, { agency: 'court', category: 'court', handling: '' }, 'recorded later');
    await apiReader(portal).page(pat, kit);
    const { asKnownAt, ...still } = await shown(`?asKnownAt=${then}`);
    // As instants: of 950 milliseconds one writes .95, the other .950.
    expect(Date.parse(asKnownAt)).toBe(Date.parse(then));
    expect(still).toEqual({ ...before, asKnownAt: undefined });
    expect(of(await shown(), 'police').reached).toBeGreaterThan(of(before, 'police').reached);
    expect((await shown('?asKnownAt=2020-01-01')).agencies.every(({ notShown }) => notShown === 0)).toBe(true);
  });

  it('neither lists nor counts what the reader may not see, whoever was shown it', async () => {
    const hidden = { agency: 'police', category: 'intelligence', handling: '' };
    const before = await shown();
    await portal.record(kit, hidden, 'not for a review');
    await apiReader(portal).page(pat, kit);
    const text = JSON.stringify(await shown('?agency=police'));
    expect(text).not.toContain('not for a review');
    expect(of(await shown(), 'police').published).toBe(of(before, 'police').published);
  });

  it('counts a look at another child to whom the record was linked then', async () => {
    const { database } = portal.hub;
    const mine = await portal.record(kit, { agency: 'court', category: 'court', handling: '' }, 'stood elsewhere');
    const { rows } = await database.query<{ other: string }>(
      `with other as (select id from children where id <> $1 and erased_at is null limit 1)
       insert into links (id, record, child, method, known_from, known_to, reason, who)
       select gen_random_uuid(), t.record, other.id, 'manual', now() - interval '2 days', now() - interval '1 day', 'a mistake', 'test'
       from timeline t, other where t.key = $2 returning child as other`,
      [kit, mine],
    );
    const chain = await AuditChain.open(portal.hub);
    await chain.record({
      at: new Date().toISOString(),
      who: 'sky.school',
      agency: 'education',
      roles: ['lead'],
      purpose: 'safeguarding',
      what: 'timeline.read',
      child: rows[0]!.other,
      outcome: 'shown',
      details: {},
      shown: [mine],
      correlationId: randomUUID(),
    });
    await chain.close();
    const { entries = [] } = await shown('?agency=education&entries=known');
    expect(entries.map(({ id }) => id)).toEqual([mine]);
  });

  it('is for a review or an audit, and for nobody and nothing else', async () => {
    expect((await get(avery, '')).status).toBe(200);
    expect((await get(avery, '', { 'hub-purpose': 'audit' })).status).toBe(200);
    expect((await get(toni, '', {})).status).toBe(200);
    for (const [viewer, headers] of [
      [casey, {}],
      [casey, { 'hub-purpose': 'case-management' }],
      [toni, { 'hub-purpose': 'supervision-of-staff' }],
      [pat, { 'hub-purpose': 'safeguarding' }],
    ] as const) {
      expect((await get(viewer, '', headers)).status).toBe(403);
    }
  });

  it('answers a child that is not known and one that is not theirs alike, and refuses what it cannot read', async () => {
    const answers = await Promise.all(
      ['3f0c4a8e-1d1b-4b57-9a0e-0d6cbb6f2b10', 'not-an-id'].map(async (id) => (await get(toni, '', review, id)).status),
    );
    expect(answers).toEqual([404, 404]);
    for (const [query, pointer] of [
      ['?asKnownAt=2026-02-30', 'asKnownAt'],
      ['?agency=press', 'agency'],
      ['?agency=police&entries=some', 'entries'],
      ['?agency=police&cursor=nonsense', 'cursor'],
    ]) {
      const response = await get(toni, query);
      expect([response.status, ((await response.json()) as { pointer: string }).pointer]).toEqual([400, pointer]);
    }
  });

  it('is itself a look, with what it showed', async () => {
    const { entries = [] } = await shown('?agency=court', avery);
    const { rows } = await portal.hub.database.query(
      'select who, purpose, what, outcome, shown from audit order by id desc limit 1',
    );
    expect(rows).toEqual([
      {
        who: 'avery.auditor',
        purpose: 'learning-review',
        what: 'shown.read',
        outcome: 'shown',
        shown: entries.map(({ id }) => id),
      },
    ]);
  });

  it('fills its pages, none twice', async () => {
    const many = new Map(
      Array.from({ length: 130 }, (_, index) => [
        `Entry ${index}`,
        { agency: 'court', category: 'court', handling: '' },
      ]),
    );
    await portal.recordAll(kit, many);
    const first = await shown('?agency=health&entries=not-shown');
    expect(first.entries).toHaveLength(100);
    const second = await shown(`?agency=health&entries=not-shown&cursor=${first.next ?? ''}`);
    const ids = [...(first.entries ?? []), ...(second.entries ?? [])].map(({ id }) => id);
    expect(new Set(ids).size).toBe(of(second, 'health').notShown);
    expect(ids.length).toBe(of(second, 'health').notShown);
  });
});
