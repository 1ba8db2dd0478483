import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { drain } from '../../apps/worker/worker.loop.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { quarantinable, type Betraying } from '../../libs/testing/messages/betraying.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { openDoors, openPortal, type PortalServer } from '../acceptance/portal-server.js';

const olly: Viewer = { who: 'olly.operator', agency: 'yos', roles: ['operator'] };
const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };

interface Answer {
  readonly status: number;
  readonly text: string;
}

describe('the quarantine room', () => {
  let portal: PortalServer;
  let logged = '';
  beforeAll(async () => {
    const whole = await openPortal();
    const logger = createLogger('trace', { write: (line: string) => void (logged += line) });
    const doors = await openDoors(whole.hub, { logger });
    portal = {
      ...whole,
      ...doors,
      close: async () => {
        await doors.close();
        await whole.close();
      },
    };
  }, 60_000);
  afterAll(async () => portal.close());

  async function ask(
    viewer: Viewer,
    path: string,
    form?: Record<string, string>,
    accept = 'text/html',
  ): Promise<Answer> {
    const sessions = new Sessions(new SessionStore(portal.hub.database), portal.hub.keys, portal.hub.clock);
    const id = await sessions.begin({ viewer, name: viewer.who, idToken: '' });
    const formToken = (await sessions.find(id))?.formToken ?? '';
    const response = await fetch(`${portal.url}${path}`, {
      headers: { cookie: `hub_session=${id}`, accept },
      redirect: 'manual',
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams({ formToken, ...form }) }),
    });
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    return { status: response.status, text: `${headers}\n\n${await response.text()}` };
  }

  const keep = async ({ message }: Betraying): Promise<string> => {
    const { receivedAt: _, system: __, ...raw } = message;
    const [kept] = await portal.hub.keep({ ...raw, system: message.agency, messageId: randomUUID() });
    return kept?.receipt ?? '';
  };

  const of = (href: string): string => new URL(href, portal.url).searchParams.get('of') ?? '';

  const links = (text: string, to: string): string[] => [
    ...new Set(
      [...text.replaceAll('&amp;', '&').matchAll(new RegExp(`href="(/quarantine/${to}[^"]+)"`, 'g'))].map(
        ([, href]) => href ?? '',
      ),
    ),
  ];

  it('says nothing of whom a message speaks: in no page, problem, log line or look, whatever the message is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(quarantinable, { minLength: 6, maxLength: 10, size: 'max' }), async (messages) => {
        const receipts = [];
        for (const one of messages) receipts.push(await keep(one));
        await drain(portal.hub);
        const first = await ask(olly, '/quarantine');
        const groups = await Promise.all(links(first.text, 'group\\?').map(async (href) => ask(olly, href)));
        const pages = await Promise.all(receipts.map(async (receipt) => ask(olly, `/quarantine/messages/${receipt}`)));
        const acts = [
          await ask(olly, `/quarantine/messages/${receipts[0]}/retry`, { reason: 'an adapter was mended' }),
          await ask(olly, `/quarantine/messages/${receipts[1]}/close`, { reason: 'no' }),
          await ask(olly, `/quarantine/messages/${receipts[2]}/close`, { reason: 'never to be recorded' }),
          await ask(olly, `/quarantine/messages/${randomUUID()}`, undefined, 'application/json'),
        ];
        const { rows } = await portal.hub.database.query(
          `select details::text from audit where what like 'quarantine.%'`,
        );
        const said =
          [first, ...groups, ...pages, ...acts].map(({ text }) => text).join('\n') + logged + JSON.stringify(rows);
        for (const { betrays } of messages) expect(betrays.filter((text) => said.includes(text))).toEqual([]);
        for (const { status } of [first, ...groups]) expect(status).toBe(200);
        for (const { status } of [...pages, ...acts]) expect([200, 303, 400, 403, 404]).toContain(status);
        expect(pages.some(({ status }) => status === 200)).toBe(true);
      }),
      runs(4),
    );
  }, 300_000);

  it('writes every look and act down before its answer leaves, and gives none where it cannot', async () => {
    const [href = ''] = links((await ask(olly, '/quarantine')).text, 'group\\?');
    const [message = ''] = links((await ask(olly, href)).text, 'messages/');
    await ask(olly, message);
    await ask(olly, `${message}/retry`, { reason: 'an adapter was mended' });
    await ask(terry, '/quarantine/group/retry', { of: of(href), reason: 'an adapter was mended' });
    await drain(portal.hub);
    const looks = async () =>
      portal.hub.database.query<{ what: string; who: string; purpose: string; outcome: string; child: unknown }>(
        `select what, who, purpose, outcome, child from audit where what like 'quarantine.%' order by id desc limit 5`,
      );
    expect((await looks()).rows.toReversed()).toEqual([
      { what: 'quarantine.groups', who: 'olly.operator', purpose: 'operation', outcome: 'shown', child: null },
      { what: 'quarantine.group', who: 'olly.operator', purpose: 'operation', outcome: 'shown', child: null },
      { what: 'quarantine.read', who: 'olly.operator', purpose: 'operation', outcome: 'shown', child: null },
      { what: 'quarantine.retry', who: 'olly.operator', purpose: 'operation', outcome: 'done', child: null },
      { what: 'quarantine.retry', who: 'terry.lead', purpose: 'supervision-of-staff', outcome: 'done', child: null },
    ]);
    const actions = async (): Promise<unknown> =>
      (await portal.hub.database.query('select count(*) from receipt_actions')).rows;
    const before = await actions();
    await portal.hub.database.query('alter table audit rename to audit_away');
    try {
      for (const path of ['/quarantine', href, message]) expect((await ask(olly, path)).status).toBe(503);
      for (const path of ['/quarantine/group/retry', `${message}/retry`])
        expect((await ask(olly, path, { of: of(href), reason: 'an adapter was mended' })).status).toBe(503);
    } finally {
      await portal.hub.database.query('alter table audit_away rename to audit');
    }
    expect(await actions()).toEqual(before);
  });

  it('opens nothing that was recorded whole, and acts on nothing that is settled', async () => {
    const { rows } = await portal.hub.database.query<{ id: string }>(
      `select id from receipts where status = 'recorded' and id not in (select receipt from receipt_actions) limit 1`,
    );
    const receipt = rows[0]?.id ?? '';
    expect((await ask(olly, `/quarantine/messages/${receipt}`)).status).toBe(404);
    for (const action of ['retry', 'close', 'forget'])
      expect(
        (await ask(terry, `/quarantine/messages/${receipt}/${action}`, { reason: 'a good enough reason' })).status,
      ).toBe(404);
    expect((await portal.hub.status(receipt)).status).toBe('recorded');
  });

  it('counts every message once with each reason, and forgets a group that nothing is left of', async () => {
    const { rows } = await portal.hub.database.query<{ waiting: string }>(
      `select count(*) as waiting from (select distinct id, system, format, p ->> 'reason' from receipts, jsonb_array_elements(outcomes) p
        where status in ('quarantined', 'partly-recorded') and p ->> 'outcome' = 'quarantined') g`,
    );
    const { text } = await ask(terry, '/quarantine');
    expect(text).toContain(`${rows[0]?.waiting} to look at`);
    const [href = ''] = links(text, 'group\\?');
    for (const message of links((await ask(terry, href)).text, 'messages/'))
      await ask(terry, `${message}/close`, { reason: 'the sender has sent it anew' });
    const left = await ask(terry, href);
    expect([left.status, left.text.includes('Nothing is left of this.')]).toEqual([200, true]);
  });

  it('tries a group again once, whoever asks at the same time', async () => {
    const message = {
      system: 'police' as const,
      format: 'crime-justice.details.v1',
      contentType: 'application/json',
      body: '{',
    };
    await portal.hub.keep(...Array.from({ length: 20 }, () => ({ ...message, messageId: randomUUID() })));
    await drain(portal.hub);
    const find = async (): Promise<string> => {
      const { text } = await ask(olly, '/quarantine');
      const row = text
        .split('<tr')
        .find((one) => one.includes('Invalid json') && one.includes('crime-justice.details.v1'));
      return links(row ?? '', 'group\\?')[0] ?? '';
    };
    const href = await find();
    await Promise.all(
      [olly, terry, olly].map(async (who) =>
        ask(who, '/quarantine/group/retry', { of: of(href), reason: 'all at the same time' }),
      ),
    );
    const { rows } = await portal.hub.database.query<{ times: bigint }>(
      `select distinct count(*) as times from receipt_actions where reason = 'all at the same time' group by receipt`,
    );
    expect(rows).toEqual([{ times: 1n }]);
    expect((await ask(olly, href)).text).toMatch(/<strong>2\d<\/strong> being tried again/);
    await drain(portal.hub);
    expect((await ask(olly, await find())).text).not.toContain('being tried again');
  });
});
