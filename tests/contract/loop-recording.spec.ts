import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import {
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
} from '../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

jest.setTimeout(90_000);

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const sam: Viewer = { who: 'sam.worker', agency: 'yos', roles: ['case-manager'] };
const robin: Viewer = { who: 'robin.social', agency: 'social-care', roles: ['social-worker'] };
const noor: Viewer = { who: 'noor.return', agency: 'social-care', roles: ['return-interviewer'] };
const pat: Viewer = { who: 'pat.constable', agency: 'police', roles: ['officer'] };
const machine = (agency: string): Viewer => ({ who: agency, agency, roles: ['system'] });
const reactions = { capabilities, rules: loadRulebook(undefined).rules };

interface Recorded {
  recorded: { id: string; type: string; subject?: string; data: Record<string, unknown> }[];
  next?: string;
}

describe('what people record of a loop in the hub', () => {
  let portal: PortalServer;
  let loop: string;
  const stop = new AbortController();
  let working: Promise<void>;
  beforeAll(async () => {
    portal = await openPortal();
    await react();
    loop = `/children/${await portal.childOf('social-care', 'return-interview')}/loop`;
    working = work();
  }, 60_000);
  afterAll(async () => {
    stop.abort();
    await working;
    await portal.close();
  });

  // The worker beside the portal, so that a form's answer shows at once as it does in the product.
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await drain(portal.hub);
      await sleep(20);
    }
  };
  // What was kept shows before its receipt says what became of it, and `/v1/recorded` goes by the receipt.
  const worked = async (): Promise<void> => {
    for (const until = Date.now() + 45_000; Date.now() < until;) {
      const { rows } = await portal.hub.database.query<{ busy: boolean }>(
        `select exists (select from receipts where status = 'received') as busy`,
      );
      if (rows[0]?.busy === false) return;
      await sleep(20);
    }
    throw new Error('the worker is never done');
  };
  const react = async (): Promise<void> => {
    await worked();
    await portal.hub.projections.settled();
    await drainReactions(portal.hub, reactions);
    await portal.hub.projections.settled();
  };
  const signedIn = async (viewer: Viewer) => {
    const { database, keys, clock } = portal.hub;
    const sessions = new Sessions(new SessionStore(database), keys, clock);
    const cookie = `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}`;
    const get = async (path: string) => {
      const response = await fetch(`${portal.url}${path}`, { headers: { cookie }, redirect: 'manual' });
      return { status: response.status, html: await response.text() };
    };
    const post = async (path: string, fields: Record<string, string>) => {
      const formToken = /name="formToken" value="([^"]+)"/.exec((await get(loop)).html)?.[1] ?? '';
      const body = new URLSearchParams({ formToken, once: randomUUID(), ...fields });
      const response = await fetch(`${portal.url}${path}`, {
        method: 'POST',
        headers: { cookie },
        body,
        redirect: 'manual',
      });
      return { status: response.status, html: await response.text(), to: response.headers.get('location') ?? '' };
    };
    return { get, post };
  };
  const recorded = async (agency: string, query = ''): Promise<Recorded> => {
    const authorization = `Bearer ${await portal.token(machine(agency))}`;
    const response = await fetch(`${portal.url}/v1/recorded${query}`, { headers: { authorization } });
    expect(response.status).toBe(200);
    return (await response.json()) as Recorded;
  };
  const linkTo = (html: string, form: string): string =>
    new RegExp(`href="(/children/[^"]+/loop/[0-9a-f]+/${form})"`).exec(html)?.[1] ?? '';
  const when = (hoursAgo: number): { day: string; time: string } => {
    const text = new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: 'Europe/London',
    });
    const [day = '', time = ''] = text.format(Date.now() - hoursAgo * 3_600_000).split(', ');
    return { day, time };
  };

  it('an interviewer records an offer and then the interview: one interview, and the clock is met', async () => {
    const page = await signedIn(noor);
    const form = linkTo((await page.get(loop)).html, 'interview');
    expect((await page.get(form)).status).toBe(200);
    expect((await page.post(form, { outcome: 'offered', ...when(3) })).to).toMatch(/loop\?done=interview$/);
    await react();
    expect((await page.get(loop)).html).toMatch(/Return home interview offered.*Social care, recorded in the hub/s);
    const once = randomUUID();
    const held = {
      once,
      outcome: 'completed',
      ...when(1),
      summary: 'Owes money to a man in a car.',
      urgent: 'yes',
      independent: 'yes',
    };
    expect((await page.post(form, held)).to).toMatch(/done=interview$/);
    expect((await page.post(form, held)).to).toMatch(/done=(interview|before)$/);
    await react();
    const { html } = await page.get(loop);
    expect(html).toMatch(/Return home interview held.*Owes money to a man in a car/s);
    expect(linkTo(html, 'interview')).toBe('');
    const { recorded: list } = await recorded('social-care');
    expect(list.map(({ type, subject, data }) => [type, subject, data['outcome'], data['interviewReference']])).toEqual(
      [['hub.social_care.v1.ReturnInterviewRecorded', '870101', 'OUTCOME_COMPLETED', 'HUB-MR-26-0150']],
    );
  });

  it('the police record what came of the prevention interview, with a reason where there was none, for their own system', async () => {
    const page = await signedIn(pat);
    const form = linkTo((await page.get(loop)).html, 'prevention');
    for (const [fields, what] of [
      [{ outcome: '' }, /Choose what came of the interview.*Enter a real date/s],
      [{ outcome: 'not-held', ...when(1) }, /Say why it was not held/],
      [{ outcome: 'completed', day: '1/1/2099', time: '10:00' }, /has to have happened already/],
      [{ outcome: 'declined', ...when(1), reason: 'x'.repeat(1_001) }, /1,?000 characters/],
    ] as const) {
      const wrong = await page.post(form, fields);
      expect([wrong.status, wrong.html]).toEqual([400, expect.stringMatching(what)]);
      expect(wrong.html).toMatch(/There is a problem.*href="#(outcome|day|reason)"/s);
    }
    expect((await page.post(form, { formToken: 'forged', outcome: 'completed', ...when(1) })).status).toBe(403);
    expect((await (await signedIn(robin)).post(form, { outcome: 'completed', ...when(1) })).status).toBe(403);
    const said = { once: randomUUID(), outcome: 'not-held', ...when(1), reason: 'No officer was free.' };
    for (const to of [/done=prevention$/, /done=(prevention|before)$/])
      expect((await page.post(form, said)).to).toMatch(to);
    await react();
    const { html } = await page.get(loop);
    expect(html).toMatch(/Prevention interview not held.*Police, recorded in the hub.*No officer was free/s);
    expect(linkTo(html, 'prevention')).toBe('');
    expect(
      (await recorded('police')).recorded.map(({ type, subject, data }) => [type, subject, data['reason']]),
    ).toEqual([['hub.police.v1.PreventionInterviewRecorded', 'nominal-70101', 'No officer was free.']]);
  });

  it('whoever was told acknowledges from the page, for what is theirs, and everybody who sees it sees that', async () => {
    const page = await signedIn(robin);
    const threads = /name="threads" value="([^"]+)"/.exec((await page.get(loop)).html)?.[1] ?? '';
    expect(threads).not.toBe('');
    const acknowledge = `${loop}/acknowledge`;
    for (const wrong of ['', 'nonsense', randomUUID()])
      expect([wrong, (await page.post(acknowledge, { threads: wrong })).status]).toEqual([wrong, 404]);
    expect((await page.post(acknowledge, { formToken: 'forged', threads })).status).toBe(403);
    expect((await (await signedIn(sam)).post(acknowledge, { threads })).status).toBe(404);
    expect((await page.post(acknowledge, { threads })).to).toMatch(/done=acknowledged$/);
    const { html } = await page.get(`${loop}?done=acknowledged`);
    expect(html).toMatch(/Whoever else was told sees that you have it.*Acknowledged by robin\.social/s);
    expect(html).not.toContain(`value="${threads}"`);
    expect((await (await signedIn(casey)).get(loop)).html).toMatch(/Acknowledged by robin\.social/);
  });

  it('the case manager records its use in the plan, and the loop closes but for what others owe', async () => {
    const page = await signedIn(casey);
    const form = linkTo((await page.get(loop)).html, 'use');
    const wrong = await page.post(form, { howUsed: '', planReviewedOn: '31/2/2026' });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toMatch(/There is a problem.*Say what it changed.*Enter a real date/s);
    expect((await page.post(form, { howUsed: 'Safety plan: lifts home, and debt help.' })).to).toMatch(/done=use$/);
    await react();
    const { html } = await page.get(loop);
    expect(html).toContain('Safety plan: lifts home, and debt help.');
    expect(html).not.toContain(form);
    expect((await recorded('yos')).recorded.map(({ subject, data }) => [subject, data['howUsed']])).toEqual([
      ['CV-2041', 'Safety plan: lifts home, and debt help.'],
    ]);
  });

  it('lets nobody record what is not theirs, of a child they may not know, or of what is no episode', async () => {
    const [held] = (await recorded('social-care')).recorded;
    const { rows } = await portal.hub.database.query<{ fact: string }>('select fact from timeline where key = $1', [
      held?.id,
    ]);
    const use = `${loop}/${rows[0]?.fact ?? ''}/use`;
    for (const viewer of [sam, robin, pat]) {
      const { status } = await (await signedIn(viewer)).post(use, { howUsed: 'Not mine' });
      expect([viewer.who, [403, 404].includes(status)]).toEqual([viewer.who, true]);
    }
    const page = await signedIn(noor);
    for (const fact of ['0'.repeat(64), "' or 1=1", '%00'])
      expect(
        (await page.post(`${loop}/${encodeURIComponent(fact)}/interview`, { outcome: 'offered', ...when(1) })).status,
      ).toBe(404);
    expect(
      (await page.post(use.replace('/use', '/interview'), { outcome: 'offered', day: '1/1/2099', time: '10:00' }))
        .status,
    ).toBe(404);
    expect((await recorded('yos')).recorded).toHaveLength(1);
  });

  it('gives each system its own people’s alone, and nothing once the system states the same', async () => {
    expect((await recorded('police')).recorded).toHaveLength(1);
    const authorization = `Bearer ${await portal.token(robin)}`;
    expect((await fetch(`${portal.url}/v1/recorded`, { headers: { authorization } })).status).toBe(403);
    const event = canonicalEvent(
      ReturnInterviewRecordedSchema,
      { id: 'stated-itself', subject: '870101', time: new Date().toISOString() },
      { interviewReference: 'HUB-MR-26-0150', outcome: Outcome.COMPLETED, summary: 'As keyed from the hub.' },
    );
    const [kept] = await portal.hub.keep({ system: 'social-care', door: 'events', event });
    await react();
    expect((await portal.hub.status(kept!.receipt)).status).toBe('recorded');
    expect((await recorded('social-care')).recorded).toEqual([]);
    expect((await recorded('yos')).recorded).toHaveLength(1);
    const token = `Bearer ${await portal.token(machine('yos'))}`;
    for (const query of ['?cursor=nonsense', '?since=yesterday', '?cursor=a&cursor=b'])
      expect((await fetch(`${portal.url}/v1/recorded${query}`, { headers: { authorization: token } })).status).toBe(
        400,
      );
  });
});
