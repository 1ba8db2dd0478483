import { isAgency, type Agency } from '../../../libs/kernel/agency.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import { statusOf } from '../../../libs/kernel/intake.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { systemsOf } from '../../../libs/platform/intake/postgres/receipt-counts.js';
import { forbidden, notFound } from '../../../libs/platform/problems/problem.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { isArchive, tryMessage, type Attempt, type Typed } from './try-message.js';

/** What a message would become, said to whoever looks after their agency's systems. Nothing of it is kept. */
export class TryDesk {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly looks: Looks,
  ) {}

  /** Systems of the looker's agency; one that has never sent anything has the agency's name, as long as nobody knows its own. */
  async systems({ viewer }: Looker): Promise<string[]> {
    const systems = await systemsOf(this.database, viewer.agency);
    return systems.length === 0 ? [viewer.agency] : systems;
  }

  /** Throws 404 for a system of another agency, as for one that never was. */
  async attempt(looker: Looker, typed: Typed, systems: readonly string[]): Promise<Attempt> {
    const { system, kind } = typed;
    if (!systems.includes(system)) {
      await this.looks.record(looker, { what: 'message.try', outcome: 'not-found', details: {} });
      throw notFound();
    }
    const at = new Date(this.clock.now()).toISOString();
    const attempt = await tryMessage(typed, agencyOf(looker), looker.correlationId, at);
    const details = { system, kind: typed.file && isArchive(typed.file) ? 'zip' : kind, ...cameTo(attempt) };
    await this.looks.record(looker, { what: 'message.try', outcome: 'shown', details });
    return attempt;
  }
}

function cameTo(attempt: Attempt): { readonly status: string; readonly messages?: number } {
  if ('fault' in attempt) return { status: 'not-taken' };
  if ('result' in attempt) return { status: attempt.result.status };
  const { messages } = attempt.archive;
  return { status: statusOf(messages.flatMap(({ result }) => result?.outcomes ?? [])), messages: messages.length };
}

function agencyOf({ viewer }: Looker): Agency {
  if (!isAgency(viewer.agency)) throw forbidden('not-for-role', 'Your role does not open this page.');
  return viewer.agency;
}
