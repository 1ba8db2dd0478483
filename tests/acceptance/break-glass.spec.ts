import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { openPortal, type PortalServer } from './portal-server.js';

// axe takes seconds on a long page when the machine is busy.
jest.setTimeout(90_000);

/** What is withheld is opened in an emergency, seen, reviewed, and found in the audit. */
describe('emergency access', () => {
  let portal: PortalServer;
  let browser: Browsing;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    browser = await openBrowser(portal.url);
    kit = await portal.childOf('court', 'court');
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  it('a worker opens what is withheld, their manager reviews it, and an auditor finds all of it', async () => {
    const what = 'Methadone, 30 ml daily';
    await portal.record(kit, { agency: 'health', category: 'health-detail', handling: '' }, what);
    const sam = await browser.signedIn('Sam Worker');
    await sam.goto(`/children/${kit}`);
    expect(await sam.getByRole('list', { name: 'Withheld' }).innerText()).toContain('Health');
    expect(await sam.getByText(what).count()).toBe(0);
    await shot(sam, 'break-glass-withheld');

    await sam.getByRole('link', { name: 'Open what is withheld, in an emergency' }).click();
    await sam.getByLabel('What is the emergency?').fill('Overdose');
    await sam.getByRole('button', { name: 'Open for 60 minutes' }).click();
    expect(await sam.getByRole('alert').innerText()).toMatch(/at least 20 characters.*Confirm that you know/s);
    expect(await sam.getByLabel('What is the emergency?').inputValue()).toBe('Overdose');
    expect(await faults(sam)).toEqual([]);
    await shot(sam, 'break-glass-form');
    await sam.getByLabel('What is the emergency?').fill('Overdose: the ambulance asks what he is on');
    await sam.getByLabel('I know what happens').check();
    await sam.getByRole('button', { name: 'Open for 60 minutes' }).click();

    await sam.getByRole('region', { name: 'Emergency access until' }).waitFor();
    expect(await sam.getByText(what).count()).toBeGreaterThan(0);
    expect(await faults(sam)).toEqual([]);
    await shot(sam, 'break-glass-open');

    const terry = await browser.signedIn('Terry Lead');
    await terry.getByRole('link', { name: 'Emergency access' }).click();
    expect(await terry.getByRole('listitem').filter({ hasText: 'sam.worker' }).innerText()).toMatch(
      /Kit Fennimoor.*Open now.*Overdose: the ambulance/s,
    );

    await sam.getByRole('button', { name: 'End now' }).click();
    expect(await sam.getByText(what).count()).toBe(0);
    expect(await sam.getByRole('region', { name: 'Emergency access until' }).count()).toBe(0);

    await terry.getByText('Review', { exact: false }).first().waitFor();
    await terry.locator('summary').first().click();
    await terry.getByRole('button', { name: 'Record the review' }).click();
    expect(await terry.getByRole('alert').innerText()).toContain('Choose whether it was justified');
    await shot(terry, 'break-glass-queue');
    expect(await faults(terry)).toEqual([]);
    await terry.getByLabel('Justified', { exact: true }).check();
    await terry.getByLabel('How you came to it').fill('The ambulance confirms the call');
    await terry.getByRole('button', { name: 'Record the review' }).click();
    expect(await terry.getByRole('heading', { name: /To review/ }).innerText()).toBe('To review (0)');
    expect(await terry.getByRole('main').innerText()).toContain('Justified, by terry.lead');

    const ivy = await browser.signedIn('Ivy Audit');
    await ivy.goto(`/audit?child=${kit}`);
    const table = await ivy.locator('tbody').innerText();
    expect(table).toMatch(/Reviewed emergency access.*Ended emergency access.*emergency.*Opened withheld entries/s);
    expect(table).not.toContain('Overdose');
    await ivy.goto('/audit');
    expect(
      await ivy
        .getByRole('region', { name: /2026|20\d\d/ })
        .first()
        .innerText(),
    ).toContain('Emergency access: 1');
  });

  it('is asked for at 320 px without a script', async () => {
    const sam = await browser.signedIn('Sam Worker', {
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
    });
    await sam.goto(`/children/${kit}/break-glass`);
    const overflow = await sam.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await shot(sam, 'break-glass-320');
    await sam.getByLabel('What is the emergency?').fill('He has run from the ambulance, where may he go');
    await sam.getByLabel('I know what happens').check();
    await sam.getByRole('button', { name: 'Open for 60 minutes' }).click();
    await sam.getByRole('region', { name: 'Emergency access until' }).waitFor();
    await shot(sam, 'break-glass-open-320');
    await sam.getByRole('button', { name: 'End now' }).click();
  });

  it('is not for a role whose policy opens nothing', async () => {
    const sky = await browser.signedIn('Sky School');
    expect((await sky.goto(`/children/${kit}/break-glass`))?.status()).toBe(403);
    expect((await sky.goto('/break-glass'))?.status()).toBe(403);
  });
});
