import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { drain } from '../../apps/worker/worker.loop.js';
import {
  Answer,
  RequestAnsweredSchema,
  SaidToBeWrongSchema,
  SignificanceJudgedSchema,
} from '../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { decide } from '../../libs/disclosure/decide.js';
import { policy } from '../../libs/disclosure/policy.js';
import type { Disclosable, Viewer } from '../../libs/disclosure/terms.js';
import { FACT_WITHDRAWN } from '../../libs/kernel/event-log.js';
import type { Incoming } from '../../libs/kernel/intake.js';
import { messageOf } from '../../libs/platform/annotations/saying.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

const kinds: Readonly<Record<string, Disclosable>> = {
  open: { agency: 'court', category: 'court', handling: '' },
  detail: { agency: 'health', category: 'health-detail', handling: '' },
  kept: { agency: 'social-care', category: 'social-care', handling: 'originator-only' },
  secret: { agency: 'police', category: 'missing', handling: 'existence-discloses' },
  professional: { agency: 'health', category: 'missing', handling: 'professional-only' },
};
const by = { who: 'sam.sayer', name: 'Sam Sayer', role: 'case-manager' };

interface Said {
  id: string;
  marks?: { note?: string; by: { name?: string } }[];
  disputes?: { what?: string; answer?: { text?: string }; since?: { how: string } }[];
}

