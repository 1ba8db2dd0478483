import { randomBytes, randomUUID } from 'node:crypto';
import { encode } from '../../libs/contracts/catalogue.js';
import { ResultRecordedSchema } from '../../libs/contracts/gen/hub/court/v1/court_pb.js';
import { MissingReported_RiskGrade, MissingReportedSchema } from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import {
  MissingEpisodeRecorded_Kind,
  MissingEpisodeRecordedSchema,
} from '../../libs/contracts/gen/hub/social_care/v1/social_care_pb.js';
import { AppointmentRecordedSchema, CaseAllocatedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import type { KnownPerson } from '../../libs/identity/person.js';
import type { Agency } from '../../libs/kernel/agency.js';
import type { NewEvent } from '../../libs/kernel/event-log.js';
import type { DataKey } from '../../libs/kernel/keys.js';
import { seal } from '../../libs/platform/keys/seal.js';

/** One source's record of a child, and all that source has said: what the worker would have left in the hub. */
export interface PopulatedRecord {
  readonly stream: string;
  readonly child: string;
  readonly agency: Agency;
  readonly key: DataKey;
  /** Sealed. */
  readonly sourceKey: Buffer;
  /** Sealed: names and birth date, as of `statedAt`. */
  readonly person: Buffer;
  readonly statedAt: string;
  readonly events: readonly NewEvent[];
}

interface Source {
  readonly agency: Agency;
  readonly type: string;
  readonly category: string;
  readonly handling: string;
  data(at: string, serial: number): Uint8Array;
}

const sources: readonly Source[] = [
  {
    agency: 'police',
    type: MissingReportedSchema.typeName,
    category: 'missing',
    handling: 'professional-only',
    data: (at, serial) =>
      encode(MissingReportedSchema, {
        reportReference: `MR-${serial}`,
        risk: MissingReported_RiskGrade.HIGH,
        reportedBy: 'placement',
        lastSeen: 'school',
        lastSeenAt: at,
        force: '20',
      }),
  },
  {
    agency: 'court',
    type: ResultRecordedSchema.typeName,
    category: 'court',
    handling: '',
    data: (at, serial) =>
      encode(ResultRecordedSchema, {
        hearingId: randomUUID(),
        hearingDay: at.slice(0, 10),
        defendantId: randomUUID(),
        offenceId: randomUUID(),
        resultId: randomUUID(),
        resultCode: String(1_000 + (serial % 999)),
        resultTitle: 'Youth rehabilitation order',
        offenceCode: 'TH68010',
        offenceTitle: 'Theft from a shop',
        plea: 'GUILTY',
        court: 'Fernhill Youth Court',
        terms: [{ label: 'Length', value: '12 months' }],
      }),
  },
  {
    agency: 'social-care',
    type: MissingEpisodeRecordedSchema.typeName,
    category: 'missing',
    handling: 'professional-only',
    data: (at, serial) =>
      encode(MissingEpisodeRecordedSchema, {
        childId: String(serial),
        kind: MissingEpisodeRecorded_Kind.MISSING,
        startedOn: at.slice(0, 10),
      }),
  },
  {
    agency: 'yos',
    type: AppointmentRecordedSchema.typeName,
    category: 'case-management',
    handling: '',
    data: (_, serial) =>
      encode(AppointmentRecordedSchema, { appointmentReference: `A-${serial}`, purpose: 'reparation', attended: true }),
  },
];

/** A child as four agencies know it, with so many events of each; the service's first is the allocation of the case. */
export function populate(
  eventsEach: number,
  takeKey: () => DataKey,
  hash: (text: string) => string,
): PopulatedRecord[] {
  const child = randomUUID();
  const serial = randomBytes(4).readUInt32BE();
  return sources.map((source, place) => {
    const key = takeKey();
    const stream = randomUUID();
    const times = Array.from({ length: eventsEach }, (_, at) => timeOf(at, eventsEach, place));
    const events = times.map((at, index) => event(source, key, at, serial + index, index === 0, hash));
    const statedAt = times.at(-1) ?? '';
    const person: KnownPerson = {
      givenNames: 'Ash',
      familyName: `Alder${serial}`,
      birthDate: '2011-04-02',
      statedAt: { givenNames: statedAt, familyName: statedAt, birthDate: statedAt },
    };
    return {
      stream,
      child,
      agency: source.agency,
      key,
      sourceKey: seal(key, Buffer.from(`${source.agency}-${serial}`), stream),
      person: seal(key, Buffer.from(JSON.stringify(person)), stream),
      statedAt,
      events,
    };
  });
}

// Ten years, evenly, the agencies taking turns.
function timeOf(at: number, of: number, place: number): string {
  const TEN_YEARS = 3_650 * 86_400_000;
  return new Date(Date.UTC(2016, 0, 1) + Math.floor((TEN_YEARS * (at + place / 4)) / of)).toISOString();
}

function event(
  { agency, type, category, handling, data }: Source,
  key: DataKey,
  at: string,
  serial: number,
  first: boolean,
  hash: (text: string) => string,
): NewEvent {
  const id = randomUUID();
  const allocation = first && agency === 'yos';
  const plain = allocation
    ? encode(CaseAllocatedSchema, { worker: 'casey.manager', workerName: 'Casey Manager', team: 'North' })
    : data(at, serial);
  return {
    id,
    type: allocation ? CaseAllocatedSchema.typeName : type,
    meta: {
      system: agency,
      agency,
      fact: hash(id),
      content: hash(`content ${id}`),
      occurredAt: at,
      precision: 'instant',
      statedAt: at,
      receivedAt: at,
      category,
      handling,
      receipt: randomUUID(),
      correlation: randomUUID(),
      key: key.id,
    },
    data: seal(key, plain, id),
  };
}
