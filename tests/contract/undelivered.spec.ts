import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Looker } from '../../apps/portal/looks/looker.js';
import { addTurn } from '../../apps/portal/rota/rota-store.js';
import { dayAfter, dayInLondon, timeOfDayLondon } from '../../libs/kernel/london.js';
import { isWorkingDay } from '../../libs/kernel/working-days.js';
import { enqueueTest } from '../../libs/platform/notifications/delivery-store.js';
import { EndpointStore } from '../../libs/platform/notifications/endpoint-store.js';
import { looker, openDutySheets, type DutySheets } from './duty-sheets.js';

const dana = looker('dana.duty', 'duty-officer', 'duty');
const terry = looker('terry.lead', 'team-manager', 'supervision-of-staff');
const casey = looker('casey.manager', 'case-manager', 'case-management');
const hari = looker('hari.head', 'head-of-service', 'supervision-of-staff');

describe('urgent notices that a partner’s system has not taken', () => {
  let sheets: DutySheets;
  beforeAll(async () => {
    sheets = await openDutySheets();
  }, 60_000);
  afterAll(async () => sheets.close());

  it('are said to the team manager, and at night to whoever is on duty, by sign-in or by the rota', async () => {
    const { database, keys } = sheets.hub;
    const workingDay = (day: string): string => (isWorkingDay(day) ? day : workingDay(dayAfter(day)));
    const day = workingDay(dayAfter(dayInLondon(new Date(sheets.now).toISOString()), 20));
    const [noon, night] = [timeOfDayLondon(day, '12:00'), timeOfDayLondon(day, '22:00')];
    const minutesBefore = (at: string, minutes: number): string =>
      new Date(Date.parse(at) - minutes * 60_000).toISOString();
    const store = new EndpointStore(database, keys);
    const endpoint = await store.register({
      ...{ id: randomUUID(), system: 'social-care', agency: 'social-care', place: '', purpose: 'safeguarding' },
      ...{ url: 'https://hub.fernhill.example/told', createdAt: minutesBefore(noon, 60) },
    });
    const undelivered = async (by: Looker) =>
      (await sheets.read(by)).sections.find(({ id }) => id === 'undelivered')?.items.map(({ title }) => title);
    const late = ['Social care: 1 not delivered'];
    await enqueueTest(database, endpoint.id, minutesBefore(noon, 16));
    sheets.now = Date.parse(noon);
    expect([await undelivered(terry), await undelivered(dana), await undelivered(casey)]).toEqual([
      late,
      undefined,
      undefined,
    ]);
    sheets.now = Date.parse(night);
    expect([await undelivered(terry), await undelivered(dana), await undelivered(casey)]).toEqual([
      late,
      late,
      undefined,
    ]);
    const [startsAt, endsAt] = [minutesBefore(night, 60), minutesBefore(night, -60)];
    await addTurn(database, {
      ...{ id: randomUUID(), team: 'Out-of-hours team', worker: casey.viewer.who, workerName: 'Casey Manager' },
      ...{ startsAt, endsAt, by: terry.viewer.who, at: startsAt },
    });
    expect(await undelivered(casey)).toEqual(late);
    expect(await undelivered(hari)).toBeUndefined();
    await database.query('delete from webhook_deliveries where endpoint = $1', [endpoint.id]);
    expect([await undelivered(terry), await undelivered(dana)]).toEqual([[], undefined]);
  });
});
