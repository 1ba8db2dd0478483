import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromium } from '../../libs/testing/chromium.js';
import { openPortal, type PortalServer } from './portal-server.js';

// axe takes seconds on a long timeline when the machine is busy.
jest.setTimeout(90_000);

describe('pages', () => {
  let portal: PortalServer;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    browser = await playwright.launch({ ...(await chromium()) });
    kit = await portal.childOf('court', 'court');
  }, 90_000);
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: portal.url, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => expect(error.message).toBe(''));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (403|404|503)/.test(message.text()))
        expect(message.text()).toBe('');
    });
    return page;
  }

  async function signedIn(name: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const page = await open(options);
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  async function faults(page: Page): Promise<string[]> {
    // axe runs its own script, which the policy of the page rightly keeps out of pages with scripts switched off.
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  const shot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['HUB_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  it('a case manager signs in, sees the caseload, and opens the timeline', async () => {
    const page = await open();
    await page.goto('/');
    expect(await faults(page)).toEqual([]);
    await shot(page, 'start');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Casey Manager' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('My caseload (2)');
    expect(await faults(page)).toEqual([]);
    await shot(page, 'children');
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    expect(await page.title()).toBe('Kit Fennimoor: timeline - Youth Justice Hub');
    expect(await page.locator('.hub-child').innerText()).toMatch(/17.*Casey Manager/s);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'timeline');
    const entries = await page.locator('ol.hub-timeline > li').count();
    expect(entries).toBeGreaterThan(20);
  });

  it('filters are links, and an entry that no longer holds is struck, expandable and leads to its successor', async () => {
    const page = await signedIn('Casey Manager');
    await page.goto(`/children/${kit}`);
    expect(await page.getByRole('navigation', { name: 'Agency' }).isVisible()).toBe(true);
    const all = await page.locator('ol.hub-timeline > li').count();
    await page.getByRole('navigation', { name: 'Agency' }).getByRole('link', { name: 'Court' }).click();
    expect(page.url()).toContain('agency=court');
    const court = await page.locator('ol.hub-timeline > li').count();
    expect(court).toBeGreaterThan(0);
    expect(court).toBeLessThan(all);
    const old = page.locator('li.hub-entry--old', { hasText: 'Go to what replaced it' }).first();
    expect(await old.locator('del').count()).toBe(1);
    expect(await old.locator('dl').first().isVisible()).toBe(false);
    await old.locator('summary').click();
    expect(await old.locator('dl').first().isVisible()).toBe(true);
    await old.getByRole('link', { name: 'Go to what replaced it' }).click();
    expect(await page.locator('li.hub-entry:target del').count()).toBe(0);
    await shot(page, 'filtered');
    await page.getByRole('link', { name: 'Clear filters' }).first().click();
    expect(await page.locator('ol.hub-timeline > li').count()).toBe(all);
  });

  it('shows a past day, and says what is wrong with a date', async () => {
    const page = await signedIn('Casey Manager');
    await page.goto(`/children/${kit}`);
    await page.getByLabel('As it was known on').fill('31/2/2026');
    await page.getByRole('button', { name: 'Show that day' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Enter a real date');
    expect(await faults(page)).toEqual([]);
    await shot(page, 'date-error');
    await page.getByLabel('As it was known on').fill('1/2/2020');
    await page.getByRole('button', { name: 'Show that day' }).click();
    expect(await page.locator('main').innerText()).toContain('The hub knew nothing of this child then.');
    await page.getByRole('link', { name: 'Show what it knows now' }).click();
    expect(await page.locator('ol.hub-timeline > li').count()).toBeGreaterThan(20);
  });

  it('everything works without a script', async () => {
    const page = await signedIn('Casey Manager', { javaScriptEnabled: false });
    await page.getByLabel('Find a child').fill('tolla');
    await page.getByRole('button', { name: 'Search' }).click();
    expect(page.url()).not.toContain('tolla');
    await page.getByRole('link', { name: 'Wren Tolladay' }).click();
    await page.getByRole('link', { name: 'Police', exact: true }).click();
    await page.locator('.hub-timeline summary').first().click();
    expect(await page.locator('.hub-timeline details[open]').count()).toBe(1);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('You have signed out');
    await page.goto('/children');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toContain('caseload');
  });

  it('fits 320 pixels, and the keyboard reaches what a mouse does', async () => {
    const page = await signedIn('Casey Manager', { viewport: { width: 320, height: 640 } });
    for (const path of ['/children', `/children/${kit}`]) {
      await page.goto(path);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await faults(page)).toEqual([]);
      await shot(page, path === '/children' ? 'children-320' : 'timeline-320');
    }
    await page.goto(`/children/${kit}`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent.trim()')).toBe('Skip to main content');
    await page.locator('.hub-aside__fold > summary').focus();
    await page.keyboard.press('Enter');
    const focusable = await page
      .locator('main a[href], main button, main input:not([type=hidden]), main summary')
      .count();
    const reached = new Set<string>();
    for (let press = 0; press < focusable + 12; press += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate<string>('document.activeElement.outerHTML'));
    }
    expect([...reached].some((html) => html.includes('<summary'))).toBe(true);
    expect([...reached].some((html) => html.includes('agency=police'))).toBe(true);
    expect([...reached].some((html) => html.includes('asKnownAt'))).toBe(true);
  });

  it('another agency sees what its work allows, with one line for what is withheld', async () => {
    const page = await signedIn('Robin Social');
    await page.getByLabel('Find a child').fill('fennimoor');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    expect(await page.locator('.hub-withheld li').count()).toBeGreaterThan(0);
    expect(await page.locator('.hub-withheld').innerText()).toContain('Not shared for this purpose');
    expect(await faults(page)).toEqual([]);
    await shot(page, 'withheld');
  });

  it('an error says what happened, what was not lost and what to do next', async () => {
    const page = await signedIn('Sky School');
    const missing = await page.goto(`/children/${kit}`);
    expect(missing?.status()).toBe(404);
    expect(await page.locator('main').innerText()).toMatch(/The hub does not say which.*Nothing was changed/s);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'not-found');
    for (const path of ['/children/not-an-id', '/nowhere/at/all']) expect((await page.goto(path))?.status()).toBe(404);

    await portal.hub.database.query('alter table audit rename to audit_away');
    try {
      const unrecorded = await page.goto(`/children/${kit}`);
      expect(unrecorded?.status()).toBe(503);
      expect(await page.locator('main').innerText()).toContain('writes down every look');
      expect(await page.locator('body').innerText()).not.toMatch(/Kit|Fennimoor/);
      expect(await faults(page)).toEqual([]);
    } finally {
      await portal.hub.database.query('alter table audit_away rename to audit');
    }
  });

  it('a form that another site sends does nothing', async () => {
    const page = await signedIn('Casey Manager');
    const answer = await page.request.post('/sign-out', { form: { formToken: 'guessed' } });
    expect(answer.status()).toBe(403);
    await page.goto('/children');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('My caseload');
  });
});
