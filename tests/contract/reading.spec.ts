import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const sam: Viewer = { who: 'sam.worker', agency: 'yos', roles: ['case-manager'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };
const sky: Viewer = { who: 'sky.school', agency: 'education', roles: ['lead'] };
const police: Viewer = { who: 'police', agency: 'police', roles: ['system'] };

describe('reading through the API', () => {
  let portal: PortalServer;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
  }, 60_000);
  afterAll(async () => portal.close());

  const get = async (viewer: Viewer | undefined, path: string, headers = {}) =>
    apiReader(portal).get(viewer, path, headers);
  const page = async (viewer: Viewer, query = '') => apiReader(portal).page(viewer, kit, query);
  const all = async (viewer: Viewer) => apiReader(portal).all(viewer, kit);
  const looks = async (): Promise<Record<string, unknown>[]> =>
    (await portal.hub.database.query<Record<string, unknown>>('select *, id::text from audit order by audit.id')).rows;

  it('shows the whole story to the case manager, newest first, and records the look before', async () => {
    const before = (await looks()).length;
    const { child, entries, withheld } = await page(casey);
    expect(child).toMatchObject({
      id: kit,
      name: 'Kit Fennimoor',
      age: 17,
      provisional: false,
      caseManager: 'Casey Manager',
    });
    expect(new Set(entries.map(({ agency }) => agency))).toEqual(
      new Set(['police', 'court', 'social-care', 'probation', 'secure-estate', 'yos']),
    );
    expect(new Set(entries.map(({ state }) => state))).toEqual(new Set(['current', 'superseded', 'withdrawn']));
    expect(entries.map(({ occurredAt }) => occurredAt)).toEqual(
      entries
        .map(({ occurredAt }) => occurredAt)
        .sort()
        .reverse(),
    );
    expect(withheld).toEqual([]);
    const recorded = (await looks()).slice(before);
    expect(recorded).toMatchObject([
      {
        who: 'casey.manager',
        agency: 'yos',
        purpose: 'case-management',
        what: 'timeline.read',
        child: kit,
        outcome: 'shown',
        shown: entries.map(({ id }) => id),
      },
    ]);
  });

  it('gives the caseload by default, and finds by name and identifier only whom the caller may know of', async () => {
    const names = async (viewer: Viewer, query = ''): Promise<unknown[]> => {
      const response = await get(viewer, query);
      expect(response.status).toBe(200);
      return ((await response.json()) as { children: { name?: string }[] }).children.map(({ name }) => name);
    };
    // Wren's case is Sam's; Casey covers it this week.
    expect(await names(casey)).toEqual(['Kit Fennimoor', 'Wren Tolladay']);
    expect(await names(casey, '?as=holder')).toEqual(['Kit Fennimoor']);
    expect(await names(casey, '?as=cover')).toEqual(['Wren Tolladay']);
    expect(await names(sam)).toEqual(['Wren Tolladay']);
    expect(await names(casey, '?q=tolla')).toEqual(['Wren Tolladay']);
    expect(await names(casey, '?q=WREN+tolladay')).toEqual(['Wren Tolladay']);
    expect(await names(casey, '?q=kit+tolladay')).toEqual([]);
    expect(await names(sky, '?q=tolladay')).toEqual([]);
    expect(await names(pat, '?q=fenni')).toEqual(['Kit Fennimoor']);
    expect(await names(pat)).toEqual([]);
    expect(await names(casey, `?q=${await identifierOfKit()}`)).toEqual(['Kit Fennimoor']);
    expect(await names(sky, `?q=${await identifierOfKit()}`)).toEqual([]);
    const searches = (await looks()).filter(({ what }) => what === 'children.search');
    expect(JSON.stringify(searches)).not.toMatch(/tolla|fenni/i);
  });

  async function identifierOfKit(): Promise<string> {
    const { castOf } = await import('../../libs/simulations/childhood/people.js');
    const { calendarOf } = await import('../../libs/simulations/childhood/calendar.js');
    return encodeURIComponent(castOf(calendarOf(new Date().toISOString())).kit.nhsNumber ?? '');
  }

  it('answers a child that is not known and one that is not theirs alike, and records both', async () => {
    const before = (await looks()).length;
    const answers = await Promise.all(
      [kit, '3f0c4a8e-1d1b-4b57-9a0e-0d6cbb6f2b10', 'not-an-id'].map(async (id) => {
        const response = await get(sky, `/${id}/timeline`);
        const { correlationId: _, ...problem } = (await response.json()) as Record<string, unknown>;
        return [response.status, problem];
      }),
    );
    expect(answers[0]?.[0]).toBe(404);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect((await looks()).slice(before).map(({ outcome }) => outcome)).toEqual(Array(3).fill('not-found'));
  });

  it('refuses bad requests with the field and the reason', async () => {
    const problem = async (viewer: Viewer | undefined, path: string, headers = {}): Promise<unknown> => {
      const response = await get(viewer, path, headers);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      const { pointer } = (await response.json()) as { pointer?: string };
      return [response.status, pointer];
    };
    expect(await problem(undefined, '')).toEqual([401, 'Authorization']);
    expect(await problem(police, `/${kit}/timeline`)).toEqual([400, 'Hub-Purpose']);
    expect(await problem(police, `/${kit}/timeline`, { 'hub-purpose': 'curiosity' })).toEqual([400, 'Hub-Purpose']);
    expect(await problem(police, `/${kit}/timeline`, { 'hub-purpose': 'audit' })).toEqual([403, undefined]);
    for (const [query, pointer] of [
      ['agency=press', 'agency'],
      ['category=%3Cb%3E', 'category'],
      ['from=yesterday', 'from'],
      ['from=2026-02-02&to=2026-02-01', 'to'],
      ['asKnownAt=2026-02-30', 'asKnownAt'],
      ['asKnownAt=-271821-04-20T00:00:00Z', 'asKnownAt'],
      ['asKnownAt=%2B275760-09-12T00:00:00Z', 'asKnownAt'],
      ['asKnownAt=0001-01-01T00:00:00%2B01:00', 'asKnownAt'],
      ['from=-009999-01-01T00:00:00Z', 'from'],
      ['to=2026-06-01T12:00:00%2B01:00[Europe/Paris]', 'to'],
      ['asKnownAt=2026-02-01&asKnownAt=2026-02-02', 'asKnownAt'],
      ['cursor=nonsense', 'cursor'],
    ]) {
      expect(await problem(casey, `/${kit}/timeline?${query}`)).toEqual([400, pointer]);
    }
    expect(await problem(casey, `?q=${'x'.repeat(201)}`)).toEqual([400, 'q']);
  });

  it('filters by agency, category and day', async () => {
    const whole = (await page(casey)).entries;
    const court = (await page(casey, '?agency=court')).entries;
    expect(court).toEqual(whole.filter(({ agency }) => agency === 'court'));
    const missing = (await page(casey, '?category=missing&agency=police')).entries;
    expect(missing).toEqual(whole.filter(({ agency, category }) => agency === 'police' && category === 'missing'));
    const day = whole[3]!.occurredAt.slice(0, 10);
    const of = (await page(casey, `?from=${day}&to=${day}`)).entries;
    expect(of.map(({ id }) => id)).toContain(whole[3]!.id);
    expect(of.length).toBeLessThan(whole.length);
  });

  it('shows the timeline as it was known: later facts, corrections and links had not come', async () => {
    const first = await portal.record(
      kit,
      { agency: 'yos', category: 'case-management', handling: '' },
      'first version',
    );
    const between = (await page(casey)).entries.find(({ id }) => id === first)!.recordedAt;
    const fact = (
      await portal.hub.database.query<{ fact: string }>('select fact from timeline where key = $1', [first])
    ).rows[0]!.fact;
    const second = await portal.record(
      kit,
      { agency: 'yos', category: 'case-management', handling: '' },
      'second version',
      {
        fact,
        supersedes: first,
      },
    );
    const now = (await page(casey)).entries;
    expect(now.find(({ id }) => id === first)).toMatchObject({ state: 'superseded', supersededBy: second });
    expect(now.find(({ id }) => id === second)).toMatchObject({ state: 'current', supersedes: first });
    const known = (await page(casey, `?asKnownAt=${between.replace('Z', '999Z')}`)).entries;
    expect(known.find(({ id }) => id === first)).toMatchObject({ state: 'current' });
    expect(known.some(({ id }) => id === second)).toBe(false);
    expect((await page(casey, '?asKnownAt=2020-01-01')).entries).toEqual([]);
  });

  it('shows what was linked by mistake only to whoever may know the child it belongs to', async () => {
    const { database } = portal.hub;
    const wren = await portal.childOf('yos', 'case-management').then(async (busiest) => {
      const { rows } = await database.query<{ child: string }>(
        `select child from links l join records r on r.stream = l.record where r.system = 'yos' and child <> $1`,
        [busiest],
      );
      return rows[0]!.child;
    });
    const mistaken = await portal.record(
      wren,
      { agency: 'court', category: 'court', handling: '' },
      'of another child',
    );
    const { rows } = await database.query<{ at: string }>(
      `insert into links (id, record, child, method, known_from, known_to, reason, who)
       select gen_random_uuid(), record, $1, 'manual', recorded_at, recorded_at + interval '1 ms', 'a mistake', 'test'
         from timeline where key = $2
       returning known_from as at`,
      [kit, mistaken],
    );
    const then = `?asKnownAt=${rows[0]!.at}`;
    const robin: Viewer = { who: 'robin.care', agency: 'social-care', roles: ['social-worker'] };
    const ids = async (viewer: Viewer, query: string) => (await page(viewer, query)).entries.map(({ id }) => id);
    expect(await ids(casey, then)).toContain(mistaken);
    expect(await ids(casey, '')).not.toContain(mistaken);
    expect((await ids(robin, then)).length).toBeGreaterThan(3);
    expect(await ids(robin, then)).not.toContain(mistaken);
  });

  it('hides an old version once its source has marked the fact as not for this viewer', async () => {
    const open = { agency: 'probation', category: 'probation', handling: '' };
    const first = await portal.record(kit, open, 'was open');
    const fact = (
      await portal.hub.database.query<{ fact: string }>('select fact from timeline where key = $1', [first])
    ).rows[0]!.fact;
    await portal.record(kit, { ...open, handling: 'originator-only' }, 'now closed', { fact, supersedes: first });
    expect(JSON.stringify(await all(casey))).not.toMatch(/was open|now closed/);
  });

  it('shows nothing when the look cannot be recorded', async () => {
    await portal.hub.database.query('alter table audit rename to audit_away');
    try {
      for (const path of ['', '?q=kit', `/${kit}/timeline`, `/${kit}/changes`]) {
        const response = await get(casey, path);
        expect(response.status).toBe(503);
        expect(response.headers.get('retry-after')).toBe('5');
        expect(await response.text()).not.toMatch(/Kit|Fennimoor|missing/i);
      }
    } finally {
      await portal.hub.database.query('alter table audit_away rename to audit');
    }
  });

  it('tells of a change only where something visible changed, and says no more', async () => {
    const follow = async (viewer: Viewer): Promise<{ heard: () => string; end: () => void }> => {
      const left = new AbortController();
      const token = await portal.token(viewer);
      const response = await fetch(`${portal.url}/v1/children/${kit}/changes`, {
        headers: { authorization: `Bearer ${token}` },
        signal: left.signal,
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      let text = '';
      const reading = (async () => {
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
      })();
      reading.catch((error: unknown) => expect(error).toMatchObject({ name: 'AbortError' }));
      return { heard: () => text, end: () => left.abort() };
    };
    const [casework, policing] = [await follow(casey), await follow(pat)];
    await portal.record(kit, { agency: 'yos', category: 'education', handling: '' }, 'for the service');
    for (const until = Date.now() + 45_000; !casework.heard().includes('changed\n\n') && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(casework.heard()).toContain('event: changed\ndata: changed\n\n');
    expect(policing.heard()).not.toContain('event: changed');
    casework.end();
    policing.end();
  });
});
