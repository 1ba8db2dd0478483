import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { chromium } from '../../libs/testing/chromium.js';
import { guides } from '../../apps/portal/docs/guides.js';
import { catalogue } from '../../libs/contracts/catalogue.js';
import { faults, shot } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

describe('what partners read', () => {
  let portal: PortalServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    portal = await openPortal();
    browser = await playwright.launch({ ...(await chromium()) });
    page = await (await browser.newContext({ baseURL: portal.url })).newPage();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  async function wide(width: number): Promise<number> {
    await page.setViewportSize({ width, height: 900 });
    return page.evaluate('document.documentElement.scrollWidth');
  }

  it.each(Object.entries(guides))('the guide %s is there for everybody, for every reader', async (guide, title) => {
    const answer = await page.goto(guide === 'start' ? '/docs' : `/docs/${guide}`);
    expect(answer?.status()).toBe(200);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
    expect(await faults(page)).toEqual([]);
    expect(await wide(320)).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, `docs-${guide}`);
  });

  it('says each call as this hub is called, with a first event that is not the one of the greeting', async () => {
    await page.goto('/docs');
    const calls = (await page.locator('pre').allInnerTexts()).join('\n');
    expect(calls).toContain(`${portal.url}/oauth2/token`);
    expect(calls).toContain(`${portal.url}/v1/events`);
    expect(calls).not.toContain('"my-first-event"');
    for (const guide of ['sandbox', 'withdrawals', 'formats']) {
      await page.goto(`/docs/${guide}`);
      expect(await page.locator('pre').first().innerText()).toContain(portal.url);
    }
  });

  it('lists every event by agency, each with a page of its own', async () => {
    await page.goto('/docs/events');
    expect(await faults(page)).toEqual([]);
    expect(await wide(320)).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'docs-events');
    const types = await page.locator('.hub-events .hub-type').allInnerTexts();
    const published = [...catalogue.values()].filter(({ agency }) => agency !== undefined);
    expect(types.toSorted()).toEqual(published.map(({ type }) => type).toSorted());
    for (const type of types) {
      const answer = await fetch(`${portal.url}/docs/events/${type}`);
      expect([type, answer.status]).toEqual([type, 200]);
    }
  });

  it('says of an event what its fields mean, how long it is kept and who may see it', async () => {
    await page.goto('/docs/events');
    await page.locator('a[href="/docs/events/hub.police.v1.MissingReported"]').click();
    const text = await page.locator('main').innerText();
    expect(text).toContain('reportReference');
    expect(text).toContain('RISK_GRADE_HIGH High risk.');
    expect(text).toContain('Until the 75th birthday when looked after'.toLowerCase());
    expect(text).toMatch(/Youth offending service: duty officer\s+duty, safeguarding|safeguarding, duty/);
    expect(text).toContain('"specversion": "1.0"');
    expect(await faults(page)).toEqual([]);
    expect(await wide(320)).toBeLessThanOrEqual(320);
    await shot(page, 'docs-event-narrow');
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'docs-event');
  });

  it('says the same to nobody about what is not in the contract', async () => {
    for (const path of [
      '/docs/events/hub.police.v1.Nothing',
      '/docs/events/hub.record.v1.SaidToBeWrong',
      '/docs/nothing',
    ])
      expect([path, (await fetch(`${portal.url}${path}`)).status]).toEqual([path, 404]);
  });
});
