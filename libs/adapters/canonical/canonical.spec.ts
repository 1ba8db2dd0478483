import { describe, expect, it } from '@jest/globals';
import { agencyOfType, catalogue, decode } from '../../contracts/catalogue.js';
import type { Message } from '../../kernel/fact.js';
import type { Item } from '../../kernel/outcome.js';
import type { CloudEvent } from '../../simulations/cloud-event.js';
import { everyEvent, everyWithdrawal } from '../../simulations/every-event/every-event.js';
import { testNhsNumber, testPncId } from '../../simulations/people.js';
import { keptMessage } from '../../simulations/telling.js';
import { translate } from '../registry.js';

const time = '2026-02-01T22:10:00Z';
const receivedAt = '2026-02-01T22:11:00Z';
const person = {
  givenNames: 'Kit',
  familyName: 'Fennimoor',
  birthDate: '2010-05-06',
  nhsNumber: testNhsNumber(101),
  pncId: testPncId(2024, 4101),
};
const events = everyEvent(person, time);

function kept(event: CloudEvent): Message {
  const system = agencyOfType(event.type);
  if (!system) throw new Error(`${event.type} is no agency's`);
  return keptMessage({ system, door: 'events', event }, receivedAt);
}

function of(type: string): CloudEvent {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Error(`no simulation of ${type}`);
  return found;
}

function only(message: Message): Item | undefined {
  const { items, covers } = translate(message);
  expect(items).toHaveLength(1);
  expect(covers).toEqual([]);
  return items[0];
}

const missing = of('hub.police.v1.MissingReported');
const missingData = { reportReference: 'MR-1', risk: 'RISK_GRADE_HIGH', person: { givenNames: 'Kit' } };

describe('every event of the contract', () => {
  it('is among the simulations', () => {
    const simulated = [...events, ...everyWithdrawal('m-1', time)].map(({ type }) => type);
    const published = [...catalogue.keys()].filter((type) => agencyOfType(type) !== undefined);
    expect(new Set(simulated)).toEqual(new Set(published));
  });

  it.each(events.map((event) => [event.type, event] as const))(
    '%s becomes one fact that says what it said',
    (type, event) => {
      const item = only(kept(event));
      expect(item).toMatchObject({
        outcome: 'fact',
        fact: { type, record: { key: event.subject }, occurred: { at: time, precision: 'instant' }, statedAt: time },
      });
      expect(item?.outcome === 'fact' && decode(type, item.fact.data)).toEqual(event.data);
    },
  );

  it.each(everyWithdrawal('m-1', time).map((event) => [event.type, event] as const))(
    '%s retracts the message it names',
    (_, event) => {
      expect(only(kept(event))).toEqual({ outcome: 'retract', target: { messageId: 'm-1' }, reason: 'wrong child' });
    },
  );
});

describe('a canonical fact', () => {
  it('is keyed by its type, the record and the fields that the contract names', () => {
    expect(only(kept(of('hub.police.v1.Charged')))).toMatchObject({
      fact: { key: ['hub.police.v1.Charged', 'nominal-1', '26/99TC/01/1A', 'TH68010'] },
    });
  });

  it('is keyed by its time where the contract names no field, however the time is written', () => {
    const allocated = of('hub.yos.v1.CaseAllocated');
    const key = ['hub.yos.v1.CaseAllocated', 'case-1', time];
    expect(only(kept(allocated))).toMatchObject({ fact: { key } });
    expect(only(kept({ ...allocated, time: '2026-02-01T23:10:00.000+01:00' }))).toMatchObject({ fact: { key } });
  });

  it('claims what the event says about the person', () => {
    expect(only(kept(missing))).toMatchObject({
      fact: {
        record: {
          key: 'nominal-1',
          person: {
            givenNames: 'Kit',
            familyName: 'Fennimoor',
            birthDate: '2010-05-06',
            identifiers: [
              { kind: 'nhs', value: person.nhsNumber },
              { kind: 'pnc', value: person.pncId },
            ],
          },
        },
      },
    });
  });

  it('is stated when the source wrote it down, when it says so', () => {
    const recordedtime = '2026-02-03T08:00:00Z';
    expect(only(kept({ ...missing, recordedtime }))).toMatchObject({
      fact: { statedAt: recordedtime, occurred: { at: time } },
    });
  });

  it('carries the handling that the publisher gives it', () => {
    expect(only(kept({ ...missing, handling: 'police-only' }))).toMatchObject({ fact: { handling: 'police-only' } });
  });
});

