import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { allocated, reported, tellAll, type Told } from '../contract/notified.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

describe('the inbox, in a browser', () => {
  let portal: PortalServer;
  let browser: Browsing;
  const child: Told = { who: 68, familyName: 'Hollinbrook' };
  beforeAll(async () => {
    portal = await openPortal();
    browser = await openBrowser(portal.url);
    await tellAll(portal.hub, allocated(child, 'casey.manager', ago(60 * 24 * 20)));
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  it('the badge says that something came while another page is open, and the keyboard reads and acknowledges it', async () => {
    const casey = await browser.signedIn('Casey Manager');
    await casey.goto('/inbox');
    const waiting = Number(await casey.locator('[data-waiting]').textContent());
    await casey.goto('/children');
    await tellAll(portal.hub, reported(child, 'H1', ago(3)));
    await casey.locator('[data-waiting]', { hasText: String(waiting + 1) }).waitFor();
    await casey.getByRole('link', { name: /^Inbox/ }).focus();
    await casey.keyboard.press('Enter');
    await casey.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    const thread = casey.locator('li', { hasText: 'Hollinbrook' }).first();
    expect(await thread.innerText()).toMatch(/Reported missing/);
    await thread.getByRole('button', { name: 'Acknowledge' }).focus();
    await casey.keyboard.press('Enter');
    await casey.locator('#done').waitFor();
    expect(await casey.locator('section', { hasText: 'Acknowledged (' }).last().innerText()).toContain(
      'Acknowledged by Casey Manager',
    );
    await casey.locator('[data-waiting]', { hasText: String(waiting) }).waitFor({ state: 'attached' });
  });

  it('passes axe, wide and at 320 pixels, without a script as well', async () => {
    await tellAll(portal.hub, reported({ who: 69, familyName: 'Ivinson' }, 'I1', ago(2), { unknown: true }));
    for (const [name, width] of [
      ['wide', 1100],
      ['320', 320],
    ] as const) {
      for (const person of ['Dana Duty', 'Robin Social', 'Casey Manager']) {
        const page = await browser.signedIn(person, { viewport: { width, height: 900 } });
        await page.goto('/inbox');
        await shot(page, `inbox-${person.split(' ')[0]!.toLowerCase()}-${name}`);
        const open = await page.locator('#urgent + ul > li, #open + ul > li').count();
        expect(await page.locator('[data-waiting]').textContent()).toBe(String(open));
        expect(await faults(page)).toEqual([]);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
      }
    }
    const dana = await browser.signedIn('Dana Duty', { javaScriptEnabled: false });
    await dana.goto('/inbox');
    expect(await dana.locator('main').innerText()).toMatch(/Ivinson.*May concern your child/s);
    await dana.getByRole('button', { name: 'Acknowledge' }).first().click();
    expect(await dana.locator('main').innerText()).toContain('Acknowledged by Dana Duty');
  });
});
