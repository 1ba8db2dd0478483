import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { openDoors, type PortalDoors } from '../acceptance/portal-server.js';
import { allocated, covered, found, reported, takenBack, tellAll, type Told } from './notified.js';

jest.setTimeout(60_000);

const viewer = (who: string, agency: string, role: string, area?: string): Viewer => ({
  ...{ who, agency, roles: [role] },
  ...(area === undefined ? {} : { area }),
});
const casey = viewer('casey.manager', 'yos', 'case-manager');
const sam = viewer('sam.worker', 'yos', 'case-manager');
const terry = viewer('terry.lead', 'yos', 'team-manager');
const dana = viewer('dana.duty', 'yos', 'duty-officer');
const robin = viewer('robin.social', 'social-care', 'social-worker');
const devi = viewer('devi.derby', 'social-care', 'social-worker', 'E06000015');
const machine = (agency: string): Viewer => viewer(agency, agency, 'system');

interface Notification {
  readonly id: string;
  readonly thread: string;
  readonly kind?: string;
  readonly state: string;
  readonly raisedAt: string;
  readonly acknowledged: boolean;
  readonly child?: string;
  readonly facts: readonly { title: string; category: string }[];
}

describe('the inbox', () => {
  let hub: TestHub;
  let doors: PortalDoors;
  let sessions: Sessions;
  let later = 0;
  const clock = { now: () => Date.now() + later };
  const ago = (minutes: number): string => new Date(clock.now() - minutes * 60_000).toISOString();
  const long = ago(60 * 24 * 30);
  const following = new AbortController();
  let projections: Promise<void>;
  beforeAll(async () => {
    const opened = await openTestHub();
    hub = { ...opened, clock };
    await hub.projections.prepare();
    projections = hub.projections.run(following.signal);
    doors = await openDoors(hub);
    sessions = new Sessions(new SessionStore(hub.database), hub.keys, hub.clock);
    for (const one of [casey, sam, terry, dana, robin]) await page(one);
  }, 60_000);
  afterAll(async () => {
    await doors.close();
    following.abort();
    await projections;
    await hub.close();
  });

  const cookieOf = async (by: Viewer): Promise<string> =>
    `hub_session=${await sessions.begin({ viewer: by, name: by.who, idToken: '' })}`;
  const page = async (by: Viewer): Promise<string> => {
    const answer = await fetch(`${doors.url}/inbox`, { headers: { cookie: await cookieOf(by) } });
    const text = await answer.text();
    expect(`${answer.status} ${answer.status === 200 ? '' : text}`).toBe('200 ');
    return mainOf(text);
  };
  const acknowledge = async (by: Viewer, path: string, fields: Record<string, string> = {}): Promise<number> => {
    const cookie = await cookieOf(by);
    const token = /name="formToken" value="([^"]+)"/.exec(
      await (await fetch(`${doors.url}/inbox`, { headers: { cookie } })).text(),
    )?.[1];
    const answer = await fetch(`${doors.url}/inbox/${path}`, {
      ...{ method: 'POST', redirect: 'manual', headers: { cookie } },
      body: new URLSearchParams({ formToken: token ?? '', ...fields }),
    });
    return answer.status;
  };
  const asked = async (by: Viewer, path = '', purpose = 'safeguarding', method = 'GET'): Promise<Response> =>
    fetch(`${doors.url}/v1/notifications${path}`, {
      method,
      headers: { authorization: `Bearer ${await doors.token(by)}`, 'hub-purpose': purpose },
    });
  const notifications = async (by: Viewer, query = '', purpose?: string): Promise<Notification[]> => {
    const answer = await asked(by, query, purpose);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { notifications: Notification[] }).notifications;
  };
  const count = async (by: Viewer): Promise<string | undefined> => {
    const answer = await fetch(`${doors.url}/children`, { headers: { cookie: await cookieOf(by) } });
    return /<span data-waiting>(\d+)/.exec(await answer.text())?.[1];
  };
  const threadOf = (html: string): string => /\/inbox\/([0-9a-f-]{36})\/acknowledge/.exec(html)![1]!;

  it('tells whoever holds the case, once, with what disclosure shows them, and nobody who does not', async () => {
    const child: Told = { who: 1, familyName: 'Alderley' };
    await tellAll(hub, allocated(child, 'casey.manager', long));
    await tellAll(hub, reported(child, 'A1', ago(5)));
    const html = await page(casey);
    expect(html).toMatch(/Alderley.*Reported missing/s);
    expect(html).toContain('Open the timeline');
    expect(html).toContain(`/loop" aria-describedby="thread-`);
    for (const other of [sam, terry, dana, devi]) expect(await page(other)).not.toContain('Alderley');
    expect(await page(robin)).toMatch(/Reported missing/);
    expect(await count(casey)).toBe('1');
    expect(await count(sam)).toBe('0');
  });

  it('writes down which entries stood before whom, before they do, and counts an interruption once', async () => {
    await page(casey);
    const { rows } = await hub.database.query<{ what: string; shown: string[]; child: string | null; purpose: string }>(
      `select what, shown, child, purpose from audit where who = 'casey.manager' and child is not null order by id desc limit 1`,
    );
    expect(rows[0]).toMatchObject({ what: 'inbox.read', purpose: 'case-management', shown: [expect.any(String)] });
    expect(await page(casey)).toMatch(/interrupted 1 time,\s+1 of them urgent/);
    expect(await page(terry)).toMatch(/Interruptions today.*casey\.manager/s);
  });

  it('escalates what nobody acknowledged to the team manager, and stops when somebody does', async () => {
    later += 16 * 60_000;
    expect(await page(terry)).toMatch(/Alderley.*nobody has acknowledged it/s);
    const thread = threadOf(await page(casey));
    expect(await acknowledge(sam, `${thread}/acknowledge`)).toBe(404);
    expect(await acknowledge(casey, `${thread}/acknowledge`)).toBe(303);
    expect(await acknowledge(casey, `${thread}/acknowledge`)).toBe(303);
    expect(await page(casey)).toContain('Acknowledged by casey.manager');
    expect(await page(terry)).not.toMatch(/For Youth offending service.*nobody has acknowledged/s);
    expect(await count(casey)).toBe('0');
  });

  it('goes with the cover, and with the case', async () => {
    const child: Told = { who: 2, familyName: 'Birchall' };
    await tellAll(hub, allocated(child, 'casey.manager', long));
    await tellAll(hub, reported(child, 'B1', ago(5)));
    expect(await page(sam)).not.toContain('Birchall');
    await tellAll(hub, covered(child, 'sam.worker', ago(60 * 24), '2098-05-20T00:00:00Z'));
    expect(await page(sam)).toContain('Birchall');
    await tellAll(hub, allocated(child, 'kim.worker', ago(60)));
    expect(await page(casey)).not.toContain('Birchall');
  });

  it('goes to the duty inbox when nobody has the role', async () => {
    const child: Told = { who: 3, familyName: 'Cedarwell' };
    // Social care of a place of which nobody reads an inbox.
    await tellAll(hub, reported(child, 'C1', ago(5), { unknown: true }));
    await hub.database.query(`delete from notice_readers where agency = 'social-care'`);
    expect(await page(dana)).toMatch(/Cedarwell.*nobody is there to read it/s);
    expect(await count(dana)).toBe(String((await page(dana)).match(/hub-duty__item--urgent/g)?.length));
    expect(await page(sam)).not.toContain('Cedarwell');
    await page(robin);
  });

  it('says of a child nobody has identified that it may be theirs, and no more than the report', async () => {
    const html = await page(dana);
    expect(html).toMatch(/Cedarwell.*May concern your child.*no more than the report itself/s);
    expect(html).not.toMatch(/href="\/children\/[^"]+"[^>]*>Ash Cedarwell/);
  });

  it('takes back what was told by mistake from those who read it, and says nothing to those who did not', async () => {
    const child: Told = { who: 4, familyName: 'Damsonby' };
    await tellAll(hub, allocated(child, 'casey.manager', long));
    await tellAll(hub, reported(child, 'D1', ago(5)));
    expect(await page(casey)).toContain('Damsonby');
    await tellAll(hub, takenBack('D1', ago(5)));
    const html = await page(casey);
    expect(html).toContain('Told by mistake (1)');
    expect(html).not.toContain('Damsonby');
    expect(await page(robin)).not.toContain('Told by mistake');
  });

  it('says nothing of what its publisher keeps to itself: no thread, no count', async () => {
    const child: Told = { who: 5, familyName: 'Elderfield' };
    await tellAll(hub, allocated(child, 'casey.manager', long));
    const before = await count(casey);
    await tellAll(hub, reported(child, 'E1', ago(5), { handling: 'originator-only' }));
    expect(await page(casey)).not.toContain('Elderfield');
    expect(await count(casey)).toBe(before);
    expect(JSON.stringify(await notifications(machine('social-care')))).not.toContain('originator-only');
  });

  it('answers programs of the agency, oldest first, and each cursor goes on where it ended', async () => {
    const first = await notifications(machine('social-care'));
    // A report of a missing child is for professionals: their machine hears that something waits for them, and not what.
    expect(first.length).toBeGreaterThan(2);
    for (const one of first) {
      expect(one).toMatchObject({ facts: [], withheld: [{ agency: 'police' }] });
      expect(one).not.toHaveProperty('kind');
      expect(one).not.toHaveProperty('child');
    }
    const answer = (await (await asked(machine('social-care'))).json()) as { cursor: string };
    expect(await notifications(machine('social-care'), `?cursor=${encodeURIComponent(answer.cursor)}`)).toEqual([]);
    const child: Told = { who: 6, familyName: 'Firth' };
    await tellAll(hub, reported(child, 'F1', ago(5)));
    const more = await notifications(machine('social-care'), `?cursor=${encodeURIComponent(answer.cursor)}`);
    expect(more).toHaveLength(1);
    expect((await asked(machine('social-care'), `/${more[0]!.id}/acknowledge`, undefined, 'POST')).status).toBe(200);
    expect((await notifications(machine('social-care'))).find(({ id }) => id === more[0]!.id)?.acknowledged).toBe(true);
    await tellAll(hub, found(child, 'F1', ago(5)));
    const after = await notifications(machine('social-care'));
    expect(after.filter(({ thread }) => thread === more[0]!.thread)).toHaveLength(2);
  });

  it('tells a program again what was raised since an instant, page after page, and nothing from before', async () => {
    const all = await notifications(machine('social-care'));
    const raised = all.map(({ raisedAt }) => raisedAt);
    const since = raised[2] ?? '';
    const again = await notifications(machine('social-care'), `?since=${encodeURIComponent(since)}`);
    expect(again.map(({ id }) => id)).toEqual(all.filter(({ raisedAt }) => raisedAt >= since).map(({ id }) => id));
    expect(again.length).toBeLessThan(all.length);
    const { cursor } = (await (await asked(machine('social-care'), `?since=${raised.at(-1)}`)).json()) as {
      cursor: string;
    };
    expect(await notifications(machine('social-care'), `?cursor=${encodeURIComponent(cursor)}`)).toEqual([]);
  });

  it('another agency’s notice is not found and not counted, as one that there is not', async () => {
    const [theirs] = await notifications(machine('social-care'));
    for (const id of [theirs!.id, '00000000-0000-4000-8000-000000000000', 'nonsense']) {
      const police = await asked(machine('court'), `/${id}/acknowledge`, 'publishing-partner', 'POST');
      expect(police.status).toBe(404);
    }
    const health = viewer('lee.health', 'health', 'lead');
    expect(await acknowledge(health, `${theirs!.thread}/acknowledge`)).toBe(404);
    expect(await notifications(health)).toEqual([]);
    const refused = await asked(health, `/${theirs!.id}/acknowledge`, undefined, 'POST');
    expect(refused.status).toBe(404);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['a cursor that is none', '?cursor=nonsense', 'safeguarding', 400],
    ['a parameter that is none', '?limit=3', 'safeguarding', 400],
    ['a time that is none', '?since=yesterday', 'safeguarding', 400],
    [
      'a time before what is kept',
      `?since=${new Date(Date.now() - 91 * 86_400_000).toISOString()}`,
      'safeguarding',
      400,
    ],
    ['a time and a cursor', `?since=${new Date().toISOString()}&cursor=a`, 'safeguarding', 400],
    ['a cursor twice', '?cursor=a&cursor=b', 'safeguarding', 400],
    ['a purpose that is not its own', '', 'audit', 403],
    ['a purpose that is none', '', 'curiosity', 400],
  ])('refuses %s with a problem document', async (_, query, purpose, status) => {
    const answer = await asked(machine('social-care'), query, purpose);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('opens for somebody whose token names a role twice', async () => {
    expect(await page({ ...sam, roles: ['case-manager', 'case-manager'] })).toContain('Inbox');
  });

  it('nothing about a child is in an address, a title or a count', async () => {
    const cookie = await cookieOf(casey);
    const html = await (await fetch(`${doors.url}/inbox`, { headers: { cookie } })).text();
    expect(/<title[^>]*>([^<]*)/.exec(html)?.[1]).not.toMatch(/Alderley|Birchall|missing/i);
    for (const [, address] of html.matchAll(/(?:href|action)="([^"]*)"/g))
      expect(address).not.toMatch(/alder|birch|ash/i);
  });
});

const mainOf = (html: string): string => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? html;
