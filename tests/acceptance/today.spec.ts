import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { lookOut } from '../../apps/worker/watch/watch.js';
import { capabilities } from '../../libs/capabilities.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { usualSources } from '../../libs/sources/cadence.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

describe('the duty sheet, in a browser', () => {
  let portal: PortalServer;
  let browser: Browsing;
  beforeAll(async () => {
    portal = await openPortal();
    await drainReactions(portal.hub, { capabilities, rules: loadRulebook(undefined).rules });
    await portal.hub.projections.settled();
    await lookOut(portal.hub, { sources: usualSources, expectant: true, escalateMinutes: 15 });
    browser = await openBrowser(portal.url);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  it('a duty officer takes an item, another is told who has it, and it is handed over and cleared, without a script', async () => {
    const dana = await browser.signedIn('Dana Duty', { javaScriptEnabled: false });
    const terry = await browser.signedIn('Terry Lead', { javaScriptEnabled: false });
    for (const page of [dana, terry]) await page.getByRole('link', { name: 'Today' }).click();
    const missing = (page: Page) => page.locator('section', { hasText: 'Missing now' });
    expect(await missing(dana).innerText()).toMatch(/Wren Tolladay: Missing since .*Nobody has this yet/s);
    await missing(dana).getByRole('button', { name: 'Take it' }).click();
    expect(await dana.locator('main').innerText()).toContain('You have it: Missing since');
    await missing(terry).getByRole('button', { name: 'Take it' }).click();
    expect(await terry.locator('main').innerText()).toContain('Dana Duty already has it');
    await missing(dana).getByLabel('Hand over to').selectOption('terry.lead');
    await missing(dana).getByRole('button', { name: 'Hand over' }).click();
    expect(await dana.locator('main').innerText()).toContain('Terry Lead has it now');
    await terry.goto('/today');
    await missing(terry).getByRole('button', { name: 'Mark done' }).click();
    expect(await missing(terry).innerText()).toContain('Cleared today (1)');
    for (const page of [dana, terry]) await page.context().close();
  });

  it('passes axe, wide and at 320 pixels, as do the sources and a team manager’s caseload', async () => {
    for (const [name, width] of [
      ['wide', 1100],
      ['320', 320],
    ] as const) {
      const page = await browser.signedIn('Terry Lead', { viewport: { width, height: 900 } });
      for (const path of ['/today', '/sources', '/children?team=Fernhill+East']) {
        await page.goto(path);
        await shot(page, `${path.slice(1).replace(/\W.*/, '')}-${name}`);
        expect(await faults(page)).toEqual([]);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
      }
      await page.context().close();
    }
  });

  it('is a social worker’s too: their notices, interviews and duties, and no hearing or source', async () => {
    const robin = await browser.signedIn('Robin Social', { viewport: { width: 320, height: 900 } });
    await robin.goto('/today');
    const main = robin.locator('main');
    expect(await main.innerText()).toMatch(/Notices not yet acknowledged.*Interviews due.*Kit Fennimoor.*Duties due/s);
    expect(await main.innerText()).not.toMatch(/Hearings today|fallen silent|Wren/);
    expect(await faults(robin)).toEqual([]);
    await shot(robin, 'today-social-worker-320');
    await main.getByRole('link', { name: 'Open the loop' }).click();
    await robin.getByRole('heading', { level: 1, name: /Kit Fennimoor: missing/ }).waitFor();
    await robin.context().close();
  });

  it('says who is on duty and when nobody is, and a team manager puts it right, at 320 pixels', async () => {
    const terry = await browser.signedIn('Terry Lead', { viewport: { width: 320, height: 900 } });
    await terry.goto('/rota');
    expect(await terry.locator('main').innerText()).toContain('No rota is kept yet');
    await terry.getByLabel('Who is on duty').selectOption('sam.worker');
    await terry.getByRole('button', { name: 'Put on the rota' }).press('Enter');
    expect(await terry.locator('.govuk-error-summary').innerText()).toMatch(/Enter the team.*Enter a real date/s);
    expect(await terry.getByLabel('Who is on duty').inputValue()).toBe('sam.worker');
    expect(await faults(terry)).toEqual([]);
    await shot(terry, 'rota-errors-320');
    await terry.getByLabel('Team that answers').fill('Out-of-hours team');
    for (const [part, day, time] of [
      ['From', '1/2/2099', '18.00'],
      ['Until', '2/2/2099', '8:00'],
    ] as const) {
      const group = terry.getByRole('group', { name: part });
      await group.getByLabel('Day').fill(day);
      await group.getByLabel('Time').fill(time);
    }
    await terry.getByLabel('Time').last().press('Enter');
    await terry.getByText('It is on the rota.').waitFor();
    const text = await terry.locator('main').innerText();
    expect(text).toMatch(/It is on the rota.*Nobody is on duty now.*Nobody is on duty from now to .*the team manager/s);
    expect(text).toMatch(
      /Sam Worker, Out-of-hours team\s+Sunday 1 February 2099 at 18:00 to Monday 2 February 2099 at 08:00/,
    );
    expect(await faults(terry)).toEqual([]);
    expect(await terry.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
    await shot(terry, 'rota-320');
    await terry.goto('/today');
    expect(await terry.locator('main').innerText()).toContain('Nobody is on duty: what is for the duty officer');
    await shot(terry, 'today-rota-320');
    await terry.getByRole('link', { name: 'See the rota' }).click();
    await terry.getByRole('link', { name: /Change Sam Worker/ }).click();
    await terry.getByRole('heading', { level: 1, name: 'Change an entry' }).waitFor();
    expect(await faults(terry)).toEqual([]);
    await shot(terry, 'rota-change-320');
    await terry.getByRole('button', { name: 'Take it off the rota' }).click();
    await terry.getByText('It is off the rota.').waitFor();
    expect(await terry.locator('main').innerText()).toMatch(/It is off the rota.*No rota is kept yet/s);
    await terry.context().close();
    const casey = await browser.signedIn('Casey Manager');
    await casey.getByRole('link', { name: 'Rota' }).click();
    await casey.getByRole('heading', { level: 1, name: 'Duty rota' }).waitFor();
    expect(await casey.getByRole('button', { name: 'Put on the rota' }).count()).toBe(0);
    await shot(casey, 'rota-case-manager');
    await casey.context().close();
  });

  it('says what each source sent today and no child’s data, and is not for a case manager', async () => {
    const terry = await browser.signedIn('Terry Lead');
    await terry.goto('/sources');
    const text = await terry.locator('main').innerText();
    expect(text).toMatch(/Police.*every day/s);
    expect(text).not.toMatch(/Kit|Wren|Rowan|Fennimoor/);
    await terry.context().close();
    const casey = await browser.signedIn('Casey Manager');
    expect(await casey.getByRole('link', { name: 'Sources' }).count()).toBe(0);
    expect((await casey.goto('/sources'))?.status()).toBe(403);
    await casey.goto('/today');
    expect(await casey.locator('main').innerText()).toMatch(/Kit Fennimoor.*My case/s);
    await shot(casey, 'today-case-manager');
    await casey.goto('/children?as=cover');
    expect(await casey.getByRole('heading', { level: 1 }).innerText()).toBe('My caseload (1)');
    await shot(casey, 'children-cover');
    await casey.context().close();
  });
});
