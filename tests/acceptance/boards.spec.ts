import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { runWorker, defaultLoop } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(120_000);
const reactions = { capabilities, rules: loadRulebook(undefined).rules };

describe('boards, loops and duties, in a browser', () => {
  let portal: PortalServer;
  let browser: Browsing;
  let kit: string;
  const stop = new AbortController();
  let working: Promise<unknown>;
  beforeAll(async () => {
    portal = await openPortal();
    await react();
    kit = await portal.childOf('social-care', 'return-interview');
    working = runWorker(portal.hub, stop.signal, defaultLoop);
    browser = await openBrowser(portal.url);
  }, 90_000);
  afterAll(async () => {
    stop.abort();
    await working;
    await browser.close();
    await portal.close();
  });
  const react = async (): Promise<void> => {
    await portal.hub.projections.settled();
    await drainReactions(portal.hub, reactions);
    await portal.hub.projections.settled();
  };

  it('pass axe, wide and at 320 pixels, with nothing wider than the screen', async () => {
    for (const [name, width] of [
      ['wide', 1200],
      ['320', 320],
    ] as const) {
      const page = await browser.signedIn('Casey Manager', { viewport: { width, height: 900 } });
      for (const path of ['/boards/missing', '/boards/exploitation', '/duties', `/children/${kit}/loop`]) {
        await page.goto(path);
        await shot(page, `${path.slice(1).replaceAll(/\W+/g, '-').replace(kit, 'kit')}-${name}`);
        expect([path, await faults(page)]).toEqual([path, []]);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
      }
      await page.context().close();
    }
  });

  it('the form passes axe, with what is wrong said beside its fields', async () => {
    const robin = await browser.signedIn('Robin Social', { viewport: { width: 320, height: 900 } });
    await robin.goto(`/children/${kit}/loop`);
    await robin.getByRole('button', { name: 'Record the interview' }).click();
    await robin.getByRole('button', { name: 'Record' }).click();
    await robin.getByRole('alert').waitFor();
    await shot(robin, 'loop-interview-errors-320');
    expect(await faults(robin)).toEqual([]);
    await robin.context().close();
  });

  it('an interviewer records the interview and the case manager its use, without a script and by the keyboard', async () => {
    const noor = await browser.signedIn('Noor Return', { javaScriptEnabled: false });
    await noor.getByRole('link', { name: 'Boards' }).click();
    await noor.getByRole('link', { name: 'Kit Fennimoor' }).click();
    await noor.getByRole('button', { name: 'Record the interview' }).click();
    await noor.getByRole('button', { name: 'Record' }).press('Enter');
    expect(await noor.getByRole('alert').innerText()).toContain('Choose what came of the interview');
    await shot(noor, 'loop-interview-errors');
    await noor.getByLabel('Held', { exact: true }).press('Space');
    const [day = '', time = ''] = new Date(Date.now() - 3_600_000)
      .toLocaleString('en-GB', { timeZone: 'Europe/London' })
      .split(', ');
    await noor.getByLabel('On which day').fill(day);
    await noor.getByLabel('At what time').fill(time.slice(0, 5));
    await noor.getByLabel(/what the child told/).fill('Is afraid of a man in a car.');
    await noor.getByRole('button', { name: 'Record' }).press('Enter');
    await noor.getByRole('alert').waitFor();
    expect(await noor.locator('main').innerText()).toMatch(/you need not key it again.*Return home interview held/s);
    await react();

    const casey = await browser.signedIn('Casey Manager', { javaScriptEnabled: false });
    await casey.goto('/boards/missing');
    expect(await casey.locator('main').innerText()).toMatch(/Use the return interview in the plan/);
    await casey.getByRole('link', { name: 'Kit Fennimoor' }).click();
    await casey.getByRole('button', { name: 'Record its use in the plan' }).first().click();
    await shot(casey, 'loop-use');
    await casey.getByLabel(/What it changed/).fill('Lifts home, and help with debt.');
    await casey.getByRole('button', { name: 'Record' }).press('Enter');
    expect(await casey.locator('main').innerText()).toMatch(/Used in the plan.*Lifts home, and help with debt/s);
    await shot(casey, 'loop-closed');
    for (const page of [noor, casey]) await page.context().close();
  });

  it('a board of somebody who may know none of these children is empty', async () => {
    const sky = await browser.signedIn('Sky School');
    await sky.getByRole('link', { name: 'Boards' }).click();
    expect(await sky.locator('main').innerText()).toMatch(/Missing now \(0\).*interviews due \(0\)/s);
    await sky.context().close();
  });
});
