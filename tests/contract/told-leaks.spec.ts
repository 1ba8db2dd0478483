import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { tellOne } from '../../apps/worker/tell/tell.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { replay } from '../../libs/platform/notifications/delivery-store.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import type { Received } from '../../libs/testing/http/receiver.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { agencies, level, mayAsk, mayKnow, table, withholds, type Looking } from './disclosure-oracle.js';
import { openToldWorld, type Change, type Seat, type Standing, type ToldWorld } from './told-world.js';

const categories = [...new Set(table.flatMap(({ full, flag }) => [...full, ...flag])), 'unheard-of'];
const marks = ['', '', 'professional-only', 'conditions-apply', 'originator-only', 'existence-discloses', 'unheard-of'];
const forever = new AbortController().signal;

const kinds = fc.record({ agency: fc.constantFrom(...agencies), category: fc.constantFrom(...categories) });
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant({ is: 'nothing' as const }),
  fc.constant({ is: 'withdrawn' as const }),
  fc.constant({ is: 'away' as const }),
  fc.record({ is: fc.constant('marked' as const), handling: fc.constantFrom(...marks) }),
);
const facts = fc.record({ kind: kinds, handling: fc.constantFrom(...marks), after: fc.tuple(changes, changes) });
const twice = (one: Change): [Change, Change] => [one, one];
const nothing: Change = { is: 'nothing' };
/** The publisher of a fact is told what it published. */
const plain = {
  kind: { agency: agencies[0]!, category: categories[0]! },
  handling: '',
  after: twice(nothing),
};
/** Whose people have an inbox. */
const addressed = table.filter(
  ({ role, purposes }) => role !== 'system' && role !== 'auditor' && !purposes.includes('emergency'),
);
const systems = agencies.flatMap((agency) =>
  [...new Set(['publishing-partner', ...table.flatMap((row) => (row.role === 'system' ? row.purposes : []))])].map(
    (purpose) => ({ agency, purpose }),
  ),
);
/** Who is told of what nobody else is there to read, and for which purpose. */
const overseeing = [
  ['team-manager', 'supervision-of-staff'],
  ['duty-officer', 'duty'],
] as const;
const publishing = systems.filter(({ purpose }) => purpose === 'publishing-partner');