/** Whoever may not see an entry sees nothing that was said of it: no mark, dispute, answer, nor line of a chronology. */
describe('what was said of entries', () => {
  let portal: PortalServer;
  let kit: string;
  let record: string;
  const entries = new Map<string, { id: string; fact: string }>();
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
    for (const [name, kind] of Object.entries(kinds)) {
      const fact = randomUUID();
      entries.set(name, { id: await portal.record(kit, kind, `Entry ${name}`, { fact }), fact });
    }
    const { rows } = await portal.hub.database.query<{ record: string }>('select record from timeline where key = $1', [
      entries.get('open')?.id,
    ]);
    record = rows[0]?.record ?? '';
    for (const name of entries.keys()) await comment(name);
  }, 60_000);
  afterAll(async () => portal.close());

  async function say(...messages: Incoming[]): Promise<string[]> {
    const kept = await portal.hub.intake.keep(messages);
    await drain(portal.hub);
    await portal.hub.projections.settled();
    return kept.map(({ receipt }) => receipt);
  }
  const told = { stream: '', at: new Date().toISOString(), correlation: randomUUID() };
  const mark = (name: string, note: string) => {
    const { id: version = '', fact = '' } = entries.get(name) ?? {};
    const said = { fact, version, significant: true, note, by };
    return messageOf({
      ...told,
      stream: record,
      agency: 'yos',
      messageId: randomUUID(),
      schema: SignificanceJudgedSchema,
      said,
    });
  };
  async function comment(name: string): Promise<void> {
    const { id: version = '', fact = '' } = entries.get(name) ?? {};
    const said = { fact, version, what: `Dispute of ${name}`, by };
    const [request = ''] = await say(
      messageOf({ ...told, stream: record, agency: 'yos', messageId: randomUUID(), schema: SaidToBeWrongSchema, said }),
      mark(name, `Note on ${name}`),
    );
    const answer = { request, answer: Answer.STANDS, text: `Answer on ${name}` };
    await say(
      messageOf({
        ...told,
        stream: record,
        agency: 'police',
        messageId: randomUUID(),
        schema: RequestAnsweredSchema,
        said: answer,
        correlation: request,
      }),
    );
  }

  const first = async (viewer: Viewer, headers = {}): Promise<Said[]> => {
    const answer = await apiReader(portal).get(viewer, `/${kit}/timeline`, headers);
    return ((await answer.json()) as { entries: Said[] }).entries;
  };

  it('is shown to exactly those who see the entry in full, for every role and purpose, and its words to professionals', async () => {
    let compared = 0;
    for (const { agency, role, purposes } of policy) {
      if (role === 'named-case-manager') continue;
      for (const purpose of purposes) {
        // Never stated, and so nothing to read through the API.
        if (purpose === 'emergency') continue;
        const viewer: Viewer = { who: role === 'system' ? agency : `some.${role}`, agency, roles: [role] };
        const headers = { 'hub-purpose': purpose };
        if ((await apiReader(portal).get(viewer, `/${kit}/timeline`, headers)).status === 404) continue;
        const pages = await apiReader(portal).all(viewer, kit, headers);
        const timeline = await first(viewer, headers);
        const answer = await apiReader(portal).get(viewer, `/${kit}/chronology`, headers);
        const { events } = (await answer.json()) as { events: Said[] };
        const texts = [JSON.stringify(pages), JSON.stringify(events)];
        for (const [name, kind] of Object.entries(kinds)) {
          const full = decide(viewer, purpose, kind) === 'full';
          const id = entries.get(name)?.id ?? '';
          expect([name, viewer, purpose, events.some((event) => event.id === id)]).toEqual([
            name,
            viewer,
            purpose,
            full,
          ]);
          expect(timeline.find((entry) => entry.id === id)?.marks?.length).toBe(full ? 1 : undefined);
          const reads = full && (role !== 'system' || agency === 'yos');
          for (const text of texts) expect(text.includes(`Note on ${name}`)).toBe(reads);
          expect(texts[0]?.includes(`Dispute of ${name}`)).toBe(reads);
          expect(texts[0]?.includes(`Answer on ${name}`)).toBe(full && (role !== 'system' || agency === 'police'));
          compared += 1;
        }
        expect(texts.join('').includes('Sam Sayer')).toBe(agency === 'yos' && events.length > 0);
        expect(texts.join('')).not.toContain('sam.sayer');
      }
    }
    expect(compared).toBeGreaterThan(50);
  }, 60_000);

  const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };
  const of = async (name: string): Promise<Said | undefined> =>
    (await first(terry)).find(({ id }) => id === entries.get(name)?.id);

  it('is never an entry, a count or a signal of its own', async () => {
    const before = await apiReader(portal).all(terry, kit);
    const count = before.flatMap((page) => page.entries).length;
    await say(mark('secret', 'again'), mark('open', 'again'));
    const after = await apiReader(portal).all(terry, kit);
    expect(after.flatMap((page) => page.entries)).toHaveLength(count);
    expect(after[0]?.withheld).toEqual(before[0]?.withheld);
    const { rows } = await portal.hub.database.query(`select from timeline where type like 'hub.record.%'`);
    expect(rows).toEqual([]);
  });

  it('does not show where the version it was about is no longer for this viewer, and comes back with it', async () => {
    const { id = '', fact = '' } = entries.get('open') ?? {};
    const kept = { agency: 'court', category: 'court', handling: 'originator-only' };
    const second = await portal.record(kit, kept, 'Kept to the court', { fact, supersedes: id });
    expect(JSON.stringify(await apiReader(portal).all(terry, kit))).not.toContain('Note on open');
    await portal.record(kit, kinds['open']!, 'Corrected', { fact, supersedes: second });
    const text = JSON.stringify(await apiReader(portal).all(terry, kit));
    expect(text).toContain('Corrected');
    // The version in between is not theirs; the first, which the dispute is about, does not show beside it either.
    expect(text).not.toContain('Dispute of open');
  });

  it('goes with the fact: a correction keeps the mark and answers the dispute', async () => {
    const { id = '', fact = '' } = entries.get('professional') ?? {};
    const next = await portal.record(kit, kinds['professional']!, 'Put right', { fact, supersedes: id });
    entries.set('professional', { id: next, fact });
    const said = await of('professional');
    expect(said?.marks).toMatchObject([{ note: 'Note on professional' }]);
    expect(said?.disputes).toMatchObject([{ what: 'Dispute of professional', since: { how: 'corrected' } }]);

    await portal.record(kit, kinds['professional']!, '', { fact, supersedes: next }, FACT_WITHDRAWN);
    expect(await of('professional')).toMatchObject({ marks: [{}] });
    const { events, withdrawn } = (await (await apiReader(portal).get(terry, `/${kit}/chronology`)).json()) as {
      events: Said[];
      withdrawn: number;
    };
    expect(events.map((event) => event.id)).not.toContain(next);
    expect(withdrawn).toBe(1);
  });

  it('is told of no child that is not theirs, and each look at a chronology is written down', async () => {
    const stranger: Viewer = { who: 'sky.school', agency: 'education', roles: ['lead'] };
    for (const child of [randomUUID(), kit]) {
      const answer = await apiReader(portal).get(
        child === kit ? { ...stranger, agency: 'probation', roles: ['lead'] } : stranger,
        `/${child}/chronology`,
      );
      expect([403, 404]).toContain(answer.status);
    }
    expect((await apiReader(portal).get(stranger, `/${randomUUID()}/chronology`)).status).toBe(404);
    const { rows } = await portal.hub.database.query<{ outcome: string; shown: string[] }>(
      `select outcome, shown from audit where what = 'chronology.read' order by id desc limit 2`,
    );
    expect(rows[0]).toMatchObject({ outcome: 'not-found', shown: [] });
  });
});
