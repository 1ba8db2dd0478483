import { describe, expect, it } from '@jest/globals';
import { chromium as playwright } from 'playwright-core';
import { chromium, type BrowserLaunch } from './chromium.js';

describe('the browser for tests', () => {
  it('starts and renders a page', async () => {
    expect(await headingShownBy(await chromium())).toBe('Timeline');
  }, 60_000);

  it('starts from the package alone when none is installed', async () => {
    expect(await headingShownBy(await chromium({ PATH: '' }))).toBe('Timeline');
  }, 120_000);

  it('fails when CHROMIUM_PATH names nothing', async () => {
    await expect(chromium({ CHROMIUM_PATH: '/nowhere/chromium' })).rejects.toThrow(
      'CHROMIUM_PATH says /nowhere/chromium',
    );
  });
});

async function headingShownBy(options: BrowserLaunch): Promise<string | null> {
  const browser = await playwright.launch(options);
  try {
    const page = await browser.newPage();
    await page.setContent('<main><h1>Timeline</h1></main>');
    return await page.getByRole('heading', { level: 1 }).textContent();
  } finally {
    await browser.close();
  }
}