describe('the ways in which a CloudEvent comes', () => {
  const structured = kept(missing);
  const asIs = only(structured);
  const bytes = Buffer.from(JSON.stringify(missing.data));

  it.each([
    [
      'structured, data in base64',
      { body: Buffer.from(JSON.stringify({ ...missing, data: undefined, data_base64: bytes.toString('base64') })) },
    ],
    ['binary JSON', { contentType: 'application/json; charset=utf-8', body: bytes }],
    ['binary JSON of a suffixed type', { contentType: 'application/vnd.hub+json', body: bytes }],
    ['binary protobuf', { contentType: 'application/protobuf', body: protobufOf(asIs) }],
    [
      'structured protobuf',
      {
        attributes: { ...structured.attributes, datacontenttype: 'application/protobuf' },
        body: Buffer.from(JSON.stringify({ data_base64: Buffer.from(protobufOf(asIs)).toString('base64') })),
      },
    ],
  ])('%s gives the same fact', (_, change) => {
    expect(only({ ...structured, ...change })).toEqual(asIs);
  });

  it('keeps fields of a newer contract in the bytes', () => {
    const unknownField = Buffer.of(0xfa, 0x3f, 0x03, 0x6e, 0x65, 0x77); // field 1023: "new"
    const body = Buffer.concat([protobufOf(asIs), unknownField]);
    const item = only({ ...structured, contentType: 'application/protobuf', body });
    expect(Buffer.from(protobufOf(item)).includes(unknownField)).toBe(true);
    expect(decode('hub.police.v1.MissingReported', protobufOf(item))).toEqual(missing.data);
  });
});

describe('what the contract does not have', () => {
  it.each([
    [
      'a field',
      { ...missingData, weather: 'rain' },
      'unknown-field',
      'the contract has no field weather: it is kept in the receipt, not in the event',
    ],
    [
      'a value',
      { ...missingData, risk: 'RISK_GRADE_EXTREME' },
      'unknown-value',
      'a value is not one the contract has: it is kept in the receipt, not in the event',
    ],
  ])('%s is left out of the event, loudly', (_, data, code, detail) => {
    expect(only(kept({ ...missing, data }))).toMatchObject({
      outcome: 'fact',
      fact: { key: ['hub.police.v1.MissingReported', 'nominal-1', 'MR-1'] },
      note: { code, detail },
    });
  });

  it('a birth date that is none identifies nobody, and silences nothing', () => {
    const data = { ...missingData, person: { givenNames: 'Kit', birthDate: '06/05/2010' } };
    expect(only(kept({ ...missing, data }))).toMatchObject({
      outcome: 'fact',
      fact: { record: { person: { givenNames: 'Kit', identifiers: [] } } },
      note: { code: 'unreadable-birth-date' },
    });
  });
});

describe('a canonical event that breaks the contract is quarantined', () => {
  const without = (name: 'subject' | 'time'): Message => {
    const { [name]: _, ...attributes } = kept(missing).attributes;
    return { ...kept(missing), attributes };
  };
  it.each([
    ['no subject', without('subject'), 'no-subject', '/subject'],
    ['a blank subject', kept({ ...missing, subject: ' ' }), 'no-subject', '/subject'],
    ['no time', without('time'), 'no-time', '/time'],
    ['a time that is none', kept({ ...missing, time: '2026-02-30T10:00:00Z' }), 'invalid-time', '/time'],
    ['a time without a zone', kept({ ...missing, time: '2026-02-03T10:00:00' }), 'invalid-time', '/time'],
    ['a recorded time that is none', kept({ ...missing, recordedtime: 'today' }), 'invalid-time', '/recordedtime'],
    ['handling that is no word', kept({ ...missing, handling: 'Everyone!' }), 'invalid-handling', '/handling'],
    ['a required field missing', kept({ ...missing, data: {} }), 'invalid-data', '/data/reportReference'],
    [
      'a field of another type',
      kept({ ...missing, data: { ...missingData, reportReference: 7 } }),
      'invalid-data',
      '/data/reportReference',
    ],
    ['data that is a list', kept({ ...missing, data: [] }), 'invalid-data', '/data'],
    ['no data', kept({ ...missing, data: null }), 'no-data', '/data'],
    [
      'another content type',
      { ...kept(missing), contentType: 'text/plain' },
      'unknown-content-type',
      '/datacontenttype',
    ],
    [
      'bytes that are no JSON',
      { ...kept(missing), contentType: 'application/json', body: Uint8Array.of(0xff) },
      'invalid-json',
      '',
    ],
    [
      'bytes that are no protobuf',
      { ...kept(missing), contentType: 'application/protobuf', body: Uint8Array.of(0xff) },
      'invalid-data',
      '/data',
    ],
    [
      'a withdrawal of nothing',
      kept({ ...missing, type: 'hub.police.v1.Withdrawn', data: { reason: 'wrong child' } }),
      'invalid-data',
      '/data/messageId',
    ],
    [
      'a type that the contract does not have',
      kept({ ...missing, type: 'hub.police.v1.Abducted' }),
      'unknown-type',
      '/type',
    ],
    ['a type of another agency', { ...kept(missing), format: 'hub.yos.v1.CaseClosed' }, 'other-agency', '/type'],
  ])('%s', (_, message, code, pointer) => {
    expect(only(message)).toMatchObject({ outcome: 'quarantined', reason: { code }, pointer });
  });
});

function protobufOf(item: Item | undefined): Uint8Array {
  if (item?.outcome !== 'fact') throw new Error('there is no fact');
  return item.fact.data;
}
