import type { JsonObject } from '@bufbuild/protobuf';
import { decode } from '../contracts/catalogue.js';
import { FACT_WITHDRAWN } from '../kernel/event-log.js';
import { instant } from '../kernel/instant.js';
import { isDay, startOfDayLondon } from '../kernel/london.js';
import { matterOf } from './matter.js';
import { defineProjection, type Change, type ProjectedEvent } from '../kernel/projection.js';

/** What a duty sheet asks about. */
export type DutyKind = 'arrest' | 'hearing' | 'result' | 'appointment' | 'received' | 'released';

/** One fact a duty sheet may be built from, in times and hashes only: its words stay sealed in the timeline. */
export type DutyRow = {
  /** Event id: also the key of the row of the timeline. */
  key: string;
  record: string;
  kind: DutyKind;
  /** The source's own matter, hashed with the record: a hearing and its results. */
  matter: string;
  agency: string;
  category: string;
  handling: string;
  /** When it began, happened or will; RFC 3339. With precision `date`, the start of that day in London. */
  at: string;
  precision: 'instant' | 'date';
  stated_at: string;
  /** When this version stopped counting. */
  void_at: string | null;
};

interface Reading {
  readonly kind: DutyKind;
  /** What says which matter it is, within the record. */
  readonly of: string;
  /** When, where it is not when it happened: an instant, or a day. */
  readonly at?: unknown;
  /** True where it will not be, or says nothing for a duty sheet. */
  readonly void?: boolean;
}

/** Type → what a duty sheet takes from it. A new type is a row here, and a raised version. */
const readings: Readonly<Record<string, (content: JsonObject) => Reading>> = {
  'hub.police.v1.Arrested': (said) => ({ kind: 'arrest', of: `custody ${text(said['custodyNumber'])}` }),
  'hub.court.v1.HearingListed': (said) => ({
    kind: 'hearing',
    of: `hearing ${text(said['hearingId'])}`,
    at: said['listedFor'],
    void: said['vacated'] === true,
  }),
  'hub.court.v1.ResultRecorded': (said) => ({
    kind: 'result',
    of: `hearing ${text(said['hearingId'])}`,
    at: said['hearingDay'],
  }),
  'hub.secure_estate.v1.ReceivedIntoCustody': () => ({ kind: 'received', of: 'custody' }),
  'hub.secure_estate.v1.ReleasedFromCustody': () => ({ kind: 'released', of: 'custody' }),
  'hub.yos.v1.AppointmentPlanned': (said) => ({
    kind: 'appointment',
    of: `appointment ${text(said['appointmentReference'])}`,
    at: said['plannedFor'],
    void: said['cancelled'] === true,
  }),
};

export const duty = defineProjection<DutyRow>({
  name: 'duty',
  version: 3,
  columns: {
    key: 'uuid',
    record: 'uuid',
    kind: 'text',
    matter: 'text',
    agency: 'text',
    category: 'text',
    handling: 'text',
    at: 'timestamptz',
    precision: 'text',
    stated_at: 'timestamptz',
    void_at: 'timestamptz',
  },
  indexes: ['kind, at', 'record, kind'],
  opens: Object.keys(readings),
  changes,
});

function changes(event: ProjectedEvent): readonly Change<DutyRow>[] {
  const { supersedes, historic } = event.meta;
  const read = Object.hasOwn(readings, event.type) ? readings[event.type] : undefined;
  if (!read && event.type !== FACT_WITHDRAWN) return [];
  const voided: Change<DutyRow>[] =
    supersedes === undefined || historic ? [] : [{ patch: supersedes, set: { void_at: event.recordedAt } }];
  const row = read && rowOf(event, read);
  return row ? [{ put: row }, ...voided] : voided;
}

function rowOf(event: ProjectedEvent, read: (content: JsonObject) => Reading): DutyRow | undefined {
  if (!event.opened) throw new Error('a duty sheet needs the content of the event');
  if (event.opened.erased) return undefined;
  const content = decode(event.type, event.opened.data);
  if (!content) throw new Error(`not a ${event.type}`);
  const { kind, of, at, void: gone } = read(content);
  const { meta } = event;
  // A time that its source wrote in a way nobody can read must not hide the fact: it counts from when it was said.
  const begins = timeOf(at) ?? { at: meta.occurredAt, precision: meta.precision };
  return {
    key: event.id,
    record: event.stream,
    kind,
    matter: matterOf(event.stream, of),
    agency: meta.agency,
    category: meta.category,
    handling: meta.handling,
    ...begins,
    stated_at: meta.statedAt,
    void_at: meta.historic === true || gone === true ? event.recordedAt : null,
  };
}

function timeOf(value: unknown): Pick<DutyRow, 'at' | 'precision'> | undefined {
  const said = text(value);
  if (isDay(said)) return { at: startOfDayLondon(said), precision: 'date' };
  const at = instant(said);
  return at === undefined ? undefined : { at, precision: 'instant' };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
