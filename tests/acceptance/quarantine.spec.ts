import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { drain } from '../../apps/worker/worker.loop.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

// axe takes seconds on a long page when the machine is busy.
jest.setTimeout(90_000);

const broken = (n: number) => ({
  system: 'police' as const,
  messageId: `Zillah Quarrington ${n}`,
  format: 'hub.police.v1.MissingReported',
  contentType: 'application/cloudevents+json',
  attributes: {
    type: 'hub.police.v1.MissingReported',
    source: 'police',
    id: `q-${n}`,
    subject: 'Zillah Quarrington',
    time: 'half past nine',
  },
  body: JSON.stringify({
    specversion: '1.0',
    id: `q-${n}`,
    source: 'police',
    type: 'hub.police.v1.MissingReported',
    subject: 'Zillah Quarrington',
    time: 'half past nine',
    data: { reportReference: `Q/${n}`, person: { familyName: 'Quarrington', nhsNumber: '9990001234' } },
  }),
});

/** Operators mend what could not be recorded, and see of whom it speaks nowhere. */
describe('the quarantine room', () => {
  let portal: PortalServer;
  let browser: Browsing;
  const pages: Page[] = [];
  beforeAll(async () => {
    portal = await openPortal();
    browser = await openBrowser(portal.url);
    await portal.hub.keep(...[1, 2, 3].map(broken));
    await portal.hub.keep({
      ...broken(4),
      system: 'social-care',
      format: 'ssda903.missing',
      contentType: 'text/csv',
      body: 'CHILD,DOB,MISSING,MIS_START,MIS_END,Zillah\r\nQ1,12/03/2009,M,31/02/2026,,9990001234\r\n',
    });
    await drain(portal.hub);
  }, 90_000);
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  const main = async (page: Page): Promise<string> => page.locator('main').innerText();
  const open = async (page: Page, reason: RegExp): Promise<void> => {
    await page.goto('/quarantine');
    await page.getByRole('link', { name: reason }).first().click();
  };

  const signedIn: Browsing['signedIn'] = async (name, options) => {
    const page = await browser.signedIn(name, options);
    pages.push(page);
    return page;
  };

  it('an operator begins there, goes from a reason to a message, and sees where it is wrong and nobody’s name', async () => {
    const page = await signedIn('Olly Operator');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Quarantine');
    expect(await page.locator('tbody').innerText()).toMatch(/Invalid time.*Police.*MissingReported\s+3\s/s);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'quarantine');
    await page.getByRole('link', { name: /Invalid time/ }).click();
    expect(await page.locator('tbody tr').count()).toBe(3);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'quarantine-group');
    await page.locator('tbody').getByRole('link').first().click();
    expect(await page.locator('.hub-masked mark').innerText()).toBe('time: "xxxx xxxx xxxx"');
    expect(await page.locator('.hub-masked').innerText()).toContain('familyName: "Xxxxxxxxxxx"');
    expect(await faults(page)).toEqual([]);
    await shot(page, 'quarantine-message');
    expect(await page.content()).not.toMatch(/Zillah|Quarrington|9990001234|half past/);
  });

  it('a table shows the row that is wrong beside its columns', async () => {
    const page = await signedIn('Olly Operator');
    await open(page, /Invalid date.*Social care/s);
    await page.locator('tbody').getByRole('link').first().click();
    expect(await page.locator('.hub-masked').innerText()).toMatch(/row 2 ← here\s+CHILD: X9\s+DOB: 99\/99\/9999/);
    await shot(page, 'quarantine-table');
  });

  it('works without a script: one is tried again, with a reason, and what came of it shows', async () => {
    const page = await signedIn('Olly Operator', { javaScriptEnabled: false });
    await open(page, /Invalid time/);
    await page.locator('tbody').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Say why, in at least 10 characters');
    await page.getByLabel('What was mended?').fill('the adapter reads such times now');
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await main(page)).toContain('It is being tried again');
    expect(await main(page)).toMatch(/Tried again by olly.operator. the adapter reads such times now/);
    await drain(portal.hub);
    await page.reload();
    expect(await main(page)).toContain('It was tried again, and still cannot be recorded.');
    await shot(page, 'quarantine-tried');
  });

  it('all of a reason are tried again, and the count of what is left goes down', async () => {
    const page = await signedIn('Terry Lead', { javaScriptEnabled: false });
    await open(page, /Invalid time/);
    await page.getByRole('button', { name: 'Try all 3 again' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Say why');
    await page.getByLabel('What was mended?').fill('the force has been told');
    await page.getByRole('button', { name: 'Try all 3 again' }).click();
    expect(await main(page)).toMatch(/3 being tried again/);
    await shot(page, 'quarantine-retrying');
    await portal.hub.database.query(
      `update receipts set status = 'recorded', outcomes = '[]' where id = (select id from receipts where status = 'received' limit 1)`,
    );
    await page.reload();
    expect(await main(page)).toMatch(/2 being tried again/);
    await drain(portal.hub);
    await page.reload();
    expect(await main(page)).not.toContain('being tried again');
    expect(await page.locator('tbody tr').count()).toBe(2);
  });

  it('what may report a missing child is closed by who answers for children, and by no operator', async () => {
    const olly = await signedIn('Olly Operator');
    await open(olly, /Invalid time/);
    await olly.locator('tbody').getByRole('link').first().click();
    expect(await main(olly)).toContain('It may report a missing child');
    expect(await olly.getByRole('button', { name: 'Close' }).count()).toBe(0);
    const token = await olly.locator('input[name=formToken]').first().inputValue();
    const refused = await olly.request.post(`${olly.url()}/close`, {
      form: { formToken: token, reason: 'it is in the way' },
    });
    expect(refused.status()).toBe(403);
    expect(await refused.text()).toContain('once they have rung the sender');

    const dana = await signedIn('Dana Duty');
    await dana.goto(olly.url());
    await dana.getByLabel('Why will it never be recorded?').fill('the force has told us by telephone');
    await dana.getByRole('button', { name: 'Close' }).click();
    expect(await main(dana)).toMatch(/It is settled: not needed.*Closed by dana.duty/s);
    expect(await faults(dana)).toEqual([]);
  });

  it('fits 320 pixels, by keyboard as by mouse', async () => {
    const page = await signedIn('Olly Operator', { viewport: { width: 320, height: 640 } });
    await open(page, /Invalid time/);
    const group = page.url();
    await page.locator('tbody').getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.hub-masked').waitFor();
    for (const path of ['/quarantine', group, page.url()]) {
      await page.goto(path);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(await faults(page)).toEqual([]);
    }
    await shot(page, 'quarantine-message-320');
    const reached: string[] = [];
    for (let press = 0; press < 20; press += 1) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.trim()'),
      );
    }
    expect(reached).toEqual(expect.arrayContaining(['retry-reason', 'Try again']));
  });

  it('is for nobody else, takes no form of another site, and answers bad addresses with pages', async () => {
    for (const name of ['Casey Manager', 'Pat Constable', 'Kim Integration', 'Ivy Audit']) {
      const page = await signedIn(name);
      expect(await page.getByRole('link', { name: 'Quarantine', exact: true }).count()).toBe(0);
      expect((await page.goto('/quarantine'))?.status()).toBe(403);
    }
    const page = await signedIn('Olly Operator');
    expect((await page.goto('/children'))?.status()).toBe(403);
    await open(page, /Invalid time/);
    const forged = await page.request.post(`${portal.url}/quarantine/group/retry`, {
      form: { formToken: 'guessed', reason: 'a good reason' },
    });
    expect(forged.status()).toBe(403);
    for (const path of [
      '/quarantine/group?of=nonsense',
      '/quarantine/messages/nonsense',
      `/quarantine/messages/${crypto.randomUUID()}`,
    ])
      expect((await page.goto(path))?.status()).toBe(404);
    await open(page, /Invalid time/);
    expect((await page.goto(`${page.url()}&cursor=nonsense`))?.status()).toBe(400);
    expect(await main(page)).toContain('Nothing was changed');
    expect(await faults(page)).toEqual([]);
  });
});
