import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { allocated, indicated, reported, takenBack, tellAll, type Told } from '../contract/notified.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(180_000);

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
        const open = await page.locator('#urgent + ul > li, #open + ul > li, section:has(> form)').count();
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

  it('a digest is read, and a mistake shows as one to whoever had read it, by keyboard alone', async () => {
    const other: Told = { who: 70, familyName: 'Jessamine' };
    await tellAll(portal.hub, allocated(other, 'casey.manager', ago(60 * 24 * 20)));
    await tellAll(portal.hub, indicated(other, 'J1', ago(30)));
    await tellAll(portal.hub, reported(other, 'J2', ago(3)));
    const casey = await browser.signedIn('Casey Manager');
    const press = async (name: string | RegExp, within: string): Promise<void> => {
      // Tab after tab, as somebody without a mouse goes there.
      await casey.locator('body').focus();
      const wanted = casey.locator(within).getByRole('button', { name }).first();
      for (let tabs = 0; tabs < 200; tabs += 1) {
        if ((await wanted.and(casey.locator(':focus')).count()) > 0) break;
        await casey.keyboard.press('Tab');
      }
      const answered = casey.waitForResponse((response) => response.request().method() === 'POST');
      await casey.keyboard.press('Enter');
      await answered;
      await casey.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    };
    await casey.goto('/inbox');
    const main = casey.locator('main');
    expect(await main.innerText()).not.toContain('Daily digest');
    expect(await main.innerText()).toMatch(/Jessamine: Reported missing/);
    // Told last week: by now the digest of then has come.
    await portal.hub.database.query(
      `update notices set raised_at = raised_at - interval '7 days' where urgency = 'digest' and kind = 'exploitation-indicator'`,
    );
    await casey.goto('/inbox');
    const digest = casey.locator('section', { hasText: 'Daily digest' });
    expect(await digest.innerText()).toMatch(/Jessamine/);
    await shot(casey, 'inbox-digest');
    await press('Acknowledge the digest', 'section:has-text("Daily digest")');
    expect(await digest.innerText()).toContain('Acknowledged by Casey Manager');
    expect(await digest.getByRole('button').count()).toBe(0);

    await tellAll(portal.hub, takenBack('J2', ago(1)));
    await casey.goto('/inbox');
    expect(await main.innerText()).not.toMatch(/Jessamine: Reported missing/);
    const mistaken = casey.locator('section', { hasText: 'Told by mistake' });
    expect(await mistaken.innerText()).toMatch(/Told by mistake \(1\).*Do not act on them/s);
    expect(await mistaken.innerText()).not.toContain('Jessamine');
    expect(await faults(casey, 'main')).toEqual([]);
    await shot(casey, 'inbox-recalled');
  });
});
