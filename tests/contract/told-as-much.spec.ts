import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
} from '../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import { PlacementRecordedSchema } from '../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { AppointmentPlannedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import { instantInWords } from '../../libs/kernel/london.js';
import { MissingReported_RiskGrade as Risk } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { openInboxes, viewer, type Inboxes } from './inboxes.js';
import { allocated, reported, tellAll, type Told } from './notified.js';

jest.setTimeout(90_000);

const casey = viewer('casey.manager', 'yos', 'case-manager');
const noor = viewer('noor.return', 'social-care', 'return-interviewer');
const robin = viewer('robin.social', 'social-care', 'social-worker');

/** When somebody is told, and how much of it. */
describe('what somebody is told', () => {
  let inboxes: Inboxes;
  let long: string;
  beforeAll(async () => {
    inboxes = await openInboxes();
    long = inboxes.ago(60 * 24 * 30);
    for (const one of [casey, robin, noor]) await inboxes.page(one);
  }, 90_000);
  afterAll(async () => inboxes.close());

  /** A child who came back two hours ago, and is due at the service in a day. */
  async function due(child: Told, handling: string, place: string): Promise<string> {
    const { hub, ago } = inboxes;
    const person = { givenNames: 'Ash', familyName: child.familyName, birthDate: '2011-02-03' };
    const known = { ...person, nhsNumber: testNhsNumber(11 * child.who) };
    const plannedFor = ago(-24 * 60);
    await tellAll(hub, allocated({ ...child, familyName: `Canary${child.who}` }, 'casey.manager', long));
    const returned = canonicalEvent(
      ChildReturnedSchema,
      { id: `back-${child.who}`, subject: `nominal-${child.who}`, time: ago(120) },
      { reportReference: `S${child.who}`, returnedTo: To.HOME, person: known },
    );
    const placed = canonicalEvent(
      PlacementRecordedSchema,
      { id: `placed-${child.who}`, subject: `liquid-${child.who}`, time: long },
      { startedOn: long.slice(0, 10), kind: 'foster-carer', person: known },
    );
    const planned = canonicalEvent(
      AppointmentPlannedSchema,
      { id: `planned-${child.who}`, subject: `case-${child.who}`, time: ago(60), ...(handling ? { handling } : {}) },
      {
        ...{ appointmentReference: `canary-reference-${child.who}`, plannedFor, purpose: 'canary-reparation', place },
        person: { ...known, familyName: `Canary${child.who}` },
      },
    );
    await tellAll(
      hub,
      reported(child, `S${child.who}`, ago(600)),
      { system: 'police', door: 'events', event: returned },
      { system: 'social-care', door: 'events', event: placed },
      { system: 'yos', door: 'events', event: planned },
    );
    return plannedFor;
  }

  it('is when and where an appointment is, to the interviewer whom it is offered to, and nothing else of it anywhere', async () => {
    const few = runs<[string, string]>(5);
    let who = 20;
    // Of some nine digits there is no NHS number.
    const next = (): number => (hasNumber((who += 1)) ? who : next());
    const marks = ['', 'professional-only', 'conditions-apply', 'originator-only', 'existence-discloses', 'unheard-of'];
    const { page, asked, hub } = inboxes;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...marks), fc.constantFrom('', 'home-visit'), async (handling, place) => {
        const child: Told = { who: next(), familyName: `Ivyholm${'abcdefghij'.charAt(who % 10)}${who}` };
        const planned = await due(child, handling, place);
        const at = instantInWords(planned);
        const offered = handling === '' || handling === 'professional-only';
        const inbox = await page(noor);
        const own = new RegExp(`<h3[^>]*>\\s*<a[^>]*>Ash ${child.familyName}</a>: Appointment[^<]*.*?</li>`, 's').exec(
          inbox,
        )?.[0];
        expect({ handling, offered: own !== undefined }).toEqual({ handling, offered });
        if (own !== undefined) {
          expect(own).toContain(at);
          expect(own.includes('home visit')).toBe(place !== '');
        }
        const { rows } = await hub.database.query<{ child: string }>(
          `select l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity'
             where t.type = 'hub.yos.v1.AppointmentPlanned' order by t.position desc limit 1`,
        );
        const id = rows[0]?.child ?? '';
        const api = async (path: string, why: string): Promise<string> => {
          const answer = await asked(noor, path, why);
          const text = await answer.text();
          expect({ path, why, status: answer.status, text: answer.ok ? '' : text }).toEqual({
            path,
            why,
            status: 200,
            text: '',
          });
          return text;
        };
        const told = await api('/v1/notifications', 'return-interview');
        const { notifications } = JSON.parse(told) as { notifications: { child?: string; slots?: unknown[] }[] };
        const slots = notifications.flatMap((one) => (one.child === id ? (one.slots ?? []) : []));
        expect(slots).toEqual(offered ? [{ at: planned, ...(place === '' ? {} : { place }) }] : []);
        expect(await api('/v1/notifications', 'safeguarding')).not.toContain('slots');
        const seen = [
          ...[inbox, told],
          ...(await Promise.all(
            ['', '/loop', '/chronology'].map(async (more) => page(noor, `/children/${id}${more}`)),
          )),
          ...(await Promise.all(
            ['/today', '/boards/missing', `/duties?child=${id}`].map(async (path) => page(noor, path)),
          )),
          ...(await Promise.all(
            ['safeguarding', 'return-interview'].map(async (why) => api(`/v1/children/${id}/timeline`, why)),
          )),
        ];
        expect(seen.flatMap((text) => /canary[-\w]*|reparation/i.exec(text)?.[0] ?? [])).toEqual([]);
        // Whoever sees the appointment is told of it whole, and may be told what it is for.
        if (offered) expect(await page(robin)).toMatch(new RegExp(`${child.familyName}.*canary.reparation`, 's'));
      }),
      {
        ...few,
        numRuns: Math.min(few.numRuns ?? 5, 50),
        examples: [
          ['', 'home-visit'],
          ['professional-only', ''],
        ],
      },
    );
  });

  // Last: days go by, and tokens with them.
  it('waits for the daily digest where there is no apparent risk, interrupts nobody, and comes at once when it is graded up', async () => {
    const { hub, page, waiting, ago, pass } = inboxes;
    const child: Told = { who: 7, familyName: 'Gorsefield' };
    const interrupted = async (): Promise<number> => Number(/interrupted (\d+) time/.exec(await page(casey))?.[1]);
    await tellAll(hub, allocated(child, 'casey.manager', long));
    const before = [await interrupted(), await waiting(casey)];
    const at = ago(5);
    await tellAll(hub, reported(child, 'G1', at, { risk: Risk.NO_APPARENT_RISK }));
    await tellAll(hub, reported({ who: 8, familyName: 'Hawthornby' }, 'H1', at, { risk: Risk.NO_APPARENT_RISK }));
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

function hasNumber(who: number): boolean {
  const digits = [...`999000${String(11 * who).padStart(3, '0')}`];
  const sum = digits.reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  return sum % 11 !== 1;
}
