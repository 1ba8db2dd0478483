import type { DescMessage } from '@bufbuild/protobuf';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { EventLog } from '../../../libs/kernel/event-log.js';
import type { IntakeQueue } from '../../../libs/kernel/intake.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { messageOf, untilReadable, type Saying } from '../../../libs/platform/annotations/saying.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { forbidden } from '../../../libs/platform/problems/problem.js';
import type { Role } from '../../../libs/disclosure/terms.js';
import type { Sayer, SayOutcome } from './say.command.js';

/** How long a page waits for what was said to show. It is kept in any case; a worker that is busy shows it later. */
const PATIENCE_MS = 3_000;

export interface SayingParts {
  readonly database: Database;
  readonly intake: IntakeQueue;
  readonly log: EventLog;
  readonly clock: Clock;
}

/** Keeps what somebody says, durably, and waits a moment for it to show. */
export async function keepSaying<Desc extends DescMessage>(
  parts: SayingParts,
  { looker, once }: Sayer,
  act: string,
  saying: Pick<Saying<Desc>, 'stream' | 'schema' | 'said' | 'occurredAt'>,
): Promise<SayOutcome> {
  const { agency, who } = looker.viewer;
  if (!isAgency(agency)) throw notYours();
  const message = messageOf({
    ...saying,
    agency,
    messageId: `${act} ${who} ${once}`,
    at: new Date(parts.clock.now()).toISOString(),
    correlation: looker.correlationId,
  });
  const [kept] = await parts.intake.keep([message]);
  if (!kept || kept.outcome === 'conflict') return 'before';
  await untilReadable(kept.receipt, parts, AbortSignal.timeout(PATIENCE_MS));
  return 'said';
}

export const notYours = () => forbidden('not-for-role', 'Your role does not do this.');

export function readerOf({ looker, name }: Sayer, role: Role): { who: string; name: string; role: string } {
  return { who: looker.viewer.who, name, role };
}
