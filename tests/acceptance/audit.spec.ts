import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

// axe takes seconds on a long page when the machine is busy.
jest.setTimeout(90_000);

/** Information governance reads who looked. */
describe('the audit page', () => {
  let portal: PortalServer;
  let browser: Browsing;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    browser = await openBrowser(portal.url);
    kit = await portal.childOf('court', 'court');
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  it('an auditor finds who looked at a child, by person and by day, at any width', async () => {
    await (await browser.signedIn('Casey Manager')).goto(`/children/${kit}`);
    // Without a script: following the inbox is a look of its own, and begins some time after the page.
    await (await browser.signedIn('Sky School', { javaScriptEnabled: false })).goto(`/children/${kit}`);
    const page = await browser.signedIn('Ivy Audit');
    await page.getByRole('link', { name: 'Audit' }).click();
    expect(await page.title()).toBe('Audit - Youth Justice Hub');
    expect(await page.locator('table').innerText()).toMatch(
      /sky\.school.*Not found.*casey\.manager.*Read the timeline/s,
    );
    expect(await page.getByRole('region', { name: /look/ }).first().innerText()).toContain(
      'Education, safeguarding: 2',
    );
    expect(await faults(page)).toEqual([]);
    await shot(page, 'audit');

    await page.getByRole('link', { name: 'Kit Fennimoor' }).first().click();
    await page.getByLabel('Person').fill('casey.manager');
    await page.getByRole('button', { name: 'Show' }).click();
    const rows = page.locator('tbody tr');
    const texts = await rows.allInnerTexts();
    expect(texts.join('\n')).toMatch(/casey\.manager.*entries shown.*Kit Fennimoor/s);
    // In a list of children too, which is a look at no one child.
    expect(texts.at(-1)).toMatch(/casey\.manager.*Listed children/s);
    expect(texts.filter((text) => !text.includes('casey.manager'))).toEqual([]);

    await page.getByLabel('Day').fill('31/2/2026');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Enter a real date, for example 27/3/2026');
    expect(await page.getByLabel('Person').inputValue()).toBe('casey.manager');
    expect(await page.locator('table').count()).toBe(0);
    expect(await faults(page)).toEqual([]);
  });

  it('reads at 320 px without a script, and only the table scrolls', async () => {
    const page = await browser.signedIn('Ivy Audit', {
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
    });
    await page.goto('/audit');
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(1);
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await shot(page, 'audit-320');
  });

  it('is not there for anybody else', async () => {
    const page = await browser.signedIn('Casey Manager');
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
    expect((await page.goto('/audit'))?.status()).toBe(403);
  });
});
