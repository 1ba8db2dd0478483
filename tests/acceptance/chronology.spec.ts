import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openAnnotatingPortal } from './annotating-portal.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { pdfText, type PdfText } from './pdf-text.js';
import type { PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

describe('a chronology', () => {
  let portal: PortalServer;
  let browser: Browsing;
  let kit: string;
  beforeAll(async () => {
    portal = await openAnnotatingPortal();
    browser = await openBrowser(portal.url);
    kit = await portal.childOf('court', 'court');
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  async function mark(page: Page, title: string): Promise<void> {
    await page.goto(`/children/${kit}`);
    const entry = page.locator('li.hub-entry', { hasText: title }).first();
    await entry.getByRole('button', { name: /^Mark as significant/ }).click();
  }
  async function print(page: Page, query = ''): Promise<PdfText> {
    const answer = await page.request.get(`/children/${kit}/chronology.pdf${query}`);
    expect(answer.headers()).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': 'inline; filename="chronology.pdf"',
    });
    return pdfText(await answer.body());
  }
  const looks = async (): Promise<unknown[]> => {
    const { rows } = await portal.hub.database.query<object>(
      `select what, who, purpose, cardinality(shown) as shown from audit where what like 'chronology.%' order by id`,
    );
    return rows;
  };

  it('holds the events that were chosen, oldest first, on the page and in print alike, and each look is written down', async () => {
    const page = await browser.signedIn('Casey Manager');
    await page.goto(`/children/${kit}/chronology`);
    expect(await page.getByRole('main').innerText()).toContain('No event has been marked as significant');
    await mark(page, 'Charged');
    await mark(page, 'Arrested');
    await page.goto(`/children/${kit}`);
    await page.getByRole('link', { name: 'Chronology of significant events' }).click();
    const titles = await page.locator('.hub-chronology h3').allInnerTexts();
    expect(titles).toHaveLength(2);
    expect(titles[0]).toContain('Arrested');
    expect(titles[1]).toContain('Charged');
    const main = await page.getByRole('main').innerText();
    expect(main).toMatch(/Made by\s+Casey Manager, Youth offending service/);
    expect(main).toMatch(/Purpose\s+Managing the case/);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'chronology');

    const { pages, info } = await print(page);
    const text = pages.join(' ');
    expect(text).toMatch(/Arrested.*Charged/);
    expect(text).not.toContain('Appointment');
    expect(text).toContain('Kit Fennimoor');
    expect(text).toContain(`Page 1 of ${pages.length}`);
    expect(JSON.stringify(info)).not.toMatch(/Kit|Fennimoor|Casey/);
    const look = { who: 'casey.manager', purpose: 'case-management' };
    expect(await looks()).toEqual([
      { ...look, what: 'chronology.read', shown: 0 },
      { ...look, what: 'chronology.read', shown: 2 },
      { ...look, what: 'chronology.print', shown: 2 },
    ]);
  });

  it('goes by dates and by what was known then, and says which date it cannot read, without scripts at 320 px', async () => {
    const page = await browser.signedIn('Casey Manager', {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    await page.goto(`/children/${kit}/chronology?from=31%2F2%2F2026&to=1%2F1%2F2020`);
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Enter a real date');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await page.locator('.hub-chronology h3').count()).toBe(0);
    await page.getByRole('link', { name: 'Clear the dates' }).click();
    expect(await page.locator('.hub-chronology h3').count()).toBe(2);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await shot(page, 'chronology-320');
    await page.getByText('Choose dates, or a past day').click();
    await page.getByLabel('As it was known on').fill('1/1/2020');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.getByRole('main').innerText()).toContain('1 January 2020');
    expect(await page.locator('.hub-chronology h3').count()).toBe(0);
    expect((await print(page, '?asKnownAt=2020-01-01')).pages.join(' ')).toContain('As known on 1 January 2020');
    expect((await page.request.get(`/children/${kit}/chronology.pdf?from=nonsense`)).status()).toBe(400);
  });

  it('prints for another agency only what it may see', async () => {
    const kind = { agency: 'health', category: 'health-detail', handling: '' };
    await portal.record(kit, kind, 'Counselling begins');
    const casey = await browser.signedIn('Casey Manager');
    await mark(casey, 'Counselling begins');
    expect((await print(casey)).pages.join(' ')).toContain('Counselling begins');
    const pat = await browser.signedIn('Pat Constable');
    const { pages } = await print(pat);
    expect(pages.join(' ')).toMatch(/Arrested.*Charged/);
    expect(pages.join(' ')).not.toMatch(/Counselling|Casey Manager/);
    expect(pages.join(' ')).toContain('A case manager, Youth offending service');
  });
});
