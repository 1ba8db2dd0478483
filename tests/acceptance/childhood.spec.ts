import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium as browserType, type Browser, type Page } from 'playwright-core';
import { chromium } from '../../libs/testing/chromium.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { startHubProcess, tokenFrom, type HubProcess } from '../../libs/testing/hub/process.js';

const firstEvent = {
  specversion: '1.0',
  id: 'my-first-event',
  source: 'police',
  type: 'hub.police.v1.MissingReported',
  subject: 'nominal-70101',
  time: '2026-11-20T21:15:00Z',
  datacontenttype: 'application/json',
  data: { reportReference: 'MR-26-0999', risk: 'RISK_GRADE_MEDIUM', lastSeen: 'school' },
};

/** The whole product as a newcomer meets it: started with its demonstration, published to, looked at, stopped, started. */
describe('the demonstration childhood, from publish to page', () => {
  let data: string;
  let port: number;
  let hub: HubProcess;
  let browser: Browser;
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'hub-acceptance-'));
    port = await freePort();
    hub = await startHubProcess(data, port);
    browser = await browserType.launch(await chromium());
    await until(() => hub.output().includes('Ctrl-C stops it'));
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await rm(data, { recursive: true, force: true });
  });

  it('greets with the address, the sign-ins and a call that works', async () => {
    const greeting = hub.output();
    expect(greeting).toContain(hub.url);
    expect(greeting).toContain('casey.manager');
    const body = /-d '(\{"specversion.*\})'/.exec(greeting)?.[1] ?? '';
    const response = await publish(await tokenFrom(hub.url, 'police'), body);
    expect(response.status).toBe(202);
  });

  it('a published event is on the timeline a moment later, and its receipt says recorded', async () => {
    const token = await tokenFrom(hub.url, 'police');
    const response = await publish(
      token,
      JSON.stringify({ ...firstEvent, id: 'acceptance', data: { ...firstEvent.data, reportReference: 'MR-ACCEPT' } }),
    );
    const { receipts } = (await response.json()) as { receipts: { id: string; href: string }[] };
    await until(async () => {
      const receipt = await fetch(hub.url + (receipts[0]?.href ?? ''), {
        headers: { authorization: `Bearer ${token}` },
      });
      return ((await receipt.json()) as { status: string }).status === 'recorded';
    });

    const page = await signIn('casey.manager');
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    await until(async () => {
      await page.reload();
      return (await page.getByText('MR-ACCEPT').count()) > 0;
    });
    await expectAccessible(page);
    await page.context().close();
  });

  it('every page of the way is accessible', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(hub.url);
    await expectAccessible(page);
    await page.goto(`${hub.url}/sign-in`);
    await expectAccessible(page);
    await page.context().close();
    const inside = await signIn('casey.manager');
    await expectAccessible(inside);
    // What somebody searches for is in no address: one that has it is refused, rather than answered with the whole caseload.
    expect((await inside.goto(`${hub.url}/children?q=nobody+of+that+name`))?.status()).toBe(400);
    expect(await inside.content()).not.toContain('nobody');
    await expectAccessible(inside);
    await inside.goto(`${hub.url}/children/00000000-0000-4000-8000-000000000000`);
    await expectAccessible(inside);
    await inside.context().close();
  });

  it('a child of another case manager is not known, and not distinguishable from none', async () => {
    const owner = await signIn('sam.worker');
    await owner.getByRole('link', { name: 'Wren Tolladay' }).click();
    const address = owner.url();
    await owner.context().close();
    const other = await signIn('robin.social');
    const [notAllowed, notKnown] = await Promise.all(
      [address, `${hub.url}/children/00000000-0000-4000-8000-000000000000`].map(async (url) => {
        const response = await other.request.get(url);
        return { status: response.status(), text: withoutCorrelation(await response.text()) };
      }),
    );
    expect(notAllowed?.status).toBe(404);
    expect(notAllowed).toEqual(notKnown);
    await other.context().close();
  });

  it('what a publisher took back stays, struck; what it got wrong waits for an operator, not on the page', async () => {
    const page = await signIn('casey.manager');
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    await page.getByRole('link', { name: 'Missing episodes' }).click();
    expect(await page.locator('s, del').filter({ hasText: 'Reported missing' }).count()).toBeGreaterThan(0);
    expect(await page.getByText('RISK_GRADE').count()).toBe(0);
    await page.context().close();
  });

  it('Ctrl-C stops cleanly, and a second start keeps everything and greets without playing again', async () => {
    expect(await hub.stop()).toBe(0);
    hub = await startHubProcess(data, port);
    await until(() => hub.output().includes('Ctrl-C stops it'));
    expect(hub.output()).not.toContain('demonstration childhood was published');
    const page = await signIn('casey.manager');
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    expect(await page.getByText('MR-ACCEPT').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('logs no name and no identifier, whatever was published and looked at', async () => {
    await hub.stop();
    hub = await startHubProcess(data, port, { LOG_LEVEL: 'trace' });
    const token = await tokenFrom(hub.url, 'police');
    await publish(
      token,
      JSON.stringify({
        ...firstEvent,
        id: 'logged',
        data: { ...firstEvent.data, person: { givenNames: 'Kit', familyName: 'Fennimoor', pncId: '2024/0004101' } },
      }),
    );
    await publish(token, '{"specversion":"1.0","id":"Fennimoor","source":"Fennimoor"');
    const page = await signIn('casey.manager');
    await page.getByLabel('Find a child').fill('Fennimoor');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    await page.context().close();
    await hub.stop();
    const log = hub
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(log.length).toBeGreaterThan(5);
    expect(log.filter((line) => /fennimoor|nominal-70101|0004101|9990001014/i.test(line))).toEqual([]);
    hub = await startHubProcess(data, port);
  });

  async function publish(token: string, body: string): Promise<Response> {
    return fetch(`${hub.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' },
      body,
    });
  }

  async function signIn(username: string): Promise<Page> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${hub.url}/sign-in`);
    await page.locator(`button[value="${username}"]`).click();
    await page.waitForURL(/\/children/);
    return page;
  }
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect({
    page: new URL(page.url()).pathname,
    violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
  }).toEqual({
    page: new URL(page.url()).pathname,
    violations: [],
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 45_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await sleep(50);
  }
}

function withoutCorrelation(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/nonce="[^"]*"/g, 'nonce')
    .replace(/value="[\w-]{20,}"/g, 'value');
}
