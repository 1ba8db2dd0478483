import { expect } from '@jest/globals';
import AxeBuilder from '@axe-core/playwright';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromium } from '../../libs/testing/chromium.js';

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

/** A browser whose pages fail the test when a script of theirs fails. */
export interface Browsing {
  signedIn(name: string, options?: ContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openBrowser(baseURL: string): Promise<Browsing> {
  const browser = await playwright.launch({ ...(await chromium()) });
  const contexts: BrowserContext[] = [];
  return {
    signedIn: async (name, options = {}) => {
      const context = await browser.newContext({ baseURL, ...options });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => expect(error.message).toBe(''));
      await page.goto('/');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}

/** What axe finds wrong with a page, or with a part of it: a long timeline takes it half a minute. */
export async function faults(page: Page, part = 'html'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['HUB_SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
