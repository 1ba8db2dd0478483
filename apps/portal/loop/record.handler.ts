import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  PreventionInterviewRecorded_Outcome as PreventionOutcome,
  PreventionInterviewRecordedSchema,
} from '../../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import {
  ReturnInterviewRecorded_Outcome as Outcome,
  ReturnInterviewRecordedSchema,
} from '../../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { ReturnInterviewUseRecordedSchema } from '../../../libs/contracts/gen/hub/yos/v1/missing_and_exploitation_pb.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { EventLog } from '../../../libs/kernel/event-log.js';
import type { IntakeQueue } from '../../../libs/kernel/intake.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, EVENT_LOG, HUB_DATABASE, INTAKE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { text } from '../../../libs/safeguarding/said.js';
import { keepSaying, notYours } from '../annotations/keep-saying.js';
import type { SayOutcome } from '../annotations/say.command.js';
import { RULES } from '../duties/rules.token.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { Sight } from '../duties/sight.js';
import { loopParts } from './child-loop.js';
import { episodesInSight, type EpisodeInSight } from './episodes-in-sight.js';
import { RecordInterview, RecordPrevention, RecordUse } from './record.command.js';
import { mayRecord, type MayRecord } from './recordings.js';

const outcomes = {
  offered: Outcome.OFFERED,
  declined: Outcome.DECLINED,
  completed: Outcome.COMPLETED,
  'not-held': Outcome.NOT_HELD,
} as const;

/** What recording needs, and how an episode is found that somebody records something of. */
class Recorder {
  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(INTAKE) readonly intake: IntakeQueue,
    @Inject(EVENT_LOG) readonly log: EventLog,
    @Inject(RULES) readonly rules: Rules,
    readonly looks: Looks,
  ) {}

  /** The episode of this fact, of its report or of its interview, where the looker sees it and may record; written down either way. */
  async episodeOf(looker: Looker, child: string, fact: string, what: keyof MayRecord): Promise<EpisodeInSight> {
    const at = new Date(this.clock.now()).toISOString();
    const parts = (await loopParts(new Sight(this, looker, at), [child])).get(child);
    const known = what === 'use' ? interviewFacts : reportFacts;
    const found = parts && episodesInSight(parts).find((one) => known(one).includes(fact));
    const outcome = found ? 'shown' : 'not-found';
    await this.looks.record(looker, { what: `loop.record-${what}`, child, outcome, details: {} });
    if (!parts || !found) throw notFound();
    if (!mayRecord(parts.seen.known.viewer, looker.purpose)[what]) throw notYours();
    return found;
  }
}

@CommandHandler(RecordInterview)
export class RecordInterviewHandler extends Recorder implements ICommandHandler<RecordInterview> {
  async execute({ sayer, child, episode: fact, said }: RecordInterview): Promise<SayOutcome> {
    const { episode, interviews } = await this.episodeOf(sayer.looker, child, fact, 'interview');
    const own = episode.reports.find((one) => one.fact.agency === 'social-care') ?? episode.reports[0];
    if (!own) throw notFound();
    const episodeReference = text(own.fact, 'reportReference');
    // What was offered under a reference is held under it: one interview, whoever says what came of it.
    const before = interviews.map((one) => text(one, 'interviewReference')).find((reference) => reference !== '');
    return keepSaying(this, sayer, 'loop.interview', {
      stream: own.fact.record,
      schema: ReturnInterviewRecordedSchema,
      occurredAt: said.at,
      said: {
        interviewReference: said.reference || before || `HUB-${episodeReference || own.at.slice(0, 10)}`,
        outcome: outcomes[said.outcome],
        episodeReference,
        summary: said.summary,
        reason: said.reason,
        ...(said.outcome === 'offered' ? { offeredAt: said.at } : {}),
        ...(said.outcome === 'completed' ? { heldAt: said.at } : {}),
        interviewer: said.interviewer,
        independent: said.independent,
        flaggedUrgent: said.urgent,
      },
    });
  }
}

const preventionOutcomes = {
  declined: PreventionOutcome.DECLINED,
  completed: PreventionOutcome.COMPLETED,
  'not-held': PreventionOutcome.NOT_HELD,
} as const;

@CommandHandler(RecordPrevention)
export class RecordPreventionHandler extends Recorder implements ICommandHandler<RecordPrevention> {
  async execute({ sayer, child, episode: fact, said }: RecordPrevention): Promise<SayOutcome> {
    const { episode } = await this.episodeOf(sayer.looker, child, fact, 'prevention');
    // The force's own report is what the interview goes by: of an episode that only others reported, none is due.
    const own = episode.reports.find((one) => one.fact.agency === 'police');
    if (!own) throw notFound();
    return keepSaying(this, sayer, 'loop.prevention', {
      stream: own.fact.record,
      schema: PreventionInterviewRecordedSchema,
      occurredAt: said.at,
      said: {
        reportReference: text(own.fact, 'reportReference'),
        outcome: preventionOutcomes[said.outcome],
        reason: said.reason,
      },
    });
  }
}

@CommandHandler(RecordUse)
export class RecordUseHandler extends Recorder implements ICommandHandler<RecordUse> {
  async execute({ sayer, child, interview: fact, said }: RecordUse): Promise<SayOutcome> {
    const { interviews } = await this.episodeOf(sayer.looker, child, fact, 'use');
    const interview = interviews.find((one) => one.fact === fact);
    if (!interview) throw notFound();
    return keepSaying(this, sayer, 'loop.use', {
      stream: interview.record,
      schema: ReturnInterviewUseRecordedSchema,
      said: { interviewReference: text(interview, 'interviewReference'), ...said, usedBy: sayer.name },
    });
  }
}

const reportFacts = ({ episode }: EpisodeInSight): string[] => episode.reports.map(({ fact }) => fact.fact);
const interviewFacts = ({ interviews }: EpisodeInSight): string[] =>
  interviews.filter((one) => text(one, 'outcome') === 'OUTCOME_COMPLETED').map(({ fact }) => fact);
