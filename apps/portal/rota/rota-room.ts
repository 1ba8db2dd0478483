import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../libs/kernel/clock.js';
import { gapsOf, type Turn } from '../../../libs/notifications/rota.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { forbidden, notFound, Problem } from '../../../libs/platform/problems/problem.js';
import { colleagues, SERVICE_DESK, type Colleague } from '../../../libs/platform/watch/duty-store.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import type { TurnSaid } from './rota-form.js';
import { addTurn, changeTurn, findTurn, readRota, removeTurn, type RotaEntry } from './rota-store.js';

const DAY_MS = 86_400_000;
/** How far ahead it is said when nobody is on duty. */
const AHEAD_DAYS = 14;
const BEHIND_DAYS = 14;
const SEEN_WITHIN_DAYS = 30;
const MOST = 500;

export interface Rota {
  readonly entries: readonly RotaEntry[];
  /** Ended lately, the last first. */
  readonly ended: readonly RotaEntry[];
  /** When nobody is on duty, from now until `until`; none where no rota is kept. */
  readonly gaps: readonly Turn[];
  /** RFC 3339. */
  readonly now: string;
  readonly until: string;
  /** Somebody was put on it some time; else whoever signs in as duty officer is on duty. */
  readonly kept: boolean;
}

/** Who is duty officer of the service from when to when: read by those whom it may be, recorded by a team manager. */
export class RotaRoom {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly looks: Looks,
  ) {}

  async read(looker: Looker): Promise<Rota> {
    const now = this.clock.now();
    const at = (days: number): string => new Date(now + days * DAY_MS).toISOString();
    const all = await readRota(this.database, at(-BEHIND_DAYS), MOST);
    const entries = all.filter(({ endsAt }) => Date.parse(endsAt) > now);
    const kept = all.length > 0 || (await readRota(this.database, '-infinity', 1)).length > 0;
    await this.looks.record(looker, { what: 'rota.read', outcome: 'shown', details: { entries: entries.length } });
    return {
      ...{ entries, kept, now: at(0), until: at(AHEAD_DAYS) },
      ended: all.filter(({ endsAt }) => Date.parse(endsAt) <= now).reverse(),
      gaps: kept ? gapsOf(entries, at(0), at(AHEAD_DAYS)) : [],
    };
  }

  /** Whom the rota can name: who works at the service’s desk, by what they opened or hold. Throws 403. */
  async colleagues(looker: Looker): Promise<Colleague[]> {
    mustKeep(looker);
    const since = new Date(this.clock.now() - SEEN_WITHIN_DAYS * DAY_MS).toISOString();
    return colleagues(this.database, SERVICE_DESK, since);
  }

  async add(looker: Looker, said: TurnSaid): Promise<void> {
    mustKeep(looker);
    const recording = this.#recording(looker, said);
    await this.#record(looker, 'rota.add', { entry: recording.id, ...whoAndWhen(recording) });
    await addTurn(this.database, recording);
  }

  /** An entry that can still be changed. Throws 403, or 404 for one that is not there, is over, or was removed. */
  async find(looker: Looker, id: string): Promise<RotaEntry> {
    mustKeep(looker);
    const found = await findTurn(this.database, id, this.#at());
    if (!found) throw notFound();
    return found;
  }

  /** Throws 403, 404 likewise, or 409 where somebody else was quicker. */
  async change(looker: Looker, id: string, said: TurnSaid): Promise<void> {
    await this.find(looker, id);
    const recording = this.#recording(looker, said);
    await this.#record(looker, 'rota.change', { before: id, entry: recording.id, ...whoAndWhen(recording) });
    if (!(await changeTurn(this.database, id, recording))) throw meanwhile();
  }

  /** Throws 403, 404 or 409 likewise. */
  async remove(looker: Looker, id: string): Promise<void> {
    await this.find(looker, id);
    await this.#record(looker, 'rota.remove', { entry: id });
    if (!(await removeTurn(this.database, id, { by: looker.viewer.who, at: this.#at() }))) throw meanwhile();
  }

  #recording({ viewer }: Looker, { worker, team, startsAt, endsAt }: TurnSaid) {
    const by = { by: viewer.who, at: this.#at() };
    return { id: randomUUID(), team, worker: worker.who, workerName: worker.name, startsAt, endsAt, ...by };
  }

  async #record(looker: Looker, what: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    await this.looks.record(looker, { what, outcome: 'done', details });
  }

  #at(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

/** True for a team manager of the service whose rota it is. */
export function mayKeep({ viewer: { agency, area, roles } }: Looker): boolean {
  return agency === 'yos' && area === undefined && roles.includes('team-manager');
}

function mustKeep(looker: Looker): void {
  if (!mayKeep(looker)) throw forbidden('not-for-role', 'A team manager says who is on duty.');
}

const meanwhile = (): Problem =>
  new Problem(
    409,
    'rota-changed',
    'Changed meanwhile',
    'Somebody has changed this entry meanwhile. Read the rota again.',
  );

const whoAndWhen = ({ worker, startsAt, endsAt }: { worker: string; startsAt: string; endsAt: string }) => ({
  ...{ worker, startsAt, endsAt },
});
