import { encode } from '../../contracts/catalogue.js';
import {
  DeathNotified_Status as DeathStatus,
  DeathNotifiedSchema,
  NhsNumberChanged_Status as NumberStatus,
  NhsNumberChangedSchema,
  PatientFlagChangedSchema,
  PatientRecordChanged_What as What,
  PatientRecordChangedSchema,
} from '../../contracts/gen/hub/health/v1/patient_pb.js';
import type { SourceRecord } from '../../kernel/fact.js';
import { dayInLondon } from '../../kernel/london.js';
import { ignored, translated, type Translation } from '../../kernel/outcome.js';
import { unlessChild } from '../reading/children-only.js';
import { wireOf } from '../reading/person.js';

/** What the patient register tells, whichever service delivered it, in whichever format. */
export interface Notification {
  /** The event's own id: the same through every service and format. */
  readonly id: string;
  /** The published event type, e.g. `pds-change-of-gp-2`. */
  readonly type: string;
  /** RFC 3339. */
  readonly at: string;
  readonly record: SourceRecord;
  readonly recordVersion?: string | undefined;
  /** The code that version 1 gives with a death, or a number that changed. */
  readonly status?: string | undefined;
  readonly flagCode?: string | undefined;
  readonly practice?: string | undefined;
  readonly formerPractice?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly formerRegistrationEndedOn?: string | undefined;
}

/** One notification is one fact, keyed by its own id. */
export function notified(notification: Notification): Translation {
  const { id, at, record } = notification;
  const name = notification.type.toLowerCase().replace(/-\d+$/, '');
  const said = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (said === undefined) return ignored('not-taken-up', 'a notification of a type that the hub does not take up');
  const onlyIfKnown = unlessChild(record.person.birthDate, dayInLondon(at));
  return translated([
    {
      record,
      key: [said.type, record.key, id],
      type: said.type,
      data: said.data(notification),
      occurred: { at, precision: 'instant' },
      statedAt: at,
      ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
    },
  ]);
}

interface Kind {
  readonly type: string;
  readonly data: (notification: Notification) => Uint8Array;
}

const kinds: Readonly<Record<string, Kind>> = {
  'pds-change-of-gp': changed(What.GENERAL_PRACTICE),
  'pds-change-of-address': changed(What.ADDRESS),
  'pds-record-change': changed(What.DEMOGRAPHICS),
  'nhs-number-change': {
    type: 'hub.health.v1.NhsNumberChanged',
    data: ({ status = '', ...notification }) =>
      encode(NhsNumberChangedSchema, {
        ...about(notification),
        status: numberStatuses.get(status) ?? NumberStatus.UNSPECIFIED,
      }),
  },
  'patientflags-change': {
    type: 'hub.health.v1.PatientFlagChanged',
    data: ({ flagCode = '', ...notification }) =>
      encode(PatientFlagChangedSchema, { ...about(notification), flagCode }),
  },
  'pds-death-notification': {
    type: 'hub.health.v1.DeathNotified',
    data: ({ status = '', ...notification }) =>
      encode(DeathNotifiedSchema, {
        ...about(notification),
        status: deathStatuses.get(status) ?? DeathStatus.UNSPECIFIED,
      }),
  },
};

// The codes that version 1 of the notifications gives; version 2 leaves it to the register.
const numberStatuses = new Map([
  ['I', NumberStatus.INVALIDATED],
  ['R', NumberStatus.REPLACED],
]);
const deathStatuses = new Map([
  ['1', DeathStatus.INFORMAL],
  ['2', DeathStatus.FORMAL],
  ['U', DeathStatus.REMOVED],
]);

function changed(what: What): Kind {
  return {
    type: 'hub.health.v1.PatientRecordChanged',
    data: ({ recordVersion, practice, formerPractice, formerRegistrationEndedOn, ...notification }) =>
      encode(PatientRecordChangedSchema, {
        ...about(notification),
        what,
        recordVersion: recordVersion ?? '',
        practice: practice ?? '',
        formerPractice: formerPractice ?? '',
        formerRegistrationEndedOn: formerRegistrationEndedOn ?? '',
      }),
  };
}

function about({ id, record }: Pick<Notification, 'id' | 'record'>) {
  return { notificationReference: id, person: wireOf(record.person) };
}
