import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { eraseChild } from '../../apps/ops/erase/erase.js';
import { drain } from '../../apps/worker/worker.loop.js';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { canonicalEvent } from '../../libs/simulations/cloud-event.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { pdfText } from '../acceptance/pdf-text.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';
import { agencies, shown, table, type Told } from './disclosure-oracle.js';

const categories = [...new Set(table.flatMap(({ full, flag }) => [...full, ...flag])), 'unheard-of'];
const marks = ['', 'professional-only', 'conditions-apply', 'originator-only', 'existence-discloses', 'unheard-of'];
const person = (who: string, agency: string, ...roles: string[]): Viewer => ({ who, agency, roles });
const terry = person('terry.lead', 'yos', 'team-manager');
const casey = person('casey.manager', 'yos', 'case-manager');
const pat = person('pat.constable', 'police', 'officer');
const robin = person('robin.social', 'social-care', 'social-worker');
const attendees = [terry, casey, pat, robin, person('h', 'health', 'lead'), person('sky.school', 'education', 'lead')];

describe('an attendee’s copy of a meeting', () => {
  let portal: PortalServer;
  let kit: string;
  const meeting = randomUUID();
  const day = new Date().toISOString().slice(0, 10);
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
    await portal.hub.database.query(
      `insert into meetings (id, forum, held_on, convened_by, created_at) values ($1, 'mog', $2, 'terry.lead', now())`,
      [meeting, day],
    );
    await report('NIGHT-A', '');
  }, 90_000);
  afterAll(async () => portal.close());

  it('holds nothing that the policy’s own words withhold, and all that they show', async () => {
    const facts = fc.record({
      agency: fc.constantFrom(...agencies),
      category: fc.constantFrom(...categories),
      handling: fc.constantFrom(...marks),
    });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 6, maxLength: 8, size: 'max' }), async (kinds) => {
        const canaries = kinds.map((kind) => ({ kind, word: `Canary ${(told += 1)} end` }));
        await portal.recordAll(kit, new Map(canaries.map(({ kind, word }) => [word, kind])));
        for (const viewer of attendees) {
          const holdsCase = viewer === casey;
          const all = await everyCopy(viewer);
          for (const { door, status, text } of all) {
            expect({ door, status }).toEqual({ door, status: 200 });
            const listed = text.includes('Fennimoor');
            for (const { kind, word } of canaries) {
              const fact: Told = { versions: [kind], withdrawn: false };
              const may = listed && shown({ ...viewer, purpose: 'safeguarding', holdsCase }, fact).length > 0;
              expect({ door, viewer, kind, there: text.includes(word) }).toEqual({ door, viewer, kind, there: may });
            }
          }
        }
      }),
      runs(2),
    );
  }, 300_000);

  it('has a child of the service whose report is said to be withheld, and says no more; of one that is hidden, nothing', async () => {
    const wren = await missingNow();
    const on = async (viewer: Viewer): Promise<string> => (await copy(viewer, '/pack')).text;
    await withdrawReportsOf(wren);
    expect(await on(terry)).not.toContain('Tolladay');
    await report('NIGHT-B', 'originator-only', 'nominal-70202');
    expect(await on(terry)).not.toContain('Tolladay');
    expect(await on(pat)).toContain('Tolladay');
    await report('NIGHT-C', 'conditions-apply', 'nominal-70202');
    expect(await on(terry)).toMatch(/Tolladay[\s\S]*Withheld from you/);
    expect(await on(terry)).not.toMatch(/NIGHT-[BC]/);
    expect(await on(robin)).not.toContain('Tolladay');
    expect(await on(terry)).toContain(wren);
  });

  it('says that an interview is due to whoever may see that it is held, and to nobody else', async () => {
    const due = 'what follows a return is not done';
    const copies = await Promise.all([robin, terry, pat].map(async (viewer) => (await copy(viewer, '/pack')).text));
    expect(copies.map((text) => [text.includes('Fennimoor'), text.includes(due)])).toEqual([
      [true, true],
      [true, true],
      [true, false],
    ]);
  });

  it('is the same for one that is not there and one that is not theirs, and closed it holds no word about a child', async () => {
    const probation = person('alex.probation', 'probation', 'officer');
    expect((await copy(probation, '')).status).toBe(403);
    const stranger = person('s', 'secure-estate', 'lead');
    expect((await copy(stranger, '')).status).toBe(404);
    expect((await copy(terry, '', randomUUID())).status).toBe(404);
    expect((await copy(pat, `/children/${randomUUID()}/record`)).status).toBe(404);
    expect((await copy(pat, `/children/${kit}/record`)).status).toBe(403);
    await close();
    await close();
    const rows = await kept();
    expect(rows.map(({ child }) => child)).toContain(kit);
    expect(JSON.stringify(rows)).not.toMatch(/Kit|Fennimoor|NIGHT-/);
    expect((await copy(pat, '/pack')).text).toContain('Fennimoor');
    await eraseChild({ child: kit, reason: 'test', who: 'test', despiteHold: 'test' }, portal.hub);
    expect((await kept()).map(({ child }) => child)).not.toContain(kit);
    expect((await copy(pat, '/pack')).text).not.toContain('Fennimoor');
  });

  const kept = async (): Promise<{ child: string }[]> =>
    (await portal.hub.database.query<{ child: string }>('select * from meeting_children where meeting = $1', [meeting]))
      .rows;

  async function close(): Promise<void> {
    const { cookie } = await cookieOf(terry);
    const page = await (await fetch(`${portal.url}/meetings/${meeting}`, { headers: { cookie } })).text();
    const formToken = /name="formToken" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await fetch(`${portal.url}/meetings/${meeting}/close`, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ formToken }),
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
  }

  async function cookieOf(viewer: Viewer): Promise<{ cookie: string }> {
    const sessions = new Sessions(new SessionStore(portal.hub.database), portal.hub.keys, portal.hub.clock);
    return { cookie: `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}` };
  }

  async function copy(viewer: Viewer, path: string, id = meeting) {
    const response = await fetch(`${portal.url}/meetings/${id}${path}`, {
      headers: await cookieOf(viewer),
      redirect: 'manual',
    });
    const pdf = response.headers.get('content-type') === 'application/pdf';
    const text = pdf
      ? (await pdfText(new Uint8Array(await response.arrayBuffer()))).pages.join(' ')
      : await response.text();
    return { door: path, status: response.status, text };
  }

  async function everyCopy(viewer: Viewer) {
    return Promise.all(['', '/pack', '/pack.pdf'].map(async (path) => copy(viewer, path)));
  }

  async function report(reference: string, handling: string, subject = 'nominal-70101'): Promise<void> {
    const time = new Date(Date.now() - 60 * 60_000).toISOString();
    const told = { id: `mog-${reference}`, subject, time, ...(handling === '' ? {} : { handling }) };
    const event = canonicalEvent(MissingReportedSchema, told, { reportReference: reference, risk: Risk.MEDIUM });
    await portal.hub.keep({ system: 'police', door: 'events', event });
    await drain(portal.hub);
    await portal.hub.projections.settled();
  }

  /** Nothing of her own childhood brings her here. */
  async function withdrawReportsOf(child: string): Promise<void> {
    await portal.hub.database.query(
      `update timeline t set withdrawn_at = now(), withdrawn_by = $2 from links l
       where l.record = t.record and l.child = $1 and t.type = 'hub.police.v1.MissingReported'`,
      [child, randomUUID()],
    );
  }

  /** The other child whom the childhood has missing now. */
  async function missingNow(): Promise<string> {
    const { rows } = await portal.hub.database.query<{ child: string }>(
      `select l.child from timeline t join links l on l.record = t.record and l.known_to = 'infinity'
       where t.type = 'hub.police.v1.MissingReported' and l.child <> $1 and t.occurred_at > now() - interval '2 days'`,
      [kit],
    );
    return rows[0]!.child;
  }
});
