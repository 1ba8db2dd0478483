import { randomUUID } from 'node:crypto';
import type { DescMessage, MessageInitShape } from '@bufbuild/protobuf';
import { encode } from '../../libs/contracts/catalogue.js';
import {
  ChildReturned_ReturnedTo as To,
  ChildReturnedSchema,
} from '../../libs/contracts/gen/hub/police/v1/missing_pb.js';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { CaseAllocatedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import type { KnownPerson } from '../../libs/identity/person.js';
import type { Agency } from '../../libs/kernel/agency.js';
import type { NewEvent } from '../../libs/kernel/event-log.js';
import type { DataKey } from '../../libs/kernel/keys.js';
import { seal } from '../../libs/platform/keys/seal.js';
import { hashOf } from './grown-hub.js';
import type { PopulatedRecord } from './population.js';

const HOUR = 3_600_000;

export interface ServedChild {
  /** Tells one from another, in the name too. */
  readonly serial: number;
  /** Missing for some hours; back for so many hours, and not interviewed; or neither. */
  readonly missing: 'now' | { readonly backFor: number } | 'never';
  /** Sign-in name of who holds the case. */
  readonly worker: string;
  /** How the force marks what it says; `professional-only` otherwise. */
  readonly handling?: string;
}

/** A child of the service whose case is open: what its case system and the police say, as the worker would have left it in the hub. */
export function servedChild(
  { serial, missing, worker, handling = 'professional-only' }: ServedChild,
  now: number,
  takeKey: () => DataKey,
): PopulatedRecord[] {
  const child = randomUUID();
  const at = (hours: number): string => new Date(now - hours * HOUR).toISOString();
  const allocation = recordOf({ child, agency: 'yos', serial, at: at(3_000 + serial), key: takeKey() }, (event) => [
    event(
      CaseAllocatedSchema,
      { category: 'case-management', handling: '', at: at(3_000 + serial) },
      {
        worker,
        workerName: worker,
        team: `Team ${serial % 4}`,
      },
    ),
  ]);
  if (missing === 'never') return [allocation];
  const began = missing === 'now' ? 1 + (serial % 20) : missing.backFor + 10;
  const reportReference = `MR-${serial}`;
  const kind = { category: 'missing', handling };
  const told = recordOf({ child, agency: 'police', serial, at: at(began), key: takeKey() }, (event) => [
    event(MissingReportedSchema, { ...kind, at: at(began) }, { reportReference, risk: Risk.MEDIUM, force: '20' }),
    ...(missing === 'now'
      ? []
      : [event(ChildReturnedSchema, { ...kind, at: at(missing.backFor) }, { reportReference, returnedTo: To.HOME })]),
  ]);
  return [allocation, told];
}

interface Of {
  readonly child: string;
  readonly agency: Agency;
  readonly serial: number;
  readonly at: string;
  readonly key: DataKey;
}

type MakeEvent = <Desc extends DescMessage>(
  schema: Desc,
  kind: { readonly category: string; readonly handling: string; readonly at: string },
  said: MessageInitShape<Desc>,
) => NewEvent;

function recordOf({ child, agency, serial, at: statedAt, key }: Of, events: (event: MakeEvent) => NewEvent[]) {
  const stream = randomUUID();
  const person: KnownPerson = {
    ...{ givenNames: 'Ash', familyName: `Alder${serial}`, birthDate: '2011-04-02' },
    statedAt: { givenNames: statedAt, familyName: statedAt, birthDate: statedAt },
  };
  const event: MakeEvent = (schema, { at, ...kind }, said) => {
    const id = randomUUID();
    const meta = {
      ...{ system: agency, agency, fact: hashOf(id), content: hashOf(`content ${id}`), ...kind },
      ...({ occurredAt: at, precision: 'instant', statedAt: at, receivedAt: at } as const),
      ...{ receipt: randomUUID(), correlation: randomUUID(), key: key.id },
    };
    return { id, type: schema.typeName, meta, data: seal(key, encode(schema, said), id) };
  };
  return {
    ...{ stream, child, agency, key, statedAt },
    sourceKey: seal(key, Buffer.from(`${agency}-${serial}`), stream),
    person: seal(key, Buffer.from(JSON.stringify(person)), stream),
    events: events(event),
  };
}
