import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MissingReported_RiskGrade as Risk } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { openInboxes, viewer, type Inboxes } from './inboxes.js';
import { allocated, reported, tellAll, type Told } from './notified.js';

jest.setTimeout(90_000);

const casey = viewer('casey.manager', 'yos', 'case-manager');
const robin = viewer('robin.social', 'social-care', 'social-worker');

/** When somebody is told, and how much of it. */
describe('what somebody is told', () => {
  let inboxes: Inboxes;
  let long: string;
  beforeAll(async () => {
    inboxes = await openInboxes();
    long = inboxes.ago(60 * 24 * 30);
    for (const one of [casey, robin]) await inboxes.page(one);
  }, 90_000);
  afterAll(async () => inboxes.close());

  it('waits for the daily digest where the risk is low, interrupts nobody, and comes at once when it is graded up', async () => {
    const { hub, page, waiting, ago, pass } = inboxes;
    const child: Told = { who: 7, familyName: 'Gorsefield' };
    const interrupted = async (): Promise<number> => Number(/interrupted (\d+) time/.exec(await page(casey))?.[1]);
    await tellAll(hub, allocated(child, 'casey.manager', long));
    const before = [await interrupted(), await waiting(casey)];
    const at = ago(5);
    await tellAll(hub, reported(child, 'G1', at, { risk: Risk.LOW }));
    await tellAll(hub, reported({ who: 8, familyName: 'Hawthornby' }, 'H1', at, { risk: Risk.LOW }));
    expect(await page(casey)).not.toContain('Gorsefield');
    expect([await interrupted(), await waiting(casey)]).toEqual(before);
    await tellAll(hub, reported(child, 'G1', at, { risk: Risk.MEDIUM, again: true }));
    expect(await page(casey)).toMatch(/Gorsefield.*Reported missing/s);
    expect(await interrupted()).toBe(Number(before[0]) + 1);
    expect(await page(robin)).not.toMatch(/Hawthornby|Daily digest/);
    pass(6 * 24 * 60);
    const digest = await page(robin);
    expect(digest).toMatch(/Daily digest of.*Hawthornby/s);
    expect(digest).not.toMatch(/Daily digest of.*Gorsefield/s);
    expect(digest).toMatch(/interrupted 0 times/);
  });
});
