import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
} from '../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import { CaseAllocatedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { testNhsNumber, testPncId } from '../../libs/simulations/people.js';
import { shot } from './browsing.js';
import { openStory, type StoryHub } from './story-hub.js';

jest.setTimeout(120_000);

const DAY = 86_400_000;
const today = Date.now() - (Date.now() % DAY);
/** A time so many days ago, RFC 3339. */
const ago = (days: number, time: string): string =>
  new Date(today - days * DAY).toISOString().replace(/T.*/, `T${time}:00.000Z`);

const birthDate = `${new Date().getUTCFullYear() - 16}-02-11`;
const rowan = {
  givenNames: 'Rowan',
  familyName: 'Ashmere',
  birthDate,
  nhsNumber: testNhsNumber(610),
  pncId: testPncId(2024, 610),
};
const reed = {
  givenNames: 'Reed',
  familyName: 'Ashmere',
  birthDate,
  nhsNumber: testNhsNumber(611),
  pncId: testPncId(2024, 611),
};
/** Reed, under his stepfather's name, with the number that was typed at the emergency department: it contradicts his own. */
const typed = { ...reed, familyName: 'Ferriby', nhsNumber: rowan.nhsNumber };

const held = (person: object, worker: string, name: string) =>
  canonicalEvent(
    CaseAllocatedSchema,
    { id: `held-${worker}`, subject: `case-${worker}`, time: ago(80, '09:00') },
    { worker, workerName: name, team: 'Fernhill East', person },
  );
const report = (ref: string, subject: string, time: string, person: object) =>
  canonicalEvent(
    MissingReportedSchema,
    { id: `report-${ref}`, subject, time },
    { reportReference: ref, risk: Risk.HIGH, force: '20', person },
  );
const back = (ref: string, subject: string, time: string, person: object) =>
  canonicalEvent(
    ChildReturnedSchema,
    { id: `back-${ref}`, subject, time },
    { reportReference: ref, returnedTo: To.HOME, person },
  );

/**
 * A boy takes his stepfather's surname; the emergency department types his twin's number. The record waits, and both case managers
 * hear that it may be theirs. It is linked, found wrong, and split.
 */
describe('wrong twin', () => {
  let story: StoryHub;
  let record: string;
  let children: { rowan: string; reed: string };
  beforeAll(async () => {
    story = await openStory(ago(80, '10:00'));
    await story.tell(held(rowan, 'casey.manager', 'Casey Manager'));
    children = { rowan: (await story.recordOf('yos', CaseAllocatedSchema.typeName)).child, reed: '' };
    await story.tell(held(reed, 'sam.worker', 'Sam Worker'));
    children.reed = (await story.recordOf('yos', CaseAllocatedSchema.typeName)).child;
    // Rowan has been missing twice in these three months.
    for (const [ref, days] of [
      ['R1', 60],
      ['R2', 30],
    ] as const) {
      await story.at(ago(days, '22:00'));
      await story.tell(report(ref, 'nominal-rowan', ago(days, '21:00'), rowan));
      await story.at(ago(days - 1, '09:00'));
      await story.tell(back(ref, 'nominal-rowan', ago(days - 1, '08:00'), rowan));
    }
  }, 120_000);
  afterAll(async () => story.close());

  const mainOf = async (name: string, path: string): Promise<string> => {
    const page = await story.browser.signedIn(name);
    await page.goto(path);
    await shot(page, `twin-${name.split(' ')[0]!.toLowerCase()}${path.replaceAll(/[^a-z]+/g, '-').slice(0, 20)}`);
    return page.locator('main').innerText();
  };
  const strategy = async (): Promise<string[]> => {
    const { rows } = await story.parts.database.query<{ state: string }>(
      `select state from duties where kind = 'strategy-meeting' and record = $1`,
      [children.rowan],
    );
    return rows.map(({ state }) => state);
  };

  it('nobody knows whose the report is: both case managers and the duty officer hear that it may be theirs', async () => {
    await story.at(ago(2, '22:30'));
    await story.tell(report('F1', 'nominal-ferriby', ago(2, '22:10'), typed));
    record = (await story.recordOf('police', MissingReportedSchema.typeName)).record;
    const all = await Promise.all(
      ['Casey Manager', 'Sam Worker', 'Dana Duty'].map(async (name) => mainOf(name, '/inbox')),
    );
    for (const words of all) expect(words).toMatch(/Reported missing[^]*May concern your child/);
    expect(await strategy()).toEqual([]);
  });

  it('linked to the wrong twin, his case manager is told, and three episodes ask for a strategy meeting', async () => {
    await story.at(ago(1, '09:00'));
    const linked = await story.command('link', record, children.rowan, '--reason', 'the number is his');
    expect(linked).toMatchObject({ code: 0 });
    await story.quiet();
    expect(await strategy()).toEqual(['open']);
    const casey = await mainOf('Casey Manager', '/inbox');
    expect(casey).toMatch(/Missing repeatedly: a strategy meeting is to be considered/);
    expect(await mainOf('Casey Manager', `/children/${children.rowan}/loop`)).toMatch(/Missing now/);
    // It is not Sam's child, as far as anybody knows: what may have concerned him is taken back.
    expect(await mainOf('Sam Worker', '/inbox')).not.toContain('May concern your child');
  });

  it('found wrong and split, it is told to the other, taken back from the one, and the trigger counts again', async () => {
    await story.at(ago(1, '15:00'));
    expect(await story.command('unlink', record, children.rowan, '--reason', 'he is at home')).toMatchObject({
      code: 0,
    });
    expect(await story.command('link', record, children.reed, '--reason', 'it is his brother')).toMatchObject({
      code: 0,
    });
    await story.quiet();
    expect(await strategy()).toEqual(['withdrawn']);
    const [casey, sam] = await Promise.all(['Casey Manager', 'Sam Worker'].map(async (name) => mainOf(name, '/inbox')));
    expect(casey).toMatch(/Told by mistake/);
    expect(sam).toMatch(/Reed/);
    expect(await mainOf('Sam Worker', `/children/${children.reed}/loop`)).toMatch(/Missing now/);
    expect(await mainOf('Casey Manager', `/children/${children.rowan}/loop`)).not.toMatch(/Missing now/);
    const { rows } = await story.parts.database.query(
      `select from notices where state = 'told' and possible or (state = 'told' and kind = 'repeat-missing')`,
    );
    expect(rows).toEqual([]);
  });

  it('the audit lists who saw what stood with the wrong child', async () => {
    const audit = await mainOf('Ivy Audit', `/audit?child=${children.rowan}`);
    expect(audit).toContain('casey.manager');
    const { rows } = await story.parts.database.query<{ who: string }>(
      `select distinct who from audit where child = $1 and what = 'loop.read'`,
      [children.rowan],
    );
    expect(rows).toEqual([{ who: 'casey.manager' }]);
  });
});
