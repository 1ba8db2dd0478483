import { randomUUID } from 'node:crypto';
import type { Incoming } from '../../libs/kernel/intake.js';
import { hearingResulted } from '../../libs/simulations/hearing-resulted.js';
import { missingReturn } from '../../libs/simulations/missing-return.js';
import type { Simulated } from '../../libs/simulations/people.js';

const MESSAGES_A_RECORD = 10;

/** So many messages of one fact each, in equal shares of the adapters; each round is about children of its own. */
export function backfill(count: number, round: number): Incoming[] {
  return Array.from({ length: count }, (_, at) => {
    const serial = round * count + at;
    const child = Math.floor(at / (3 * MESSAGES_A_RECORD)) + round * count;
    return [hearing, missing, reported][at % 3]?.(serial, child) ?? reported(serial, child);
  });
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
  return kept(
    'court',
    `hearing ${serial}`,
    'public.events.hearing.hearing-resulted',
    'application/json',
    JSON.stringify(body),
    {},
  );
}

function missing(serial: number, child: number): Incoming {
  const start = new Date(Date.UTC(2015, 0, 1) + (serial % 3_000) * 86_400_000).toISOString().slice(0, 10);
  const body = missingReturn([
    { child: String(100_000 + child), birthDate: person(child).birthDate, kind: 'M', start, end: start },
  ]);
  return kept('social-care', `return ${serial}`, 'ssda903.missing', 'text/csv', body, {
    observedat: '2026-02-01T00:00:00Z',
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
  const { givenNames, familyName, birthDate, nhsNumber } = person(child);
  const data = {
    reportReference: `MR-${serial}`,
    risk: 'RISK_GRADE_HIGH',
    lastSeen: 'school',
    person: { givenNames, familyName, birthDate, nhsNumber },
  };
  const body = JSON.stringify({ ...attributes, datacontenttype: 'application/json', data });
  return kept('police', attributes.id, type, 'application/cloudevents+json', body, {
    ...attributes,
    datacontenttype: 'application/json',
  });
}

function person(child: number): Simulated {
  const digits = `999${String(child % 1_000_000).padStart(6, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return {
    givenNames: `Given${child}`,
    familyName: `Family${child}`,
    birthDate: `2011-0${(child % 9) + 1}-1${child % 10}`,
    ...(check === 10 ? {} : { nhsNumber: `${digits}${check}` }),
  };
}

function kept(
  system: 'court' | 'police' | 'social-care',
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
