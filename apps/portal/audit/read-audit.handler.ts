import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { viewsOf } from '../children/child-view.js';
import { readChildren } from '../children/child-rows.js';
import { knownAmong } from '../children/known-child.js';
import { Cursors } from '../looks/cursors.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { readLooks, type LookRow } from './audit-rows.js';
import { summaryOf } from './day-summary.js';
import { ReadAudit, type AuditPage } from './read-audit.query.js';

const PAGE = 50;

@QueryHandler(ReadAudit)
export class ReadAuditHandler implements IQueryHandler<ReadAudit, AuditPage> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    private readonly looks: Looks,
    private readonly cursors: Cursors,
  ) {}

  async execute({ looker, filter, cursor }: ReadAudit): Promise<AuditPage> {
    const scope = `audit ${JSON.stringify(filter)}`;
    const [place, id] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    const after = place !== undefined && id !== undefined ? { after: [place, id] as const } : {};
    const rows = await readLooks(this.database, { filter, ...after, limit: PAGE + 1 });
    const page = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? page.at(-1) : undefined;
    const names = await this.#names(looker, page);
    const { day, ...others } = filter;
    const shownDay = day ?? dayInLondon(new Date(this.clock.now()).toISOString());
    const summed = cursor === undefined && Object.keys(others).length === 0;
    const answer: AuditPage = {
      looks: page.map(({ place: _, ...row }) => {
        const childName = row.child === null ? undefined : names.get(row.child);
        return { ...row, ...(childName === undefined ? {} : { childName }) };
      }),
      ...(summed ? { summary: { day: shownDay, ...(await summaryOf(this.database, shownDay)) } } : {}),
      ...(last ? { next: this.cursors.write(scope, [last.place, last.id]) } : {}),
    };
    await this.looks.record(looker, {
      what: 'audit.read',
      ...(filter.child === undefined ? {} : { child: filter.child }),
      outcome: 'shown',
      details: { filter, looks: page.length },
    });
    return answer;
  }

  /** Names of those children that this looker may know of, as a list of children would show them. */
  async #names(looker: Looker, rows: readonly LookRow[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(rows.flatMap(({ child }) => child ?? []))];
    const known = await knownAmong(this.database, looker, ids);
    const views = await viewsOf(await readChildren(this.database, known), looker, this);
    return new Map(views.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])));
  }
}
