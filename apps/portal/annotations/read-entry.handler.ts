import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { viewsOf } from '../children/child-view.js';
import { Looks } from '../looks/looks.js';
import { annotationsOf } from './entry-annotations.js';
import { entryInSight } from './entry-in-sight.js';
import { ReadEntry, type EntryView } from './read-entry.query.js';

const WHAT = 'entry.read';

@QueryHandler(ReadEntry)
export class ReadEntryHandler implements IQueryHandler<ReadEntry, EntryView> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    readonly looks: Looks,
  ) {}

  async execute({ looker, child, entry: id }: ReadEntry): Promise<EntryView> {
    const { sight, entry } = await entryInSight(this, looker, child, id, WHAT);
    const [view] = await viewsOf([sight.known.row], looker, this);
    if (!view) throw notFound();
    const said = await annotationsOf(this, sight, looker, [entry]);
    await this.looks.record(looker, { what: WHAT, child, outcome: 'shown', details: { entry: id }, shown: [id] });
    return { child: view, entry, annotations: said.get(id) ?? { marks: [], disputes: [] } };
  }
}
