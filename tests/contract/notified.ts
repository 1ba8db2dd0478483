import { capabilities } from '../../libs/capabilities.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import {
  MissingFoundSchema,
  MissingReportedSchema,
  MissingReported_RiskGrade,
  WithdrawnSchema,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { ExploitationKind, IndicatorStrength } from '../../libs/contracts/gen/hub/common/v1/exploitation_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../libs/contracts/gen/hub/police/v1/safeguarding_pb.js';
import { CaseAllocatedSchema, CoverArrangedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import type { Agency } from '../../libs/kernel/agency.js';
import { canonicalEvent, type CloudEvent } from '../../libs/simulations/cloud-event.js';
import { testNhsNumber } from '../../libs/simulations/people.js';
import type { Telling } from '../../libs/simulations/telling.js';
import type { TestHub } from '../../libs/testing/hub/hub.js';

/** One child, as the police and the case system speak of it. */
export interface Told {
  readonly who: number;
  readonly familyName: string;
}

const person = ({ who, familyName }: Told, known = true) => ({
  ...{ givenNames: 'Ash', familyName, birthDate: '2011-02-03' },
  ...(known ? { nhsNumber: testNhsNumber(11 * who) } : {}),
});

const sent = (system: Agency, event: CloudEvent): Telling => ({ system, door: 'events', event });

/** The child's case is held by `worker`. */
export const allocated = (child: Told, worker: string, time: string): Telling =>
  sent(
    'yos',
    canonicalEvent(
      CaseAllocatedSchema,
      { id: `held-${child.who}-${worker}`, subject: `case-${child.who}`, time },
      { worker, workerName: worker, team: 'Fernhill East', person: person(child) },
    ),
  );

export const covered = (child: Told, worker: string, coversFrom: string, coversUntil: string): Telling =>
  sent(
    'yos',
    canonicalEvent(
      CoverArrangedSchema,
      { id: `cover-${child.who}-${worker}`, subject: `case-${child.who}`, time: coversFrom },
      { worker, workerName: worker, coversFrom, coversUntil, person: person(child) },
    ),
  );

export interface Reported {
  readonly risk?: MissingReported_RiskGrade;
  readonly handling?: string;
  /** Nobody knows who this is. */
  readonly unknown?: boolean;
  /** Said once more, of the same report: what it says now replaces what it said. */
  readonly again?: boolean;
}

/** The police were told that the child is missing. */
export const reported = (child: Told, ref: string, time: string, more: Reported = {}): Telling => {
  const { risk = MissingReported_RiskGrade.HIGH, handling, unknown = false, again = false } = more;
  const attributes = {
    ...{ id: `missing-${ref}${again ? '-again' : ''}`, subject: `nominal-${child.who}${unknown ? '-x' : ''}`, time },
    ...(handling === undefined ? {} : { handling }),
  };
  const data = { reportReference: ref, risk, force: '20', person: person(child, !unknown) };
  return sent('police', canonicalEvent(MissingReportedSchema, attributes, data));
};

export const found = (child: Told, ref: string, time: string): Telling =>
  sent(
    'police',
    canonicalEvent(
      MissingFoundSchema,
      { id: `found-${ref}`, subject: `nominal-${child.who}`, time },
      { reportReference: ref, person: person(child) },
    ),
  );

/** The police record a sign of exploitation: by itself, one for the digest. */
export const indicated = (child: Told, ref: string, time: string): Telling =>
  sent(
    'police',
    canonicalEvent(
      ExploitationIndicatorRecordedSchema,
      { id: `sign-${ref}`, subject: `nominal-${child.who}`, time },
      {
        ...{ indicatorReference: ref, kind: ExploitationKind.CRIMINAL, strength: IndicatorStrength.WEAK },
        person: person(child),
      },
    ),
  );

/** The police take the report back. */
export const takenBack = (ref: string, time: string): Telling =>
  sent(
    'police',
    canonicalEvent(
      WithdrawnSchema,
      { id: `back-${ref}`, subject: 'any', time },
      { messageId: `missing-${ref}`, reason: 'wrong child' },
    ),
  );

/** Publishes, records, projects and derives, until nothing is left to do. */
export async function tellAll(hub: TestHub, ...tellings: readonly Telling[]): Promise<void> {
  await recordAll(hub, ...tellings);
  await deriveAll(hub);
}

/** Publishes, records and projects: the engine has yet to look. */
export async function recordAll(hub: TestHub, ...tellings: readonly Telling[]): Promise<void> {
  await hub.keep(...tellings);
  await drain(hub);
  await hub.projections.settled();
}

export async function deriveAll(hub: TestHub): Promise<void> {
  await drainReactions(hub, { capabilities, rules: loadRulebook(undefined).rules });
  await hub.projections.settled();
}
