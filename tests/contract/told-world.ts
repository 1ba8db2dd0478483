import { randomUUID } from 'node:crypto';
import { poster } from '../../apps/worker/tell/post.js';
import type { TellingParts } from '../../apps/worker/tell/tell.js';
import { FACT_WITHDRAWN } from '../../libs/kernel/event-log.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import { transaction } from '../../libs/platform/database/pool.js';
import { EndpointStore } from '../../libs/platform/notifications/endpoint-store.js';
import { insertChildren, lockIdentity, relinkRecords } from '../../libs/platform/records/link-store.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { openReceiver, type Receiver } from '../../libs/testing/http/receiver.js';
import { openDoors, openPortal, type PortalServer } from '../acceptance/portal-server.js';
import { agencies, type Kind, type table } from './disclosure-oracle.js';

const DAY_MS = 86_400_000;

/** A row of the policy: whose people a notice is for. */
export type Seat = (typeof table)[number];

/** What becomes of a fact between two sendings; `away`: the record it stands on turns out to be another child's. */
export interface Change {
  readonly is: 'nothing' | 'withdrawn' | 'away' | 'marked';
  readonly handling?: string;
}

/** A fact as it stands: every version that its source ever told, and the words of each. */
export interface Standing {
  readonly fact: string;
  readonly versions: { readonly kind: Kind; readonly id: string; readonly word: string }[];
  /** The record it stands on is the one that may go to another child. */
  readonly second: boolean;
  withdrawn: boolean;
}

/** A portal and a worker that tells, with a receiver for the system of every agency, and one child told of. */
export interface ToldWorld {
  readonly portal: PortalServer;
  readonly telling: TellingParts;
  /** By agency. */
  readonly receivers: ReadonlyMap<string, Receiver>;
  readonly kit: string;
  readonly other: string;
  readonly second: string;
  /** All that portal and worker logged. */
  logged(): string;
  endpoints(): Promise<string[]>;
  /** Links the second record to a child. */
  place(child: string): Promise<void>;
  begin(onSecond: boolean, kind: Omit<Kind, 'handling'>, handling: string): Promise<Standing>;
  change(one: Standing, after: Change): Promise<void>;
  /** One notice to each agency, by agency; to people of `seat` where it is theirs. */
  raise(standing: readonly Standing[], seat: Seat, urgency: string, possible: boolean): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export async function openToldWorld(): Promise<ToldWorld> {
  let logged = '';
  let words = 0;
  const whole = await openPortal();
  const logger = createLogger('trace', { write: (line: string) => void (logged += line) });
  const doors = await openDoors(whole.hub, { logger });
  const portal: PortalServer = { ...whole, ...doors };
  const hub = { ...whole.hub, logger };
  const audit = await AuditChain.open(hub);
  const telling: TellingParts = { parts: hub, audit, poster: poster(true, 5_000), random: () => 0.5 };
  const store = new EndpointStore(hub.database, hub.keys);
  const other = randomUUID();
  const kit = await portal.childOf('court', 'court');
  const { rows } = await hub.database.query<{ record: string }>(
    `select l.record from links l join records r on r.stream = l.record
     where l.child = $1 and l.known_to = 'infinity' order by r.created_at desc, r.stream desc limit 1`,
    [kit],
  );
  const second = rows[0]?.record ?? '';
  await transaction(hub.database, async (connection) =>
    insertChildren(connection, [{ id: other, provisional: false }]),
  );
  const receivers = new Map<string, Receiver>();
  for (const agency of agencies) {
    const receiver = await openReceiver();
    receivers.set(agency, receiver);
    await store.register({
      ...{ id: randomUUID(), system: agency, agency, place: '', purpose: 'publishing-partner', url: receiver.url },
      createdAt: new Date().toISOString(),
    });
  }
  return {
    ...{ portal, telling, receivers, kit, other, second, logged: () => logged },
    ...{ endpoints, place, begin, change, raise },
    close: async () => {
      await telling.poster.close();
      await audit.close();
      for (const receiver of receivers.values()) await receiver.close();
      await doors.close();
      await whole.close();
    },
  };

  async function endpoints(): Promise<string[]> {
    const found = await portal.hub.database.query<{ id: string }>('select id from webhook_endpoints');
    return found.rows.map(({ id }) => id);
  }

  async function place(child: string): Promise<void> {
    const link = {
      id: randomUUID(),
      record: second,
      child,
      method: 'manual' as const,
      reason: 'generated',
      who: 'test',
    };
    await transaction(portal.hub.database, async (connection) => {
      await lockIdentity(connection);
      await relinkRecords(connection, [link]);
    });
  }

  async function begin(onSecond: boolean, kind: Omit<Kind, 'handling'>, handling: string): Promise<Standing> {
    const one: Standing = { fact: randomUUID(), versions: [], second: onSecond, withdrawn: false };
    await say(one, { ...kind, handling });
    return one;
  }

  async function say(one: Standing, kind: Kind): Promise<void> {
    const word = `Canary ${(words += 1)} end`;
    const before = one.versions.at(-1)?.id;
    const more = { fact: one.fact, ...(before === undefined ? {} : { supersedes: before }) };
    // Each child's oldest record is written to: the second is the other child's only one.
    if (one.second) await place(other);
    const id = await portal.record(one.second ? other : kit, kind, word, more);
    one.versions.push({ kind, id, word });
  }

  async function change(one: Standing, after: Change): Promise<void> {
    const last = one.versions.at(-1);
    if (!last || one.withdrawn) return;
    if (after.is === 'marked') await say(one, { ...last.kind, handling: after.handling ?? '' });
    if (after.is !== 'withdrawn') return;
    one.withdrawn = true;
    if (one.second) await place(other);
    const more = { fact: one.fact, supersedes: last.id };
    await portal.record(one.second ? other : kit, last.kind, '', more, FACT_WITHDRAWN);
  }

  async function raise(standing: readonly Standing[], seat: Seat, urgency: string, possible: boolean) {
    const ids = new Map<string, string>();
    for (const agency of agencies) {
      const id = randomUUID();
      ids.set(agency, id);
      const to = agency === seat.agency ? [seat.role, seat.purposes[0]] : ['lead', 'safeguarding'];
      await portal.hub.database.query(
        `insert into notices (key, record, capability, kind, thread, rule, to_agency, to_role, to_purpose, to_place, urgency,
           possible, reminder, causes, state, raised_at, position)
         values ($1, $2, 'generated', 'kind-of-notice', $3, 'A1', $4, $5, $6, '', $7, $8, false, $9, 'told', $10,
           (select greatest(coalesce(max(n.position), 0), max(h.position)) + 1 from webhook_head h left join notices n on true))`,
        [
          ...[id, kit, randomUUID(), agency, ...to, urgency, possible, standing.map(({ fact }) => fact).join(' ')],
          // A digest of then has been told by now.
          new Date(Date.now() - 6 * DAY_MS).toISOString(),
        ],
      );
    }
    return ids;
  }
}
