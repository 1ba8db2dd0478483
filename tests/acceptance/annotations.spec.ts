import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { answerMessage } from '../../libs/platform/annotations/answer-message.js';
import { RequestBook } from '../../libs/platform/annotations/request-book.js';
import { openAnnotatingPortal } from './annotating-portal.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import type { PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

describe('what a reader says of an entry', () => {
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

  const arrest = (page: Page) => page.locator('li.hub-entry', { hasText: 'Arrested' }).first();
  const withoutScripts = { javaScriptEnabled: false };

  it('marks it as significant at one press, says why, and takes it back, without scripts', async () => {
    const page = await browser.signedIn('Casey Manager', withoutScripts);
    await page.goto(`/children/${kit}`);
    await arrest(page)
      .getByRole('button', { name: /^Mark as significant/ })
      .click();
    expect(await page.getByRole('alert').innerText()).toContain('Marked as significant');
    expect(await arrest(page).innerText()).toMatch(/Significant · Casey Manager, Youth offending service/);
    await arrest(page)
      .getByRole('link', { name: /^Change the mark/ })
      .click();
    await page.getByLabel('Why it is significant').fill('First arrest.\nŁukasz was there <b>too</b>.');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await arrest(page).innerText()).toContain('First arrest.\nŁukasz was there <b>too</b>.');

    await arrest(page)
      .getByRole('link', { name: /^Change the mark/ })
      .click();
    expect(await page.getByLabel('Why it is significant').inputValue()).toContain('First arrest.');
    await page.getByRole('button', { name: 'Take the mark back' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('taken back');
    expect(await arrest(page).innerText()).not.toContain('Significant ·');
  });

  it('sends that it is wrong to its source, and says what is missing in a form', async () => {
    const page = await browser.signedIn('Casey Manager');
    await page.goto(`/children/${kit}`);
    await arrest(page)
      .getByRole('link', { name: /^This is wrong/ })
      .click();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send to the source' }).click();
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Say what is wrong');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await faults(page)).toEqual([]);
    await page.getByLabel('What is wrong').fill('x'.repeat(1_001));
    await page.getByRole('button', { name: 'Send to the source' }).click();
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('1,000 characters or fewer');
    expect((await page.getByLabel('What is wrong').inputValue()).length).toBe(1_001);
    await page.getByLabel('What is wrong').fill('It was his brother.');
    await page.getByRole('button', { name: 'Send to the source' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Sent to the source');
    expect(await arrest(page).innerText()).toMatch(
      /Said to be wrong.*Casey Manager.*It was his brother\..*Not answered yet/s,
    );
    expect(await faults(page, 'li.hub-entry:has(.hub-said)')).toEqual([]);
    await shot(page, 'said-to-be-wrong');

    const elsewhere = await browser.signedIn('Pat Constable');
    await elsewhere.goto(`/children/${kit}`);
    expect(await arrest(elsewhere).innerText()).toMatch(/A case manager, Youth offending service/);
    expect(await elsewhere.content()).not.toContain('Casey Manager, Youth');
  });

  it('asks an agency why it withholds something, beside its one line, at 320 px', async () => {
    await portal.record(kit, { agency: 'health', category: 'victim', handling: '' }, 'behind the line');
    const page = await browser.signedIn('Casey Manager', { ...withoutScripts, viewport: { width: 320, height: 640 } });
    await page.goto(`/children/${kit}`);
    const line = page.getByRole('listitem').filter({ hasText: /^Health:/ });
    await line.getByRole('link', { name: /^Ask why/ }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await page.getByRole('button', { name: 'Ask' }).click();
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('Say what you need it for');
    await page.getByLabel('What you need it for').fill('A report for Friday.');
    await page.getByRole('button', { name: 'Ask' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('The agency has been asked');
    expect(await line.innerText()).toMatch(/Asked why on.*Casey Manager.*A report for Friday\..*Not answered yet/s);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await shot(page, 'asked-why-320');
  });

  it('is asked only of who withholds something, and shown only in the role and for the purpose it was asked', async () => {
    const page = await browser.signedIn('Casey Manager', withoutScripts);
    for (const agency of ['education', 'nobody']) {
      expect((await page.goto(`/children/${kit}/withheld/${agency}/why`))?.status()).toBe(404);
    }
    const terry = await browser.signedIn('Terry Lead', withoutScripts);
    await terry.goto(`/children/${kit}`);
    const line = terry.getByRole('listitem').filter({ hasText: /^Health:/ });
    expect(await line.innerText()).not.toContain('Asked why');
    expect(await terry.content()).not.toContain('A report for Friday');
  });

  it('shows what the source answers, under the entry and beside the line', async () => {
    const { database, keys, intake } = portal.hub;
    const book = new RequestBook(database, keys, 'whole');
    for (const system of ['police', 'court', 'yos', 'social-care', 'probation', 'secure-estate']) {
      for (const { id, kind } of (await book.list({ system, status: 'open' })).requests) {
        const stream = (await book.find(id, system))?.stream ?? '';
        const [agency, text] =
          kind === 'wrong' ? (['police', 'We asked'] as const) : (['health', 'Ask the nurse'] as const);
        const at = new Date().toISOString();
        await intake.keep([answerMessage({ request: id, stream, answer: 'stands', text, agency, at })]);
      }
    }
    const page = await browser.signedIn('Casey Manager', withoutScripts);
    const main = async (): Promise<string> => {
      await page.goto(`/children/${kit}`);
      return page.getByRole('main').innerText();
    };
    // The last of them was kept a moment ago, and shows as soon as the worker has taken it up.
    for (const until = Date.now() + 45_000; Date.now() < until;) {
      const text = await main();
      const answers = ['it stands as it is.', 'We asked', 'it stays withheld.', 'Ask the nurse'];
      if (answers.every((words) => text.includes(words)) && !text.includes('Not answered yet')) break;
    }
    expect(await main()).toMatch(/Police answered on .*: it stands as it is\.\s*We asked/);
    expect(await main()).toMatch(/Health answered on .*: it stays withheld\.\s*Ask the nurse/);
    expect(await arrest(page).innerText()).not.toContain('Not answered yet');
  });

  it('is not offered to who only checks, nor on a past day', async () => {
    const auditor = await browser.signedIn('Ivy Audit');
    await auditor.goto(`/children/${kit}`);
    expect(await auditor.content()).not.toMatch(/This is wrong|Mark as significant|Ask why/);
    const page = await browser.signedIn('Casey Manager');
    await page.goto(`/children/${kit}?asKnownAt=${new Date().toISOString()}`);
    expect(await arrest(page).innerText()).toContain('Said to be wrong');
    expect(await page.content()).not.toMatch(/>This is wrong|Mark as significant|Ask why/);
  });
});
