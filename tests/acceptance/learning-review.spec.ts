import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Disclosable } from '../../libs/disclosure/terms.js';
import { faults, openBrowser, shot, type Browsing } from './browsing.js';
import { asIfFollowedLive, cameIn, linked, recordAt, type Times } from './history.js';
import { openPortal, type PortalServer } from './portal-server.js';

jest.setTimeout(90_000);

// The 3rd of March before today, so that the demonstration childhood was under way.
const today = new Date();
const year = today.getUTCFullYear() - (today.toISOString().slice(5, 10) > '03-20' ? 0 : 1);
const on = (monthAndDay: string, time = '09:00'): string => `${year}-${monthAndDay}T${time}:00.000Z`;

const schooling: Disclosable = { agency: 'social-care', category: 'education', handling: '' };
const socialCare: Disclosable = { agency: 'social-care', category: 'social-care', handling: '' };

/**
 * A boy is taken off his school's roll, and nobody asks the youth offending service. Months later a review asks: what did
 * the school know on 3 March? One report lay in quarantine for three weeks, one stood with another child, one was
 * corrected two days after.
 */
describe('a learning review: what did the school know on 3 March?', () => {
  let now = Date.now();
  let portal: PortalServer;
  let browser: Browsing;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal([], { now: () => now });
    browser = await openBrowser(portal.url);
    kit = await portal.childOf('court', 'court');
    await tellTheStory();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await portal.close();
  });

  async function tellTheStory(): Promise<void> {
    const { database } = portal.hub;
    await asIfFollowedLive(database, kit);
    await recordAt(database, kit, 'education', on('01-05'));
    const told = async (purpose: string, kind: Disclosable, times: Times, more = {}): Promise<string> => {
      const days = { occurredAt: times.received, statedAt: times.received, receivedAt: times.received };
      const entry = await portal.record(kit, kind, purpose, { ...days, ...more });
      await cameIn(database, entry, times);
      return entry;
    };
    const timetable = await told('timetable of 15 hours', schooling, {
      received: on('02-26'),
      recorded: on('02-26', '09:01'),
    });
    await told('meeting about exclusion', socialCare, { received: on('03-01'), recorded: on('03-01', '09:01') });
    await looks('Sky School', on('03-02', '10:30'));
    await told('seen after school', schooling, { received: on('03-03', '08:00'), recorded: on('03-03', '08:01') });

    // Unreadable when it came: an operator put it right three weeks later.
    const { rows } = await database.query<{ id: string }>('select id from receipts order by seq limit 1');
    await database.query(
      `insert into receipt_actions (receipt, action, reason, who) values ($1, 'retry', 'read', 'op')`,
      [rows[0]!.id],
    );
    await told(
      'taken off the roll',
      schooling,
      { received: on('02-17'), recorded: on('03-10', '11:20') },
      { receipt: rows[0]!.id },
    );

    // Told of the right boy, and taken for another until 12 March.
    const wren = await database.query<{ child: string }>(
      `select child from links where child <> $1 and known_to = 'infinity' limit 1`,
      [kit],
    );
    const other = await told('wants to go back', schooling, { received: on('02-20'), recorded: on('02-20', '09:01') });
    const record = await recordAt(database, kit, 'social-care', on('03-12', '14:00'));
    await linked(database, record, wren.rows[0]!.child, on('02-20'), on('03-12', '14:00'));
    await database.query('update timeline set record = $2 where key = $1', [other, record]);

    const fact = await database.query<{ fact: string }>('select fact from timeline where key = $1', [timetable]);
    await told(
      'timetable of 25 hours',
      schooling,
      { received: on('03-05'), recorded: on('03-05', '09:01') },
      { occurredAt: on('02-26'), fact: fact.rows[0]!.fact, supersedes: timetable },
    );
    await cameIn(database, timetable, {
      received: on('02-26'),
      recorded: on('02-26', '09:01'),
      superseded: on('03-05', '09:01'),
    });
    await looks('Sky School', on('03-11', '15:45'));
  }

  /** Somebody opens the timeline, on another day. */
  async function looks(name: string, at: string): Promise<void> {
    const page = await browser.signedIn(name);
    now = Date.parse(at);
    const response = await page.goto(`/children/${kit}`);
    expect(response?.status()).toBe(200);
    now = Date.now();
    await page.context().close();
  }

  const entry = (page: Page, said: string) => page.locator('.hub-entry', { hasText: said });
  const knew = (page: Page, purpose: string) => page.locator('.hub-children__child', { hasText: purpose });

  it('the auditor opens the child for a review, and reads the timeline as it was known that day', async () => {
    const page = await browser.signedIn('Ivy Audit');
    await page.getByLabel('Find a child').fill('fennimoor');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'Kit Fennimoor' }).click();
    // For an audit of looks nothing of the content is needed, and nothing is shown.
    expect(await entry(page, 'Timetable of 15 hours').count()).toBe(0);
    await page.getByRole('link', { name: 'Open a learning review' }).click();
    await page.getByLabel('As it was known on').fill(`3/3/${year}`);
    await page.getByRole('button', { name: 'Show that day' }).click();
    expect(await page.locator('main').innerText()).toContain(`This is what the hub knew on 3 March ${year} at 23:59`);

    expect(await entry(page, 'Timetable of 15 hours').locator('del').count()).toBe(0);
    expect(await entry(page, 'Seen after school').count()).toBe(1);
    for (const later of ['Timetable of 25 hours', 'Taken off the roll', 'Wants to go back']) {
      expect(await entry(page, later).count()).toBe(0);
    }
    const header = await page.locator('.hub-header').innerText();
    expect(header).toMatch(/Case manager\s+Casey Manager/);
    expect(header).toContain('No system had sent this by then');
    expect(header).not.toContain('sent this yet');
    expect(header).toMatch(/Overdue\s+What was late then is not kept/);
    expect(await faults(page)).toEqual([]);
    await shot(page, 'review');
    await page.context().close();
  });

  it('and by 15 March it has come: what was held says how long, what was linked says since when', async () => {
    const page = await browser.signedIn('Terry Lead');
    await page.goto(`/children/${kit}/review?asKnownAt=${year}-03-15`);
    const held = await entry(page, 'Taken off the roll').innerText();
    expect(held).toContain(`Held from 17 February ${year} at 09:00 until 10 March ${year} at 11:20`);
    expect(held).toContain('until somebody put it right');
    const relinked = await entry(page, 'Wants to go back').innerText();
    expect(relinked).toContain(`Known to be about this child since 12 March ${year} at 14:00`);
    expect(await entry(page, 'Timetable of 15 hours').locator('del').count()).toBe(1);
    expect(await entry(page, 'Timetable of 25 hours').count()).toBe(1);
    await shot(page, 'review-after');
    await page.context().close();
  });

  it('what the school had been shown by then: the timetable, and neither the meeting nor what was held', async () => {
    const page = await browser.signedIn('Ivy Audit');
    await page.goto(`/children/${kit}/review?asKnownAt=3/3/${year}`);
    await page.getByRole('link', { name: 'What each agency had been shown by then' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(`by 3 March ${year} at 23:59`);
    expect(await page.locator('main').innerText()).toContain('or were told of it in a notice');
    expect(await page.getByLabel('By the end of').inputValue()).toContain(`${year}`);
    await page.getByRole('table').getByRole('link', { name: 'Education' }).click();
    expect(await knew(page, 'Timetable of 15 hours').innerText()).toContain(
      `Shown first 2 March ${year} at 10:30 · 1 look · for safeguarding`,
    );
    expect(await knew(page, 'Meeting about exclusion').innerText()).toContain('Recorded, not shown');
    expect(await knew(page, 'Seen after school').innerText()).toContain('Recorded, not shown');
    for (const later of ['Timetable of 25 hours', 'Taken off the roll', 'Wants to go back']) {
      expect(await knew(page, later).count()).toBe(0);
    }
    expect(await faults(page)).toEqual([]);
    await shot(page, 'shown');

    await page.getByLabel('By the end of').fill(`15/3/${year}`);
    await page.getByRole('button', { name: 'Show that day' }).click();
    expect(await knew(page, 'Taken off the roll').innerText()).toContain(`Shown first 11 March ${year} at 15:45`);
    expect(await knew(page, 'Meeting about exclusion').innerText()).toContain('Recorded, not shown');
    await page.getByRole('link', { name: 'Recorded, not shown to it' }).click();
    expect(await knew(page, 'Taken off the roll').count()).toBe(0);
    await page.context().close();
  });

  it('works without a script, at 320 pixels, and says what is wrong with a date', async () => {
    const page = await browser.signedIn('Terry Lead', {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 640 },
    });
    await page.goto(`/children/${kit}/shown?agency=education`);
    await shot(page, 'shown-320');
    await page.getByLabel('By the end of').fill('31/2/2026');
    await page.getByRole('button', { name: 'Show that day' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Enter a real date');
    const scripted = await browser.signedIn('Terry Lead', { viewport: { width: 320, height: 640 } });
    for (const path of ['shown?agency=education', `review?asKnownAt=${year}-03-03`]) {
      await scripted.goto(`/children/${kit}/${path}`);
      const overflow = await scripted.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
    }
    for (const open of [page, scripted]) await open.context().close();
  });

  it('is nobody else’s: the case manager and the school are refused', async () => {
    for (const name of ['Casey Manager', 'Sky School']) {
      const page = await browser.signedIn(name);
      for (const path of ['review', 'shown']) expect((await page.goto(`/children/${kit}/${path}`))?.status()).toBe(403);
      await page.goto(`/children/${kit}`);
      expect(await page.getByRole('link', { name: 'Open a learning review' }).count()).toBe(0);
      await page.context().close();
    }
  });
});
