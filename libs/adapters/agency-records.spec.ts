import { describe, expect, it } from '@jest/globals';
import type { DescField, JsonObject } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { decode } from '../contracts/catalogue.js';
import type { Fact, Message } from '../kernel/fact.js';
import { recordsAsCsv, recordsAsJson, type SimulatedRecord } from '../simulations/agency-records.js';
import { keptMessage } from '../simulations/telling.js';
import { educationRecords } from '../testing/generators/education.js';
import { socialCareRecords } from '../testing/generators/social-care.js';
import { factsIn } from '../testing/translation/facts-in.js';
import { sentBy } from '../testing/translation/sent-by.js';
import { educationKinds } from './education/record-kinds.js';
import { translate } from './registry.js';
import { columnOf } from './agency-records/fields.js';
import { socialCareKinds } from './social-care/record-kinds.js';

const missing: SimulatedRecord = {
  kind: 'missing-report',
  child: '870101',
  at: '2026-02-01T22:10:00Z',
  report_reference: 'SC-MR-7',
  of_kind: 'away-without-authorisation',
  risk: 'high',
  birth_date: '2010-05-06',
};
const suspension: SimulatedRecord = {
  kind: 'suspension',
  child: 'pupil-7',
  at: '2026-02-02',
  suspension_reference: 'SUS-7',
  started_on: '2026-02-02',
  sessions: 6,
  reason_code: 'PP',
};
const told = (body: string, change: Partial<Message> = {}) => translate(sentBy('social-care', body, change));
const event = ({ type, data }: Fact) => decode(type, data);

describe('a record', () => {
  it('is one fact on the source’s own record of the child', () => {
    const [fact, ...more] = factsIn(told(recordsAsJson([missing])));
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      record: { key: '870101', person: { birthDate: '2010-05-06' } },
      key: ['hub.social_care.v1.MissingReported', '870101', 'SC-MR-7'],
      occurred: { at: '2026-02-01T22:10:00Z', precision: 'instant' },
      statedAt: '2026-04-02T10:00:00Z',
      pointer: '/records/0',
    });
    expect(fact && event(fact)).toEqual({
      reportReference: 'SC-MR-7',
      kind: 'KIND_AWAY_WITHOUT_AUTHORISATION',
      risk: 'RISK_GRADE_HIGH',
      person: { birthDate: '2010-05-06' },
    });
  });

  it('of a school says the reason of its code in words, and its own words where it has some', () => {
    const sent = [suspension, { ...suspension, child: 'pupil-8', reason: 'Fought at the gate' }];
    const facts = factsIn(translate(sentBy('education', recordsAsCsv(sent))));
    expect(facts.map(event)).toMatchObject([
      { reasonCode: 'PP', reason: 'Physical assault against a pupil', sessions: 6 },
      { reasonCode: 'PP', reason: 'Fought at the gate' },
    ]);
  });

  it('is stated when it was recorded, else when the publisher saw it, else when it came', () => {
    const at = '2026-02-03T08:00:00Z';
    const stated = (record: SimulatedRecord, change: Partial<Message> = {}) =>
      factsIn(told(recordsAsJson([record]), change))[0]?.statedAt;
    expect(stated({ ...missing, recorded_at: at }, { attributes: { observedat: '2026-02-05T08:00:00Z' } })).toBe(at);
    expect(stated(missing, { attributes: { observedat: at } })).toBe(at);
    expect(stated(missing)).toBe('2026-04-02T10:00:00Z');
  });

  it.each([
    ['a kind that nobody knows', { kind: 'constructor' }, 'unknown-kind', 'kind'],
    ['no kind', { kind: '' }, 'missing-value', 'kind'],
    ['no child', { child: ' ' }, 'missing-value', 'child'],
    ['no time', { at: '' }, 'missing-value', 'at'],
    ['a time that is none', { at: 'yesterday' }, 'invalid-time', 'at'],
    ['a word that its list does not have', { risk: 'extreme' }, 'unknown-value', 'risk'],
    ['nothing that says which', { report_reference: '' }, 'invalid-data', 'report_reference'],
    ['a list where text is', { report_reference: ['a'] }, 'wrong-type', 'report_reference'],
    ['a recording time that is none', { recorded_at: 'x' }, 'invalid-time', 'recorded_at'],
  ])('with %s is quarantined alone, and the place is named', (_, change, code, field) => {
    const { items } = told(recordsAsJson([missing, { ...missing, child: '870102', ...change }]));
    expect(items).toMatchObject([
      { outcome: 'fact' },
      { outcome: 'quarantined', reason: { code }, pointer: `/records/1/${field}` },
    ]);
  });

  it('with a birth date that is none, or with more than its kind has, is told, loudly', () => {
    expect(told(recordsAsJson([{ ...missing, birth_date: 'spring' }])).items).toMatchObject([
      { outcome: 'fact', note: { code: 'unreadable-birth-date' } },
    ]);
    expect(told(recordsAsJson([{ ...missing, weather: 'rain' }])).items).toMatchObject([
      { outcome: 'fact', note: { code: 'fields-not-read' } },
    ]);
  });
});

