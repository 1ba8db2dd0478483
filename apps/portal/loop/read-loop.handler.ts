import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { viewsOf } from '../children/child-view.js';
import { RULES } from '../duties/rules.token.js';
import { Inbox } from '../inbox/inbox.js';
import { Looks } from '../looks/looks.js';
import { eventsOf } from './events-shown.js';
import { Sight } from '../duties/sight.js';
import { loopParts } from './child-loop.js';
import { exploitationInSight } from './concern-in-sight.js';
import { episodesInSight } from './episodes-in-sight.js';
import { ReadLoop, type Loop } from './read-loop.query.js';
import { mayRecord } from './recordings.js';

const WHAT = 'loop.read';

@QueryHandler(ReadLoop)
export class ReadLoopHandler implements IQueryHandler<ReadLoop, Loop> {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(RULES) readonly rules: Rules,
    private readonly looks: Looks,
    private readonly inbox: Inbox,
  ) {}

  async execute({ looker, child }: ReadLoop): Promise<Loop> {
    const at = new Date(this.clock.now()).toISOString();
    const parts = (await loopParts(new Sight(this, looker, at), [child])).get(child);
    const [view] = parts ? await viewsOf([parts.seen.known.row], looker, this) : [];
    if (!parts || !view) {
      await this.looks.record(looker, { what: WHAT, child, outcome: 'not-found', details: {} });
      throw notFound();
    }
    const episodes = episodesInSight(parts);
    const concern = exploitationInSight(parts, at);
    const waiting = await this.inbox.waitingOf(looker.viewer, child);
    await this.looks.record(looker, {
      what: WHAT,
      child,
      outcome: 'shown',
      details: { episodes: episodes.length, concern: concern !== undefined },
      shown: eventsOf(episodes, concern ? [concern] : []),
    });
    return {
      child: view,
      at,
      episodes,
      ...(concern ? { concern } : {}),
      waiting: new Set(waiting.map(({ row }) => row.id)),
      may: mayRecord(parts.seen.known.viewer, looker.purpose),
    };
  }
}
