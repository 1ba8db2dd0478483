import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MissingFoundSchema, MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { MissingReported_RiskGrade as Risk } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
  MissingReportedSchema as HomeReportSchema,
} from '../../libs/contracts/gen/hub/social_care/v1/missing_pb.js';
import {
  PlacementRecordedSchema,
  StatusRecorded_Status as Status,
  StatusRecordedSchema,
} from '../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { CaseAllocatedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { shot } from './browsing.js';
import { openStory, type StoryHub } from './story-hub.js';

jest.setTimeout(120_000);

const DAY = 86_400_000;
// A week ago: whoever signs in does so by the issuer's own clock, which is never behind the story's.
const night = Date.now() - 7 * DAY - (Date.now() % DAY);
/** A time of the night that the story begins on (day 0), or of a day after it. RFC 3339. */
const on = (day: number, time: string): string =>
  new Date(night + day * DAY).toISOString().replace(/T.*/, `T${time}:00.000Z`);

const person = {
  givenNames: 'Merrin',
  familyName: 'Oxenholme',
  birthDate: `${new Date().getUTCFullYear() - 15}-01-09`,
  nhsNumber: testNhsNumber(605),
};
const home = (
  schema: typeof HomeReportSchema | typeof ChildReturnedSchema,
  id: string,
  time: string,
  recordedtime: string,
  data: object,
) =>
  canonicalEvent(
    schema,
    { id, subject: 'LL-4410', time, recordedtime },
    { reportReference: 'HOME-7', person, ...data },
  );

/**
 * A Coventry girl, placed in Derby. The home reports at 23:40; the police log says 00:20 and closes "found 02:00, arrested"; the
 * home enters her return with yesterday's date. She was released to the home at 11:00.
 */
