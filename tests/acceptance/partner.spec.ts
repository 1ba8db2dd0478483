import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

// axe takes seconds on a long page when the machine is busy.
jest.setTimeout(90_000);

/** Whoever looks after a partner's systems sees without help what they sent, and what became of it. */
describe('the partner page', () => {
  let portal: PortalServer;
  let browser: Browsing;
  const pages: Page[] = [];
  beforeAll(async () => {
    portal = await openPortal();
    browser = await openBrowser(portal.url);
  }, 90_000);
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  const signedIn: Browsing['signedIn'] = async (name, options) => {
    const page = await browser.signedIn(name, options);
    pages.push(page);
    return page;
  };

  it('is where they begin: counts, messages, and one with its parts, the reason in plain words', async () => {
    const page = await signedIn('Kim Integration');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('What Police sent');
    expect(await page.getByRole('region', { name: 'The last 7 days' }).innerText()).toMatch(/Recorded \d+/);
    expect(await page.getByRole('link', { name: 'how to publish' }).getAttribute('href')).toBe('/docs');
    expect(await faults(page)).toEqual([]);
    await shot(page, 'partner');
    await page.getByRole('link', { name: 'Quarantined' }).click();
    expect(page.url()).toContain('status=quarantined');
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.locator('tbody').getByRole('link').click();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(
      /Quarantined.*Why\s+reportReference is required.*Where in the message\s+.data.reportReference/s,
    );
    expect(text).not.toMatch(/Kit|Fennimoor/);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'partner-receipt');
  });

  it('filters by state and day without a script, and says what is wrong with a date', async () => {
    const page = await signedIn('Kim Integration', { javaScriptEnabled: false });
    const all = await page.locator('tbody tr').count();
    await page.getByLabel('What became of it').selectOption('recorded');
    await page.getByRole('button', { name: 'Show' }).click();
    const recorded = await page.locator('tbody tr').count();
    expect(recorded).toBeGreaterThan(0);
    expect(recorded).toBeLessThan(all);
    await page.getByLabel('Received since').fill('31/2/2026');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Enter a real date');
    expect(await page.locator('tbody tr').count()).toBe(0);
    expect(await page.getByLabel('What became of it').inputValue()).toBe('recorded');
    await page.getByLabel('Received since').fill('1/1/2099');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('main').innerText()).toContain('No message fits this.');
    await page.getByRole('link', { name: 'Show everything' }).click();
    expect(await page.locator('tbody tr').count()).toBe(all);
    await page.goto('/partner/try');
    await page.getByLabel('Our own format, JSON').check();
    await page.getByLabel('Message', { exact: true }).fill('{}');
    await page.getByRole('button', { name: 'Try it' }).click();
    expect(await page.getByRole('region', { name: 'What it would become' }).innerText()).toMatch(
      /Refused, for somebody to look at/,
    );
    await page.getByLabel('Message', { exact: true }).fill('');
    await page.getByLabel('Or a file').setInputFiles({ name: 'record.json', mimeType: 'application/json', buffer: Buffer.from('[{}]') }); // prettier-ignore
    await page.getByRole('button', { name: 'Try it' }).click();
    expect(await page.getByRole('region', { name: 'What it would become' }).innerText()).toMatch(
      /Refused, for somebody to look at/,
    );
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('');
  });

  it('tries a message: what it would become, where it would be refused, and that nothing is recorded', async () => {
    const page = await signedIn('Kim Integration', { viewport: { width: 320, height: 640 } });
    const narrow = async (): Promise<void> => {
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'),
      ).toBeLessThanOrEqual(0);
    };
    const before = await page.getByRole('region', { name: 'The last 7 days' }).innerText();
    await page.getByRole('link', { name: 'try a message' }).click();
    expect(await faults(page)).toEqual([]);
    const attempt = async (message: object): Promise<string> => {
      await page.getByLabel('Message', { exact: true }).fill(JSON.stringify(message));
      await page.getByRole('button', { name: 'Try it' }).click();
      await narrow();
      expect(await faults(page)).toEqual([]);
      return page.locator('main').innerText();
    };
    const event = {
      ...{ specversion: '1.0', id: 'tried-1', source: 'police', type: 'hub.police.v1.MissingReported' },
      ...{ subject: 'nominal-1', time: '2026-01-01T10:00:00Z' },
    };
    const good = await attempt({ ...event, data: { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH' } });
    expect(good).toMatch(/All of it would be recorded\. Nothing was recorded, and the message was not kept\./);
    expect(good).toMatch(/Events \(1\).*reportReference\s+XX-9\s+risk\s+RISK_GRADE_HIGH/s);
    expect(good).toMatch(/All of them were read/);
    const more = await attempt({ ...event, data: { reportReference: 'MR-1', weather: 'rain', 'Kit Fennimoor': 1 } });
    expect(more).toMatch(/Not read \(2\).*\/data\/weather\s+\/data\/Xxx Xxxxxxxxx/s);
    await shot(page, 'partner-try');
    const bad = await attempt({ ...event, data: { risk: 'RISK_GRADE_HIGH' } });
    expect(bad).toMatch(/Refused, for somebody to look at.*reportReference is required.*at .data.reportReference/s);
    expect(bad).toMatch(/not there ← here/);
    await shot(page, 'partner-try-refused');
    const faulty = await attempt({ ...event, source: 'court' });
    expect(faulty).toMatch(/There is a problem.*A system publishes only as itself/s);
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toContain('tried-1');
    await shot(page, 'partner-try-problem');
    await page.goto('/partner');
    expect(await page.getByRole('region', { name: 'The last 7 days' }).innerText()).toBe(before);
  });

  it('fits 320 pixels, and the keyboard reaches what a mouse does', async () => {
    const page = await signedIn('Kim Integration', { viewport: { width: 320, height: 640 } });
    await page.locator('tbody').getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /A message of/ }).waitFor();
    for (const path of ['/partner', page.url(), '/partner?since=never']) {
      await page.goto(path);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(await faults(page)).toEqual([]);
    }
    await page.goto('/partner');
    await shot(page, 'partner-320');
  });

  it('is for nobody else, and opens nothing else', async () => {
    for (const name of ['Pat Constable', 'Casey Manager', 'Olly Operator', 'Terry Lead']) {
      const page = await signedIn(name);
      expect(await page.getByRole('link', { name: 'What we sent' }).count()).toBe(0);
      expect((await page.goto('/partner'))?.status()).toBe(403);
    }
    const page = await signedIn('Kim Integration');
    for (const path of ['/children', '/today', '/sources', '/audit', '/quarantine', '/break-glass'])
      expect([path, (await page.goto(path))?.status()]).toEqual([path, 403]);
    for (const path of ['/partner?status=lost', '/partner?status=held&status=held', '/partner?cursor=elsewhere'])
      expect([path, (await page.goto(path))?.status()]).toEqual([path, 400]);
    for (const path of ['/partner?system=court', '/partner?system=nobody', '/partner/receipts/nonsense'])
      expect([path, (await page.goto(path))?.status()]).toEqual([path, 404]);
    expect(await faults(page)).toEqual([]);
  });
});