/** Whatever leaves to be told says what disclosure allows its reader at that moment, and nothing of it stands anywhere else. */
describe('what is told', () => {
  let world: ToldWorld;
  let sessions: Sessions;
  beforeAll(async () => {
    world = await openToldWorld();
    sessions = new Sessions(new SessionStore(world.portal.hub.database), world.portal.hub.keys, world.portal.hub.clock);
  }, 60_000);
  afterAll(async () => world.close());

  it('is what the policy’s own words allow when it is sent, sent again, asked for and read, whatever came between', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { minLength: 1, maxLength: 3 }),
        fc.shuffledSubarray(systems, { minLength: 8, maxLength: 8 }),
        fc.constantFrom(...addressed),
        fc.constantFrom('urgent', 'ordinary', 'digest'),
        fc.boolean(),
        async (generated, asked, seat, urgency, possible) => {
          const { database } = world.portal.hub;
          await database.query(`delete from notices where capability = 'generated'`);
          await world.place(world.other);
          const standing: Standing[] = [];
          for (const [n, { kind, handling }] of generated.entries())
            standing.push(await world.begin(n === 1, kind, handling));
          await world.place(world.kit);
          const notices = await world.raise(standing, seat, urgency, possible);
          for (const turn of [0, 1] as const) {
            for (const [n, { after }] of generated.entries()) await world.change(standing[n]!, after[turn]);
            const linked = generated.some(({ after }, n) => n === 1 && after.slice(0, turn + 1).some(isAway))
              ? world.other
              : world.kit;
            await world.place(linked);
            for (const { agency, purpose } of asked)
              await database.query('update webhook_endpoints set purpose = $2 where agency = $1', [agency, purpose]);
            for (const receiver of world.receivers.values()) receiver.taken.length = 0;
            if (turn > 0)
              for (const one of await world.endpoints()) await replay(database, one, new Date(0).toISOString(), now());
            while (await tellOne(world.telling, forever));
            const here = standing.filter((one) => !one.second || linked === world.kit);
            for (const [agency, receiver] of world.receivers) {
              const { rows } = await database.query<{ purpose: string }>(
                'select purpose from webhook_endpoints where agency = $1',
                [agency],
              );
              const looking = { agency, roles: ['system'], purpose: rows[0]?.purpose ?? '', holdsCase: false };
              const messages = receiver.taken.filter(({ id }) => id === notices.get(agency));
              shown += await checkMessage(looking, messages, standing, here, possible);
              if (mayAsk(looking)) await checkAnswer(looking, notices.get(agency) ?? '', standing, here);
            }
            await checkInbox(seat, standing, here);
          }
          const { rows: kept } = await database.query<{ text: string }>('select audit::text as text from audit');
          const everything = [
            world.logged(),
            await world.portal.hub.metrics.registry.metrics(),
            ...kept.map(({ text }) => text),
          ].join('\n');
          expect(/Canary \d+|Fennimoor|127\.0\.0\.1:\d+\/hook/i.exec(everything)?.[0]).toBeUndefined();
        },
      ),
      // The first shows something, whatever the others draw.
      { ...runs(6), examples: [[[plain], publishing, addressed[0]!, 'urgent', false]] },
    );
    expect(shown).toBeGreaterThan(0);
  }, 240_000);

  const now = (): string => new Date().toISOString();
  const isAway = ({ is }: Change): boolean => is === 'away';
  /** The words that a reader may be told: of what holds, and stands with the child. */
  function may(looking: Looking, here: readonly Standing[]): string[] {
    return here.flatMap(({ versions, withdrawn }) => {
      const last = versions.at(-1);
      return last && !withdrawn && level(looking, last.kind) === 'full' ? [last.word] : [];
    });
  }

  const wordsIn = (text: string, standing: readonly Standing[]): string[] =>
    standing.flatMap(({ versions }) => versions.map(({ word }) => word).filter((word) => text.includes(word)));

  async function checkMessage(
    looking: Looking,
    messages: readonly Received[],
    standing: readonly Standing[],
    here: readonly Standing[],
    possible: boolean,
  ): Promise<number> {
    const allowed = may(looking, here);
    const withheld = here.filter(({ versions, withdrawn }) =>
      withholds(looking, { versions: versions.map(({ kind }) => kind), withdrawn }),
    );
    const about = { looking, standing };
    expect({ about, count: messages.length }).toEqual({ about, count: allowed.length + withheld.length > 0 ? 1 : 0 });
    const [message] = messages;
    if (!message) return 0;
    const { data } = JSON.parse(message.body) as { data: { kind?: string; records?: string[]; withheld?: unknown[] } };
    expect({ about, words: wordsIn(message.body, standing).sort() }).toEqual({ about, words: allowed.toSorted() });
    const first = here.includes(standing[0]!) ? may(looking, standing.slice(0, 1)) : [];
    expect({ about, kind: data.kind }).toEqual({ about, kind: first.length > 0 ? 'kind-of-notice' : undefined });
    expect({ about, withheld: (data.withheld?.length ?? 0) > 0 }).toEqual({ about, withheld: withheld.length > 0 });
    const { rows } = await world.portal.hub.database.query<{ agency: string }>(
      `select distinct r.agency from records r join links l on l.record = r.stream where l.child = $1 and l.known_to = 'infinity'`,
      [world.kit],
    );
    const known = !possible && mayKnow(looking, { records: rows.map(({ agency }) => agency), openCase: true });
    expect({ about, records: data.records !== undefined && !known }).toEqual({ about, records: false });
    for (const outside of [message.body, JSON.stringify(message.headers)]) {
      expect(outside.includes(world.kit)).toBe(false);
      expect(outside.includes(world.second)).toBe(false);
    }
    expect(/canary|fennimoor|kind-of-notice/i.exec(JSON.stringify(message.headers))).toBeNull();
    return allowed.length;
  }

  async function checkAnswer(
    looking: Looking,
    notice: string,
    standing: readonly Standing[],
    here: readonly Standing[],
  ) {
    const token = await world.portal.token({
      who: looking.agency,
      agency: looking.agency,
      roles: ['system'],
    });
    const headers = { authorization: `Bearer ${token}`, 'hub-purpose': looking.purpose };
    const answer = await fetch(`${world.portal.url}/v1/notifications`, { headers });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    const { notifications } = JSON.parse(text) as { notifications: { id: string }[] };
    const about = { looking, standing };
    const own = notifications.filter(({ id }) => id === notice);
    expect({ about, words: wordsIn(JSON.stringify(own), standing).sort() }).toEqual({
      about,
      words: may(looking, here).toSorted(),
    });
    expect(wordsIn(text, standing).sort()).toEqual(may(looking, here).toSorted());
  }

  async function checkInbox(seat: Seat, standing: readonly Standing[], here: readonly Standing[]) {
    const named = seat.role === 'named-case-manager';
    const who = named ? 'casey.manager' : 'some.body';
    const viewer = { who, agency: seat.agency, roles: [named ? 'case-manager' : seat.role] } as Viewer;
    const cookie = `hub_session=${await sessions.begin({ viewer, name: who, idToken: '' })}`;
    const html = await (await fetch(`${world.portal.url}/inbox`, { headers: { cookie } })).text();
    const looking = { ...viewer, purpose: seat.purposes[0] ?? '', holdsCase: named };
    const about = { looking, standing };
    // For what a notice is for, and as whoever oversees what nobody is there to read: for no other purpose.
    const oversees = seat.agency === 'yos' ? overseeing.filter(([role]) => role === seat.role) : [];
    const readAs = [looking, ...oversees.map(([, purpose]) => ({ ...looking, purpose }))];
    const allowed = new Set(readAs.flatMap((one) => may(one, here)));
    const leakedIn = (text: string, those = allowed) => wordsIn(text, standing).filter((word) => !those.has(word));
    expect({ about, leaked: leakedIn(html) }).toEqual({ about, leaked: [] });
    // A call that states a purpose is told of notices for that one, whatever else the caller may look for.
    const token = await world.portal.token({ who, agency: seat.agency, roles: [...viewer.roles] });
    for (const purpose of seat.purposes) {
      const headers = { authorization: `Bearer ${token}`, 'hub-purpose': purpose };
      const answer = await fetch(`${world.portal.url}/v1/notifications`, { headers });
      // Somebody who holds a case states the purposes of a case manager.
      expect([200, ...(named ? [403] : [])]).toContain(answer.status);
      const text = answer.status === 200 ? await answer.text() : '';
      const told = readAs.filter((one) => one.purpose === purpose);
      const those = new Set(told.flatMap((one) => may(one, here)));
      expect({ about, purpose, leaked: leakedIn(text, those) }).toEqual({ about, purpose, leaked: [] });
    }
    const missing = may(looking, here).filter((word) => !html.includes(word));
    expect({ about, missing }).toEqual({ about, missing: [] });
    expect(/<title[^>]*>([^<]*)/.exec(html)?.[1]).not.toMatch(/canary|fennimoor|kind-of/i);
  }
});
