import { randomUUID } from 'node:crypto';
import type { Agency } from '../../libs/kernel/agency.js';
import type { Incoming } from '../../libs/kernel/intake.js';
import { recordsAsJson } from '../../libs/simulations/agency-records.js';
import { recordsExport } from '../../libs/simulations/case-records.js';
import { notification } from '../../libs/simulations/domain-event.js';
import { fhirBundle } from '../../libs/simulations/fhir-resource.js';
import { custodyRecord } from '../../libs/simulations/force-record.js';
import { hearingResulted } from '../../libs/simulations/hearing-resulted.js';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import type { Simulated } from '../../libs/simulations/people.js';
import { domainEvent } from '../../libs/simulations/supervision-event.js';

const MESSAGES_A_RECORD = 10;
const observedat = '2026-02-03T22:10:00Z';

type Message = (serial: number, child: number) => Incoming;

/** One of each adapter, and one that is canonical. The case system comes first: it names the children that others number. */
const adapters: readonly Message[] = [
  caseRecord,
  hearing,
  missing,
  reported,
  custody,
  supervised,
  scored,
  taught,
  held,
];

/** So many messages of one fact each, in equal shares of the adapters; each round is about children of its own. */
export function backfill(count: number, round: number): Incoming[] {
  return Array.from({ length: count }, (_, at) => {
    const child = Math.floor(at / (adapters.length * MESSAGES_A_RECORD)) + round * count;
    return (adapters[at % adapters.length] ?? reported)(round * count + at, child);
  });
}

function caseRecord(serial: number, child: number): Incoming {
  const { givenNames, familyName, birthDate, ...numbers } = person(child);
  const record = {
    kind: 'appointment',
    caseRef: `CV-${child}`,
    givenNames,
    familyName,
    dateOfBirth: birthDate,
    ...numbers,
    happenedAt: observedat,
    appointmentRef: `AP-${serial}`,
    purpose: 'supervision',
    attended: true,
  };
  return json('yos', `export ${serial}`, 'yos.case-records', recordsExport([record], observedat));
}

function held(serial: number, child: number): Incoming {
  const { givenNames, familyName, birthDate } = person(child);
  const record = {
    kind: 'incident',
    caseRef: `YC-${child}`,
    givenNames,
    familyName,
    dateOfBirth: birthDate,
    incidentRef: `IN-${serial}`,
    incidentOn: '2026-02-03',
    incidentType: 'use of force',
    establishment: 'FHI',
    childHurt: false,
  };
  return json('secure-estate', `export ${serial}`, 'secure-estate.custody-records', recordsExport([record], observedat)); // prettier-ignore
}

function hearing(serial: number, child: number): Incoming {
  const results = [
    {
      id: uuid('r', serial),
      code: '1141',
      label: 'Youth rehabilitation order',
      terms: [['Period', '12 months']] as const,
    },
  ];
  const offences = [{ id: uuid('o', serial), code: 'TH68010', title: 'Theft from a shop', results }];
  const body = hearingResulted({
    id: uuid('h', serial),
    day: '2026-02-03',
    sharedTime: '2026-02-03T15:00:00Z',
    defendants: [{ id: uuid('d', child), person: person(child), offences }],
  });
  return json('court', `hearing ${serial}`, 'public.events.hearing.hearing-resulted', JSON.stringify(body));
}

function missing(serial: number, child: number): Incoming {
  const start = new Date(Date.UTC(2015, 0, 1) + (serial % 3_000) * 86_400_000).toISOString().slice(0, 10);
  const body = missingReturn([
    { child: String(100_000 + child), birthDate: person(child).birthDate, kind: 'M', start, end: start },
  ]);
  return kept('social-care', `return ${serial}`, 'ssda903.missing', 'text/csv', body, { observedat });
}

function custody(serial: number, child: number): Incoming {
  const { nhsNumber: _, ...named } = person(child);
  const body = custodyRecord(`99TC/${serial}/26`, {
    nominal: `nominal-${child}`,
    person: named,
    recordedAt: observedat,
    entries: [{ action: 'ARREST', at: observedat, offenceCode: 'TH68010', offence: 'Theft from a shop' }],
  });
  return json('police', `custody ${serial}`, 'police.custody-record', JSON.stringify(body));
}

function supervised(serial: number, child: number): Incoming {
  const eventType = 'probation-case.registration.added';
  const event = domainEvent(eventType, observedat, [{ type: 'CRN', value: person(child).crn ?? '' }], {
    registerTypeCode: 'RHRH',
    registerTypeDescription: 'High RoSH',
    registrationId: String(serial),
  });
  return json('probation', `event ${serial}`, eventType, JSON.stringify(notification(event)));
}

function scored(serial: number, child: number): Incoming {
  const { nhsNumber = '', birthDate } = person(child);
  const score = { kind: 'score', scale: 'sdq', total: serial % 40, at: '2026-02-03' } as const;
  const body = fhirBundle([{ ...score, id: `score-${serial}`, updated: observedat }], { nhsNumber, birthDate });
  return json('health', `score ${serial}`, 'fhir.r4', JSON.stringify(body));
}

function taught(serial: number, child: number): Incoming {
  const { givenNames, birthDate } = person(child);
  const at = new Date(Date.UTC(2015, 0, 1) + (serial % 4_000) * 86_400_000).toISOString().slice(0, 10);
  const record = { kind: 'exploitation-indicator', child: `pupil-${child}`, at, given_names: givenNames, birth_date: birthDate, indicator_reference: `XI-${serial}`, of_kind: 'criminal', detail: 'Two phones' }; // prettier-ignore
  return kept('education', `record ${serial}`, 'agency-records.v1', 'application/json', recordsAsJson([record]), {
    observedat,
  });
}

function reported(serial: number, child: number): Incoming {
  const type = 'hub.police.v1.MissingReported';
  const attributes = {
    specversion: '1.0',
    id: `report ${serial}`,
    source: 'police',
    type,
    subject: `nominal-${child}`,
    time: '2026-02-03T22:10:00Z',
  };
  const { crn: _, ...told } = person(child);
  const data = { reportReference: `MR-${serial}`, risk: 'RISK_GRADE_HIGH', lastSeen: 'school', person: told };
  const body = JSON.stringify({ ...attributes, datacontenttype: 'application/json', data });
  return kept('police', attributes.id, type, 'application/cloudevents+json', body, {
    ...attributes,
    datacontenttype: 'application/json',
  });
}

/** Of one child in eleven the number's check digit would be 10: then the next that was issued. */
function person(child: number): Simulated {
  return {
    givenNames: `Given${child}`,
    familyName: `Family${child}`,
    birthDate: `2011-0${(child % 9) + 1}-1${child % 10}`,
    nhsNumber: numberFrom(child % 1_000_000),
    crn: `X${String((child % 999_999) + 1).padStart(6, '0')}`,
  };
}

function numberFrom(serial: number): string {
  const digits = `999${String(serial).padStart(6, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? numberFrom(serial + 500_000) : `${digits}${check}`;
}

function json(system: Agency, messageId: string, format: string, body: string): Incoming {
  return kept(system, messageId, format, 'application/json', body, {});
}

function kept(
  system: Agency,
  messageId: string,
  format: string,
  contentType: string,
  text: string,
  attributes: Readonly<Record<string, string>>,
): Incoming {
  const body = Buffer.from(text);
  return {
    system,
    agency: system,
    messageId,
    format,
    contentType,
    attributes,
    body,
    canonical: body,
    correlation: randomUUID(),
  };
}

function uuid(kind: string, serial: number): string {
  return `${kind.charCodeAt(0).toString(16).padStart(8, '0')}-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`;
}
