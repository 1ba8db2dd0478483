import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { ExploitationKind, IndicatorStrength } from '../../libs/contracts/gen/hub/common/v1/exploitation_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../libs/contracts/gen/hub/police/v1/safeguarding_pb.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { pause } from '../../libs/platform/pause.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { openAnnotatingPortal } from './annotating-portal.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { pdfText } from './pdf-text.js';
import type { PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

/** Kit is missing, and the agencies meet: each with their own copy, and what is decided is chased. */
describe('a meeting about missing children', () => {
  let portal: PortalServer;
  let browser: Browsing;
  let kit: string;
  let meeting = '';
  beforeAll(async () => {
    portal = await openAnnotatingPortal();
    browser = await openBrowser(portal.url);
    kit = await portal.childOf('court', 'court');
    const time = new Date(Date.now() - 3 * 60 * 60_000).toISOString();
    const data = { reportReference: 'MR-26-7001', risk: Risk.MEDIUM, lastSeen: 'Fernhill station' } as const;
    const event = canonicalEvent(MissingReportedSchema, { id: 'mog-1', subject: 'nominal-70101', time }, data);
    await portal.hub.keep({ system: 'police', door: 'events', event });
    await settle();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  it('is called by the team manager, lists who is due and why, and is read by keyboard', async () => {
    const terry = await browser.signedIn('Terry Lead');
    await terry.getByRole('link', { name: 'Meetings' }).click();
    await terry.locator('#on-mog').fill('31/2/2030');
    await terry.locator('#on-mog').press('Enter');
    expect(await terry.getByRole('alert').innerText()).toContain('Enter a real date');
    expect(await faults(terry)).toEqual([]);
    await terry.locator('#on-mog').fill('27/3/2030');
    await terry.locator('#on-mog').press('Enter');
    await terry.getByRole('heading', { level: 1, name: '27 March 2030' }).waitFor();
    meeting = new URL(terry.url()).pathname;
    const list = terry.locator(`#child-${kit}`);
    expect(await list.innerText()).toMatch(/Kit Fennimoor[\s\S]*Missing now[\s\S]*Reported missing/);
    expect(await faults(terry)).toEqual([]);
    await shot(terry, 'meeting');
    await terry.goto('/meetings');
    expect(await terry.getByRole('main').innerText()).toContain('27 March 2030');
    await shot(terry, 'meetings');
    await terry.locator('#on-mog').fill('27/3/2030');
    await terry.locator('#on-mog').press('Enter');
    expect(await terry.getByRole('alert').innerText()).toContain('meets on that day already');
  });

  it('keeps a decision and an action, without scripts at 320 px, and says what is missing of them', async () => {
    const terry = await browser.signedIn('Terry Lead', {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    await terry.goto(meeting);
    expect(await terry.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await shot(terry, 'meeting-320');
    await terry.getByRole('link', { name: 'Record a decision or an action for Kit Fennimoor' }).click();
    await terry.getByLabel('What is to be done').fill('Visit the carer');
    await terry.getByRole('button', { name: 'Record' }).click();
    expect(await terry.locator('.govuk-error-summary').innerText()).toMatch(/Choose who does it[\s\S]*real date/);
    expect(await terry.getByLabel('What is to be done').inputValue()).toBe('Visit the carer');
    await shot(terry, 'meeting-record-320');
    await terry.getByLabel('What was decided').fill('Risk stays high until he is seen');
    await terry.getByLabel('Who does it').selectOption({ label: 'Social worker' });
    await terry.getByLabel('By when').fill('3/4/2030');
    await terry.getByRole('button', { name: 'Record' }).click();
    const list = await terry.locator(`#child-${kit}`).innerText();
    expect(list).toContain('Risk stays high until he is seen');
    expect(list).toMatch(/Visit the carer[\s\S]*Social care, social worker, by 3 April 2030[\s\S]*Open/);
    // On the timeline for whoever may see it, and a duty of its owner.
    await terry.goto(`/children/${kit}`);
    expect(await terry.getByRole('main').innerText()).toMatch(/Decided: Missing operational group/);
    await settle();
    expect(await duties()).toEqual(['social-care social-worker open']);
  });

  it('is one’s own copy: what police have is theirs, education is told of nobody, a stranger is told of no meeting', async () => {
    const hidden = { agency: 'health', category: 'health-detail', handling: '' };
    await portal.record(kit, hidden, 'Counselling begins');
    const pat = await browser.signedIn('Pat Constable');
    await pat.goto(`${meeting}/pack`);
    const copy = await pat.getByRole('main').innerText();
    expect(copy).toMatch(/Made for\s+Police officer/);
    expect(copy).toMatch(/Kit Fennimoor[\s\S]*Missing now[\s\S]*Visit the carer[\s\S]*Fernhill station/);
    expect(copy).not.toContain('Counselling');
    expect(await faults(pat)).toEqual([]);
    await shot(pat, 'meeting-pack');
    const answer = await pat.request.get(`${meeting}/pack.pdf`);
    expect(answer.headers()).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    const body = await answer.body();
    await keep('meeting-pack.pdf', body);
    const { pages, info, outline, roles } = await pdfText(body);
    expect(pages.join(' ')).toMatch(/Kit Fennimoor.*Visit the carer.*Fernhill station/);
    expect(pages[0]).toContain(`Page 1 of ${pages.length}`);
    expect(pages[0]).toContain('Made by Pat Constable, Police, for: Protecting a child from harm');
    expect(pages.join(' ')).not.toContain('Counselling');
    expect(JSON.stringify([info, outline])).not.toMatch(/Kit|Fennimoor/);
    expect([...roles]).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'H3', 'P']));

    const sky = await browser.signedIn('Sky School');
    await sky.goto(meeting);
    expect(await sky.getByRole('main').innerText()).toMatch(/Children \(0\)[\s\S]*No child whom you may be told of/);
    const alex = await browser.signedIn('Alex Probation');
    expect((await alex.request.get(meeting)).status()).toBe(403);
    const { rows } = await portal.hub.database.query<{ what: string; shown: number }>(
      `select what, cardinality(shown) as shown from audit where who = 'pat.constable' and what like 'meeting.%' and child = $1 order by id`,
      [kit],
    );
    expect(rows.map(({ what }) => what)).toEqual(['meeting.pack', 'meeting.print']);
    expect(rows.every(({ shown }) => shown >= 3)).toBe(true);
  });

  it('is followed up by whoever was asked, and only by them or the convener', async () => {
    const pat = await browser.signedIn('Pat Constable');
    await pat.goto(meeting);
    expect(await pat.getByRole('link', { name: /Say that it is done|Record a decision/ }).count()).toBe(0);
    const robin = await browser.signedIn('Robin Social');
    await robin.goto(meeting);
    await robin.getByRole('link', { name: /Say that it is done.*Visit the carer/ }).click();
    expect(await faults(robin)).toEqual([]);
    await shot(robin, 'meeting-done');
    expect((await pat.request.get(new URL(robin.url()).pathname)).status()).toBe(403);
    await robin.getByLabel('What came of it').fill('Seen at home, and well');
    await robin.getByRole('button', { name: 'It is done' }).click();
    expect(await robin.locator(`#child-${kit}`).innerText()).toMatch(/Done[\s\S]*Seen at home, and well/);
    await settle();
    expect(await duties()).toEqual(['social-care social-worker met']);
  });

  it('is closed with who came, and its list stays', async () => {
    const terry = await browser.signedIn('Terry Lead');
    await terry.goto(meeting);
    await terry.getByLabel('Police officer').fill('Pat Constable');
    await terry.getByRole('button', { name: 'Write down who came' }).click();
    expect(await terry.getByLabel('Police officer').inputValue()).toBe('Pat Constable');
    await terry.getByRole('button', { name: 'Close the meeting' }).click();
    const main = await terry.getByRole('main').innerText();
    expect(main).toContain('the meeting was closed on');
    expect(main).toMatch(/Kit Fennimoor[\s\S]*Missing now/);
    expect(await faults(terry)).toEqual([]);
    await shot(terry, 'meeting-closed');
  });

  it('shows a case manager the children they work with', async () => {
    const casey = await browser.signedIn('Casey Manager');
    await casey.goto(meeting);
    expect(await casey.locator(`#child-${kit}`).count()).toBe(1);
    const sam = await browser.signedIn('Sam Worker');
    await sam.goto(meeting);
    expect(await sam.locator(`#child-${kit}`).count()).toBe(0);
  });

  it('of the other forum lists whoever may be exploited, for that reason, to those who sit on it', async () => {
    const time = new Date(Date.now() - 2 * 60 * 60_000).toISOString();
    const event = canonicalEvent(
      ExploitationIndicatorRecordedSchema,
      { id: 'cog-1', subject: 'nominal-70101', time },
      { indicatorReference: 'EX-26-1', kind: ExploitationKind.CRIMINAL, strength: IndicatorStrength.STRONG },
    );
    await portal.hub.keep({ system: 'police', door: 'events', event });
    await settle();
    const terry = await browser.signedIn('Terry Lead');
    await terry.goto('/meetings');
    await terry.locator('#on-cog').fill('28/3/2030');
    await terry.locator('#on-cog').press('Enter');
    await terry.getByRole('heading', { level: 1, name: '28 March 2030' }).waitFor();
    const cog = new URL(terry.url()).pathname;
    const main = await terry.getByRole('main').innerText();
    expect(main).toContain('Child exploitation operational group (COG)');
    const list = await terry.locator(`#child-${kit}`).innerText();
    expect(list).toMatch(/Kit Fennimoor[\s\S]*Concern about exploitation/);
    // Why the other forum has them is not why this one does.
    expect(list).not.toMatch(/Missing now|Visit the carer/);
    await shot(terry, 'meeting-cog');
    await terry.getByRole('link', { name: 'Record a decision or an action for Kit Fennimoor' }).click();
    await terry.getByLabel('What was decided').fill('Refer to the national referral mechanism');
    await terry.getByRole('button', { name: 'Record' }).click();
    await terry.getByText('Recorded. Who has to do something is told.').waitFor();
    expect(await terry.locator(`#child-${kit}`).innerText()).toContain('Refer to the national referral mechanism');
    const pat = await browser.signedIn('Pat Constable');
    await pat.goto(`${cog}/pack`);
    expect(await pat.getByRole('main').innerText()).toMatch(/Kit Fennimoor[\s\S]*Concern about exploitation/);
    const alex = await browser.signedIn('Alex Probation');
    expect((await alex.request.get(cog)).status()).toBe(403);
  });

  async function settle(): Promise<void> {
    await drain(portal.hub);
    // The worker beside may have some of it in hand: what is not recorded yet nothing follows from.
    while ((await portal.hub.database.query('select from queue')).rowCount !== 0) await pause(20);
    await portal.hub.projections.settled();
    await drainReactions(portal.hub, { capabilities, rules: loadRulebook(undefined).rules });
    await portal.hub.projections.settled();
  }

  async function duties(): Promise<string[]> {
    const { rows } = await portal.hub.database.query<{ said: string }>(
      `select owner_agency || ' ' || owner_role || ' ' || state as said from duties where kind = 'meeting-action' and record = $1`,
      [kit],
    );
    return rows.map(({ said }) => said);
  }
});

async function keep(name: string, body: Buffer): Promise<void> {
  const folder = process.env['HUB_SCREENSHOTS'];
  if (folder !== undefined) await writeFile(`${folder}/${name}`, body);
}