describe('crossed returns', () => {
  let story: StoryHub;
  beforeAll(async () => {
    story = await openStory(on(-60, '09:00'));
    await story.tell(
      canonicalEvent(
        CaseAllocatedSchema,
        { id: 'held', subject: 'case-7', time: on(-60, '08:00') },
        { worker: 'casey.manager', workerName: 'Casey Manager', team: 'Coventry East', person },
      ),
      canonicalEvent(
        StatusRecordedSchema,
        { id: 'status', subject: 'LL-4410', time: on(-60, '08:00') },
        {
          status: Status.LOOKED_AFTER,
          startedOn: on(-60, '08:00').slice(0, 10),
          responsibleAuthority: 'Coventry',
          person,
        },
      ),
      canonicalEvent(
        PlacementRecordedSchema,
        { id: 'placed', subject: 'LL-4410', time: on(-60, '08:00') },
        { startedOn: on(-60, '08:00').slice(0, 10), kind: 'childrens-home', area: 'Derby', outOfArea: true, person },
      ),
    );
  }, 120_000);
  afterAll(async () => story.close());

  const told = ['Casey Manager', 'Robin Social', 'Devi Derby', 'Pat Constable', 'Jo Derbyshire'];
  const everybody = async (path: string, names: readonly string[] = told): Promise<Map<string, Page>> =>
    new Map(
      await Promise.all(
        names.map(async (name) => {
          const page = await story.browser.signedIn(name);
          await page.goto(path);
          return [name, page] as const;
        }),
      ),
    );
  const interview = async () => {
    const { rows } = await story.parts.database.query<{ key: string; due: string; state: string }>(
      `select key, due, state from duties where kind = 'return-home-interview' and state <> 'withdrawn'`,
    );
    return rows;
  };

  it('two reports that cross are one episode, and both authorities and both forces are told of it once', async () => {
    await story.at(on(0, '23:45'));
    await story.tell(
      home(HomeReportSchema, 'home-1', on(0, '23:40'), on(0, '23:44'), { risk: Risk.HIGH, placementArea: 'Derby' }),
    );
    await story.at(on(1, '00:25'));
    await story.tell(
      canonicalEvent(
        MissingReportedSchema,
        { id: 'log-1', subject: 'nominal-31', time: on(1, '00:20') },
        { reportReference: 'MR-88', risk: Risk.HIGH, force: '30', person },
      ),
    );
    for (const [name, page] of await everybody('/inbox')) {
      const threads = page.locator('section[aria-labelledby=urgent] > ul > li');
      expect([name, await threads.count()]).toEqual([name, 1]);
      expect([name, await threads.innerText()]).toEqual([name, expect.stringMatching(/Reported missing/)]);
    }
    const board = (await everybody('/boards/missing', ['Casey Manager'])).get('Casey Manager')!;
    expect(await board.locator('main').innerText()).toMatch(/Missing now \(1\)[^]*Merrin Oxenholme/);
    await shot(board, 'crossed-missing-now');
  });

  it('found and arrested starts no clock: somebody is asked to decide', async () => {
    await story.at(on(1, '02:30'));
    await story.tell(
      canonicalEvent(
        MissingFoundSchema,
        { id: 'log-2', subject: 'nominal-31', time: on(1, '02:00') },
        { reportReference: 'MR-88', foundAt: 'police-custody', person },
      ),
    );
    expect(await interview()).toEqual([]);
    const robin = (await everybody('/duties', ['Robin Social'])).get('Robin Social')!;
    expect(await robin.locator('main').innerText()).toMatch(/Merrin Oxenholme/);
  });

  it('a return with the date of the day before counts from there, and its correction moves the same interview to 72 hours from 11:00', async () => {
    await story.at(on(1, '11:30'));
    await story.tell(
      home(ChildReturnedSchema, 'home-2', on(0, '11:00'), on(1, '11:20'), { returnedTo: To.CARE_SETTING }),
    );
    const [wrong] = await interview();
    expect(wrong).toMatchObject({ state: 'open' });
    expect(new Date(wrong!.due).toISOString()).toBe(on(3, '11:00'));
    await story.at(on(1, '12:00'));
    await story.tell(
      home(ChildReturnedSchema, 'home-3', on(1, '11:00'), on(1, '11:50'), { returnedTo: To.CARE_SETTING }),
    );
    const [right, ...others] = await interview();
    expect(others).toEqual([]);
    expect({ ...right, due: new Date(right!.due).toISOString() }).toEqual({
      key: wrong!.key,
      state: 'open',
      due: on(4, '11:00'),
    });
    const pages = await everybody('/boards/missing', ['Casey Manager', 'Robin Social', 'Noor Return']);
    for (const [name, page] of pages) {
      expect([name, await page.locator('main').innerText()]).toEqual([
        name,
        expect.stringMatching(/Missing now \(0\)[^]*interviews due \(1\)[^]*Merrin Oxenholme/),
      ]);
    }
    await pages.get('Robin Social')!.getByRole('link', { name: 'Merrin Oxenholme' }).click();
    await pages
      .get('Robin Social')!
      .getByRole('heading', { level: 1, name: /Merrin/ })
      .waitFor();
    expect(await pages.get('Robin Social')!.locator('section.hub-loop').count()).toBe(1);
    await shot(pages.get('Robin Social')!, 'crossed-loop');
  });

  it('nothing was told twice: one thread for each who was told, whichever way the reports came', async () => {
    const { rows } = await story.parts.database.query<{ threads: bigint; doubled: bigint }>(
      `select count(distinct thread) as threads,
              count(*) - count(distinct (kind, to_agency, to_role, to_place)) as doubled
       from notices where capability = 'missing' and state = 'told'`,
    );
    expect(rows[0]).toEqual({ threads: 1n, doubled: 0n });
  });

  it('late, it is overdue for its owner and goes up the line, and only then', async () => {
    await story.at(on(4, '10:59'));
    expect(await interview()).toMatchObject([{ state: 'open' }]);
    await story.at(on(4, '11:01'));
    expect(await interview()).toMatchObject([{ state: 'overdue' }]);
    const robin = (await everybody('/inbox', ['Robin Social'])).get('Robin Social')!;
    expect(await robin.locator('main').innerText()).toMatch(/Merrin Oxenholme/);
    await story.at(on(4, '12:01'));
    const tess = (await everybody('/inbox', ['Tess Team'])).get('Tess Team')!;
    expect(await tess.locator('main').innerText()).toMatch(/Merrin Oxenholme/);
    await shot(tess, 'crossed-escalated');
    // Taken up the line step by step: who has been told, whether they have it, and who is next.
    await tess.getByRole('link', { name: 'Merrin Oxenholme' }).first().click();
    await tess.getByRole('heading', { level: 1, name: 'Merrin Oxenholme' }).waitFor();
    expect(await tess.locator('.hub-header__field', { hasText: 'Overdue' }).innerText()).toMatch(
      /Return home interview[^]*Social care \(social worker\), Coventry · due [^]*1 hour late/,
    );
    await shot(tess, 'crossed-timeline-overdue');
    await tess.getByRole('link', { name: 'Missing and exploitation: steps' }).first().click();
    const duties = tess.locator('.hub-due', { hasText: 'Return home interview' });
    expect(await duties.innerText()).toMatch(
      /To the team manager[^]*: not acknowledged yet[^]*To the head of service[^]*if it is still open/,
    );
    await tess.getByRole('button', { name: 'Acknowledge' }).first().click();
    await tess.getByRole('alert').waitFor();
    expect(await duties.innerText()).toMatch(/To the team manager[^]*: acknowledged by Tess Team/);
    await shot(tess, 'crossed-loop-escalated');
    const page = (await everybody('/today', ['Robin Social'])).get('Robin Social')!;
    expect(await page.locator('section', { has: page.locator('#interviews') }).innerText()).toMatch(
      /Interviews due \(1\)[^]*Merrin Oxenholme: Return home interview[^]*Late/,
    );
  });
});
