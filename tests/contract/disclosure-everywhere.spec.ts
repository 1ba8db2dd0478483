import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { operations } from '../../apps/portal/audit/audit-model.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { FACT_WITHDRAWN } from '../../libs/kernel/event-log.js';
import { SignificanceJudgedSchema } from '../../libs/contracts/gen/hub/record/v1/record_pb.js';
import { GatewayModule } from '../../apps/gateway/gateway.module.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { messageOf } from '../../libs/platform/annotations/saying.js';
import { runs } from '../../libs/testing/stories/runs.js';
import { openDoors, openPortal, type PortalServer } from '../acceptance/portal-server.js';
import { agencies, mayAsk, mayKnow, shown, table, withholds, type Looking, type Told } from './disclosure-oracle.js';
import type { Places } from './every-door.js';
import { facts, purposes, spokenAs, viewers, type Tale } from './generated-tales.js';
import { constant, leftBy, reviews, type Left } from './left-by.js';

/** Everything by which a version could be recognised, wherever it turned up. */
interface Canary {
  readonly fact: number;
  readonly version: number;
  readonly words: readonly string[];
}

describe('what leaves by any door', () => {
  let portal: PortalServer;
  let child: { id: string; records: string[]; openCase: boolean };
  let logged = '';
  const told: Told[] = [];
  const canaries: Canary[] = [];
  const meeting = randomUUID();
  let lastFact = 'f'.repeat(64);

  beforeAll(async () => {
    const whole = await openPortal();
    const logger = createLogger('trace', { write: (line: string) => void (logged += line) });
    // What is left of a limit is the same whenever it is asked.
    const now = Date.now() + 10 * 60_000;
    const doors = await openDoors({ ...whole.hub, clock: { now: () => now } }, { beside: [GatewayModule], logger });
    const close = async (): Promise<void> => {
      await doors.close();
      await whole.close();
    };
    portal = { ...whole, ...doors, close };
    const id = await portal.childOf('court', 'court');
    const { rows } = await portal.hub.database.query<{ agency: string }>(
      `select distinct r.agency from records r join links l on l.record = r.stream
       where l.child = $1 and l.known_to = 'infinity'`,
      [id],
    );
    child = { id, records: rows.map(({ agency }) => agency), openCase: true };
    await portal.hub.database.query(
      `insert into meetings (id, forum, held_on, convened_by, created_at)
       values ($1, 'mog', current_date, 'terry.lead', now()), ($2, 'cog', current_date, 'terry.lead', now())`,
      [meeting, randomUUID()],
    );
    await react();
  }, 60_000);
  afterAll(async () => portal.close());

  it('is what the policy’s own words allow, for generated viewers, purposes and entries', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { minLength: 5, maxLength: 8, size: 'max' }),
        fc.array(fc.tuple(viewers, fc.constantFrom(...purposes)), { minLength: 5, maxLength: 7, size: 'max' }),
        async (more, looks) => {
          for (const fact of more) await tell(fact);
          await react();
          for (const [viewer, purpose] of looks) {
            const allowed = table.filter(({ agency, role }) => agency === viewer.agency && viewer.roles.includes(role));
            const stated = purpose === 'made-up' ? purpose : (allowed[0]?.purposes.at(-1) ?? purpose);
            for (const why of new Set([purpose, stated])) {
              for (const left of await leftBy(portal).api(viewer, why, places(), 'fennimoor')) check(viewer, left);
            }
            if (viewer.roles.includes('system')) continue;
            for (const left of await leftBy(portal).pages(viewer, places())) check(viewer, left);
          }
          await nothingIsKept();
        },
      ),
      runs(2),
    );
  }, 600_000);

  it('is the same, byte for byte, whether or not there is something hidden', async () => {
    await fc.assert(
      fc.asyncProperty(viewers, fc.array(facts, { minLength: 3, maxLength: 5 }), async (viewer, more) => {
        const everything = async (): Promise<string[]> => {
          const { api, pages } = leftBy(portal);
          const machine = viewer.roles.includes('system');
          const answers = [
            ...(await api(viewer, purposeAsked(viewer), at, 'fennimoor')),
            ...(machine ? [] : await pages(viewer, at)),
          ];
          return answers
            .filter(({ door }) => !reviews(door))
            .map(({ door, status, text }) => `${constant(door)} ${status} ${constant(text)}`);
        };
        const at = places();
        // The first look is remembered: what is new since then is no longer new at the second.
        await everything();
        const before = await everything();
        // Hidden whatever the purpose: an agency’s own people see what it published.
        for (const fact of more) {
          const agency = agencies.find((one) => one !== viewer.agency) ?? '';
          const hidden = fact.versions.map((kind) => ({
            ...kind,
            agency,
            handling: `${kind.handling} originator-only`.trim(),
          }));
          await tell({ ...fact, versions: hidden });
        }
        await react();
        expect(await everything()).toEqual(before);
      }),
      runs(2),
    );
  }, 600_000);

  it('is written down by a name that the audit has words for, whichever door it was', async () => {
    const unnamed = 'select distinct what from audit where what <> all($1::text[])';
    expect((await portal.hub.database.query(unnamed, [Object.keys(operations)])).rows).toEqual([]);
  });

  function looking(viewer: Viewer, purpose: string): Looking {
    return { ...viewer, purpose, holdsCase: viewer.who === 'casey.manager' && viewer.agency === 'yos' };
  }

  function purposeAsked(viewer: Viewer): string {
    return purposes.find((purpose) => mayAsk(looking(viewer, purpose))) ?? 'case-management';
  }

  /** Nothing that may not be there, and on the first page of the API everything that must. */
  function check(viewer: Viewer, { door, purpose, status, text }: Left): void {
    const who = looking(viewer, purpose);
    const known = mayAsk(who) && mayKnow(who, child);
    // Of what somebody is told, each notice is a look of its own, for its own purpose, and being addressed is reach (ADR 25).
    const own = table.flatMap(({ agency, purposes: all }) => (agency === viewer.agency ? all : []));
    const addressed = /^\/(v1\/notifications|inbox)/.test(door);
    const asked = addressed ? [...new Set(own)] : [purpose];
    const may = (canary: Canary): boolean => {
      const fact = told[canary.fact];
      return (
        fact !== undefined &&
        asked
          .map((why) => looking(viewer, why))
          .some((one) => {
            return mayAsk(one) && (addressed || mayKnow(one, child)) && shown(one, fact).includes(canary.version);
          })
      );
    };
    const leaked = canaries.filter((canary) => !may(canary) && canary.words.some((word) => text.includes(word)));
    const report = {
      door,
      viewer,
      purpose,
      status,
      leaked: leaked.map(({ fact, version }) => ({ ...told[fact], version })),
    };
    expect(report).toEqual({ ...report, leaked: [] });
    expect(`${door} ${status}`).toMatch(/ (200|303|302|400|403|404)$/);
    const missing = (all: readonly Canary[]): Canary[] => all.filter(({ words: [word = ''] }) => !text.includes(word));
    if (door === `/children/${child.id}/chronology.pdf` && status === 200) {
      const current = canaries.filter(({ fact, version }) => {
        const { versions, withdrawn } = told[fact] ?? { versions: [], withdrawn: true };
        return !withdrawn && version === versions.length - 1;
      });
      expect({ door, viewer, missing: missing(current.filter(may)) }).toEqual({ door, viewer, missing: [] });
    }
    if (door !== `/v1/children/${child.id}/timeline`) return;
    expect({ door, viewer, purpose, status }).toEqual({ door, viewer, purpose, status: expectedStatus(who, known) });
    if (status !== 200) return;
    const [, body = ''] = text.split('\n\n');
    const page = JSON.parse(body) as { withheld: { agency: string }[]; entries: { id: string }[]; next?: string };
    const withheld = agencies.filter((agency) =>
      told.some((fact) => fact.versions[0]?.agency === agency && withholds(who, fact)),
    );
    const said = page.withheld.map(({ agency }) => agency);
    expect({ viewer, purpose, missing: withheld.filter((agency) => !said.includes(agency)) }).toEqual({
      viewer,
      purpose,
      missing: [],
    });
    if (page.next !== undefined) return;
    const there = missing(canaries.filter(may));
    expect({ viewer, purpose, notShown: there.map(({ fact, version }) => ({ ...told[fact], version })) }).toEqual({
      viewer,
      purpose,
      notShown: [],
    });
  }

  function expectedStatus(who: Looking, known: boolean): number {
    if (who.purpose === 'made-up') return 400;
    if (!mayAsk(who)) return 403;
    return known ? 200 : 404;
  }

  /** Of the child, with what was told last: whoever asks, it may be theirs to see or not. */
  function places(): Places {
    const last = canaries.at(-1)?.words ?? [];
    return {
      ...{ child: child.id, entry: last[2] ?? randomUUID(), receipt: last[1] ?? randomUUID() },
      ...{ fact: lastFact, meeting, other: randomUUID() },
    };
  }

  async function react(): Promise<void> {
    await drainReactions(portal.hub, { capabilities, rules: loadRulebook(undefined).rules });
    await portal.hub.projections.settled();
  }

  async function tell({ versions, withdrawn, says }: Tale): Promise<void> {
    const fact = told.push({ versions, withdrawn }) - 1;
    const id = randomBytes(32).toString('hex');
    lastFact = id;
    let supersedes: string | undefined;
    for (const [version, kind] of versions.entries()) {
      const word = `Canary ${fact} of ${version} end`;
      const receipt = randomUUID();
      const more = { fact: id, receipt, ...(supersedes === undefined ? {} : { supersedes }) };
      supersedes = await portal.record(child.id, kind, word, more, spokenAs(says, word));
      // The fact's own id stands for all of its versions, and is shown with any.
      canaries.push({ fact, version, words: [word, receipt, supersedes] });
    }
    await marked(id, supersedes ?? '');
    const last = versions.at(-1);
    if (!withdrawn || last === undefined || supersedes === undefined) return;
    await portal.record(child.id, last, '', { fact: id, supersedes }, FACT_WITHDRAWN);
  }

  /** As significant, so that it stands in the chronology of whoever may see it. */
  async function marked(fact: string, version: string): Promise<void> {
    const { rows } = await portal.hub.database.query<{ record: string }>('select record from timeline where key = $1', [
      version,
    ]);
    const said = { fact, version, significant: true, by: { name: 'Terry Lead', agency: 'yos', role: 'team-manager' } };
    const told = { stream: rows[0]?.record ?? '', at: new Date().toISOString(), correlation: randomUUID() };
    const message = {
      ...told,
      agency: 'yos' as const,
      messageId: randomUUID(),
      schema: SignificanceJudgedSchema,
      said,
    };
    await portal.hub.intake.keep([messageOf(message)]);
    await drain(portal.hub);
    await portal.hub.projections.settled();
  }

  /** No content, and nobody’s name, in what is kept for operators, whoever looked. */
  async function nothingIsKept(): Promise<void> {
    const { rows } = await portal.hub.database.query<{ text: string }>('select audit::text as text from audit');
    const kept = [logged, await portal.hub.metrics.registry.metrics(), ...rows.map(({ text }) => text)].join('\n');
    expect(/Canary \d+|Fennimoor|fennimoor/.exec(kept)?.[0]).toBeUndefined();
    expect(canaries.filter(({ words }) => words.some((word) => logged.includes(word)))).toEqual([]);
  }
});

// What was looked at before is itself the subject of these.
