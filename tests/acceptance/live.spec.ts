import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromium } from '../../libs/testing/chromium.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(60_000);

describe('a timeline that is open while something comes in', () => {
  const education = { agency: 'yos', category: 'education', handling: '' };
  let portal: PortalServer;
  let browser: Browser;
  let context: BrowserContext;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    browser = await playwright.launch({ ...(await chromium()) });
    kit = await portal.childOf('court', 'court');
  }, 90_000);
  afterEach(async () => context.close());
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  async function read(path = ''): Promise<Page> {
    context = await browser.newContext({ baseURL: portal.url });
    const page = await context.newPage();
    page.on('pageerror', (error) => expect(error.message).toBe(''));
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Casey Manager' }).click();
    await page.getByRole('heading', { name: 'My caseload' }).waitFor();
    const followed = page.waitForResponse((response) => response.url().includes('/changes'));
    await page.goto(`/children/${kit}${path}`);
    await followed;
    return page;
  }
  const status = (page: Page) => page.locator('.hub-changed');
  const entries = async (page: Page) => page.locator('.hub-entry').count();
  const topOf = async (page: Page, id: string): Promise<number> =>
    page.evaluate<number>(`document.getElementById('${id}').getBoundingClientRect().top`);

  it('shows it in its place, says so, and moves neither the page, nor the focus, nor what is open', async () => {
    const page = await read();
    const before = await entries(page);
    const entry = page.locator('.hub-entry').nth(8);
    const id = (await entry.getAttribute('id')) ?? '';
    await entry.locator('summary').click();
    await page.evaluate(`window.sameDocument = true; document.getElementById('${id}').scrollIntoView()`);
    const [top, focused] = [await topOf(page, id), await page.evaluate<string>('document.activeElement.textContent')];

    const recorded = await portal.record(kit, education, 'while it was open', {}, 'hub.yos.v1.SomethingNew');
    await page.getByText('1 new entry.').waitFor();
    expect(await entries(page)).toBe(before + 1);
    expect(Math.abs((await topOf(page, id)) - top)).toBeLessThanOrEqual(1);
    expect(await entry.page().locator(`#${id} details[open]`).count()).toBe(1);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe(focused);
    expect(await page.evaluate<boolean>('window.sameDocument')).toBe(true);
    expect(await page.locator(`#entry-${recorded}`).innerText()).toMatch(/Something new.*New/s);
    const { violations } = await new AxeBuilder({ page })
      .include('.hub-changed')
      .include(`#entry-${recorded}`)
      .analyze();
    expect(violations.map(({ id: rule }) => rule)).toEqual([]);

    await portal.record(kit, education, 'and another');
    await page.getByText('2 new entries.').waitFor();
    expect(Math.abs((await topOf(page, id)) - top)).toBeLessThanOrEqual(1);
    await page.getByRole('link', { name: 'Go to the newest of them' }).click();
    expect(await page.locator('.hub-entry:target').count()).toBe(1);
  });

  it('keeps what is new marked while it is read, and counts it at the next look', async () => {
    const page = await read();
    await portal.record(kit, education, 'after this look');
    await page.getByText('1 new entry.').waitFor();
    const filtered = page.getByRole('navigation', { name: 'Agency' }).getByRole('link', { name: 'Youth offending' });
    await filtered.click();
    expect(await page.locator('.hub-entry--fresh').count()).toBeGreaterThan(0);
    await page.goto(`/children/${kit}`);
    expect(await page.locator('.hub-child__fresh').innerText()).toContain('1 new since you last looked on');
    await page.reload();
    expect(await page.locator('.hub-child__fresh').innerText()).toContain('Nothing new since you last looked on');
    expect(await page.locator('.hub-entry--fresh').count()).toBe(0);
  });

  it('an entry that is corrected is struck where it stands, and its open details stay open', async () => {
    const first = await portal.record(kit, education, 'first said');
    const page = await read();
    await page.locator(`#entry-${first} summary`).click();
    const { rows } = await portal.hub.database.query<{ fact: string }>('select fact from timeline where key = $1', [
      first,
    ]);
    await portal.record(kit, education, 'then corrected', { fact: rows[0]!.fact, supersedes: first });
    await page.locator(`#entry-${first} del`).waitFor();
    expect(await page.locator(`#entry-${first} details[open]`).count()).toBe(1);
    expect(await page.evaluate<string>('document.activeElement.closest(".hub-entry").id')).toBe(`entry-${first}`);
  });

  it('leaves an older page and a filter as they are, and leads to the newest entries', async () => {
    const page = await read('?agency=court');
    const before = await entries(page);
    await portal.record(kit, education, 'not of the court');
    await page.getByText('Something has changed that is not on this page.').waitFor();
    expect(await entries(page)).toBe(before);
    await status(page).getByRole('link').click();
    expect(page.url()).not.toContain('agency=court');
    expect(await page.getByText('Not of the court').count()).toBe(1);
  });

  it('leads to a year that lies on an older page, which leads back and stays as it is when something comes in', async () => {
    const many = new Map(Array.from({ length: 110 }, (_, index) => [`long childhood ${index}`, education]));
    await portal.recordAll(kit, many);
    const page = await read();
    const jumps = page.getByRole('navigation', { name: 'Jump to year' }).getByRole('link');
    const oldest = await jumps.last().innerText();
    expect(await page.locator(`#year-${oldest}`).count()).toBe(0);
    const followed = page.waitForResponse((response) => response.url().includes('/changes'));
    await jumps.last().click();
    await page.getByRole('link', { name: 'Back to the newest entries' }).waitFor();
    await followed;
    expect(await page.locator('.hub-year__heading').allInnerTexts()).toEqual([oldest]);
    const before = await entries(page);
    await portal.record(kit, education, 'on the newest page');
    await page.getByText('Something has changed that is not on this page.').waitFor();
    expect(await entries(page)).toBe(before);
  });

  it('once signed out, says only that something changed', async () => {
    const page = await read();
    const before = await entries(page);
    await context.clearCookies();
    await portal.record(kit, education, 'unseen');
    await page.getByRole('link', { name: 'Something has changed. Show it' }).waitFor();
    expect(await entries(page)).toBe(before);
  });
});