describe('a file of records', () => {
  const facts = factsIn(told(recordsAsJson([missing]))).map(({ pointer: _, ...fact }) => fact);
  it.each([
    ['a table', recordsAsCsv([missing])],
    ['a table with a byte order mark', `\uFEFF${recordsAsCsv([missing])}`],
    ['a table with days as people write them', recordsAsCsv([{ ...missing, birth_date: '06/05/2010' }])],
    ['a line of its own', JSON.stringify(missing)],
    ['words as people write them', recordsAsJson([{ ...missing, risk: 'High' }])],
  ])('as %s says the same', (_, body) => {
    expect(factsIn(told(body)).map(({ pointer: __, ...fact }) => fact)).toEqual(facts);
    expect(factsIn(told(body, { format: 'agency-records.v1' }))).toHaveLength(1);
  });

  it.each([
    ['no records', '{"records":[]}', 'ignored', 'no-records'],
    ['records that are no list', '{"records":{}}', 'quarantined', 'missing-value'],
    ['a record that is none', '{"records":[7]}', 'quarantined', 'wrong-type'],
    ['another header', 'KIND,AT\n1,2\n', 'quarantined', 'wrong-header'],
    ['nothing', '', 'quarantined', 'wrong-header'],
  ])('with %s has one outcome', (_, body, outcome, code) => {
    expect(told(body, { format: 'agency-records.v1' }).items).toMatchObject([{ outcome, reason: { code } }]);
  });
});

describe.each([
  ['social-care', socialCareRecords, socialCareKinds],
  ['education', educationRecords, educationKinds],
] as const)('what %s records', (agency, records, kinds) => {
  const read = (body: string) => factsIn(translate(sentBy(agency, body, { format: 'agency-records.v1' })));

  it('is the same as an object and as a row, in any order and twice', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const of = (body: string) => new Map(read(body).map(({ pointer: _, ...fact }) => [fact.key.join('\n'), fact]));
        const asObjects = of(recordsAsJson(sent));
        expect(asObjects.size).toBe(sent.length);
        if (sent.length > 0) expect(of(recordsAsCsv([...sent.toReversed(), ...sent]))).toEqual(asObjects);
      }),
    );
  });

  it('says each field that was said, and is the fact that the canonical event is', () => {
    fc.assert(
      fc.property(records, (sent) => {
        const facts = read(recordsAsJson(sent));
        for (const [at, record] of sent.entries()) {
          const fact = facts.find(({ pointer }) => pointer === `/records/${at}`);
          const schema = kinds[record.kind]?.is;
          const data = (fact && event(fact)) ?? {};
          expect(fact?.type).toBe(schema?.typeName);
          for (const field of schema?.fields ?? []) {
            // The person is a record's own columns, and the words of a code come of themselves.
            if (['person', 'reason'].includes(field.name)) continue;
            expect(data[field.jsonName]).toEqual(expected(field, record[columnOf(field)]));
          }
          expect(canonical(agency, record, data)).toEqual([fact?.key, fact?.record, data]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

// An instant keys the fact of an event without a key of its own: a record that knows the day only has another.
function canonical(agency: 'social-care' | 'education', { kind, child, at }: SimulatedRecord, data: JsonObject) {
  const type = (agency === 'education' ? educationKinds : socialCareKinds)[kind]?.is.typeName ?? '';
  const time = at.length === 10 ? `${at}T00:00:00Z` : at;
  const envelope = { specversion: '1.0', id: '1', source: agency, type, subject: child, time } as const;
  const sent = { ...envelope, datacontenttype: 'application/json', data } as const;
  const [fact] = factsIn(
    translate(keptMessage({ system: agency, door: 'events', event: sent }, '2026-04-02T10:00:00Z')),
  );
  return [fact?.key.map((part) => (part === time ? at : part)), fact?.record, fact && event(fact)];
}

/** What the event has in a field of which the record says this: protobuf leaves out what is no or nought. */
function expected(field: DescField, value: SimulatedRecord[string] | undefined): unknown {
  if (value === false || value === 0) return undefined;
  if (field.fieldKind !== 'enum' || typeof value !== 'string') return value;
  return `${field.enum.sharedPrefix ?? ''}${value.replaceAll('-', '_')}`.toUpperCase();
}
