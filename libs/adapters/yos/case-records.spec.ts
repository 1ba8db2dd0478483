import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue, decode } from '../../contracts/catalogue.js';
import type { Agency } from '../../kernel/agency.js';
import type { Fact, Message } from '../../kernel/fact.js';
import {
  everyCaseRecord,
  everyCustodyRecord,
  recordsExport,
  recordsTable,
  type SimulatedRecord,
} from '../../simulations/case-records.js';
import { testNhsNumber } from '../../simulations/people.js';
import { caseRecords, custodyRecords } from '../../testing/generators/case-records.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { translate } from '../registry.js';

const at = '2026-02-01T22:10:00Z';
const exportedAt = '2026-02-02T06:00:00Z';
const kit = { givenNames: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06', nhsNumber: testNhsNumber(101) };
const every = { yos: everyCaseRecord(kit, at), 'secure-estate': everyCustodyRecord(kit, at) } as const;
type Exporting = keyof typeof every;

function message(agency: Agency, body: string, more: Partial<Message> = {}): Message {
  const sent = { system: agency, agency, format: '', contentType: 'application/octet-stream', attributes: {} };
  return { ...sent, body: Buffer.from(body), receivedAt: '2026-02-02T07:00:00Z', ...more };
}
const told = (agency: Exporting, ...records: readonly SimulatedRecord[]) =>
  translate(message(agency, recordsExport(records, exportedAt)));
const inTable = (agency: Exporting, ...records: readonly SimulatedRecord[]) =>
  translate(message(agency, recordsTable(records), { attributes: { observedat: exportedAt } }));
const outcomes = ({ items }: ReturnType<typeof translate>) =>
  items.map((item) => [
    item.outcome === 'fact' || item.outcome === 'retract' ? item.outcome : item.reason.code,
    'pointer' in item ? item.pointer : undefined,
  ]);
const without = ({ pointer: _, ...fact }: Fact) => fact;
const of = (kind: string): SimulatedRecord => {
  const found = every.yos.find((record) => record.kind === kind);
  if (!found) throw new Error(`no simulation of ${kind}`);
  return found;
};

describe.each([['yos'], ['secure-estate']] as const)('an export of %s', (agency) => {
  it('has a record of every event that the contract has no other format for, each a fact on the record of the case', () => {
    const facts = factsIn(told(agency, ...every[agency]));
    expect(facts).toHaveLength(every[agency].length);
    for (const { record, statedAt, type } of facts) {
      expect(catalogue.get(type)?.agency).toBe(agency);
      expect(record.key).toBe(every[agency][0]?.['caseRef']);
      expect(record.person).toMatchObject({ birthDate: '2010-05-06', identifiers: [{ kind: 'nhs' }] });
      expect(statedAt).toBe(exportedAt);
    }
  });

  it('says the same as a table', () => {
    const records = every[agency];
    const facts = factsIn(inTable(agency, ...records));
    expect(facts.map(without)).toEqual(factsIn(told(agency, ...records)).map(without));
    expect(facts[0]?.pointer).toBe('row 2');
  });

  it('round-trips: nothing it says is lost, and it is the fact that the same canonical event is', () => {
    const records = agency === 'yos' ? caseRecords : custodyRecords;
    fc.assert(
      fc.property(records, (record) => {
        const [fact, ...others] = factsIn(told(agency, record));
        if (!fact) throw new Error(`${record.kind} gives no fact`);
        expect(others).toEqual([]);
        expect(factsIn(inTable(agency, record)).map(without)).toEqual([without(fact)]);
        const data = decode(fact.type, fact.data);
        const said = JSON.stringify([data, fact.record.key, fact.occurred.at]);
        for (const value of Object.values(record).flat()) {
          if (typeof value === 'string' && /^([A-Z]{3}\d{6}|\d{4}-\d\d-\d\d.*)$/.test(value))
            expect(said).toContain(value);
          if (typeof value === 'number' && value > 0) expect(said).toContain(String(value));
        }
        const time = fact.occurred.precision === 'date' ? `${fact.occurred.at}T00:00:00Z` : fact.occurred.at;
        const event = {
          specversion: '1.0',
          id: '1',
          source: agency,
          type: fact.type,
          subject: fact.record.key,
          time,
          data,
        };
        const { data: __, ...attributes } = event;
        const canonical = { format: fact.type, contentType: 'application/cloudevents+json', attributes };
        const [same] = factsIn(translate(message(agency, JSON.stringify(event), canonical)));
        expect(same?.data).toEqual(fact.data);
        if (catalogue.get(fact.type)?.key.length !== 0) expect(same?.key).toEqual(fact.key);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same facts in any order and however often, and a contradiction goes to a person', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...every[agency]], { minLength: every[agency].length }), (records) => {
        const keys = (facts: readonly Fact[]) => facts.map(({ key }) => key.join()).sort();
        expect(keys(factsIn(told(agency, ...records, ...records)))).toEqual(
          keys(factsIn(told(agency, ...every[agency]))),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('a record', () => {
  it('of an order reads as the contract has it', () => {
    const [fact] = factsIn(inTable('yos', of('order')));
    expect(fact?.occurred).toEqual({ at: '2026-02-01', precision: 'date' });
    expect(decode(fact?.type ?? '', fact?.data ?? new Uint8Array())).toMatchObject({
      orderReference: 'OR-1',
      kind: 'ORDER_KIND_YOUTH_REHABILITATION',
      madeOn: '2026-02-01',
    });
  });

  it('that says two things of one fact is for a person to judge', () => {
    const other = { ...of('order'), endsOn: '2027-01-01' };
    expect(outcomes(told('yos', of('order'), of('hours'), other))).toEqual([
      ['contradiction', '/records/0'],
      ['contradiction', '/records/2'],
      ['fact', undefined],
    ]);
  });

  it.each([
    ['of an unknown kind', { ...of('order'), kind: 'horoscope' }, 'unknown-code', 'kind'],
    ['without a kind', { ...of('order'), kind: '' }, 'missing-value', 'kind'],
    ['named like something every object has', { ...of('order'), kind: 'constructor' }, 'unknown-code', 'kind'],
    ['of no case', { ...of('order'), caseRef: '' }, 'missing-value', 'caseRef'],
    ['of no order', { ...of('order'), orderRef: '' }, 'invalid-data', ''],
    ['of a day that does not exist', { ...of('order'), madeOn: '2026-02-31' }, 'invalid-date', 'madeOn'],
    ['of no day', { ...of('order'), madeOn: '' }, 'missing-value', 'madeOn'],
    ['of an order of another kind', { ...of('order'), orderType: 'chain gang' }, 'unknown-code', 'orderType'],
    ['of hours that are none', { ...of('hours'), hoursDone: 'many' }, 'wrong-type', 'hoursDone'],
    ['of hours below nought', { ...of('hours'), hoursDone: -1 }, 'wrong-type', 'hoursDone'],
    ['of more hours than a year has', { ...of('hours'), hoursDone: 20_000 }, 'invalid-data', ''],
    ['with a list for a text', { ...of('order'), orderRef: ['OR-1'] }, 'wrong-type', 'orderRef'],
  ])('%s is put aside alone', (_, record, code, name) => {
    const pointer = name === '' ? '/records/0' : `/records/0/${name}`;
    expect(outcomes(told('yos', record, of('appointment')))).toEqual([
      ['fact', undefined],
      [code, pointer],
    ]);
    expect(JSON.stringify(told('yos', record).items)).not.toMatch(/horoscope|chain gang|Fennimoor/);
  });

  it('of custody is about a child on that day, or is recorded for one that the hub knows', () => {
    const adult = { ...every['secure-estate'][0], kind: 'placement', dateOfBirth: '2001-05-06' };
    const unknown = { ...adult, dateOfBirth: '' };
    expect(factsIn(told('secure-estate', adult))[0]?.onlyIfKnown).toMatchObject({ code: 'adult' });
    expect(factsIn(told('secure-estate', unknown))[0]?.onlyIfKnown).toMatchObject({ code: 'not-shown-to-be-a-child' });
    expect(factsIn(told('secure-estate', ...every['secure-estate']))[0]?.onlyIfKnown).toBeUndefined();
  });

  it('of custody that has a prisoner number only is on the record that the prisons’ own events are on', () => {
    const numbered = { ...every['secure-estate'][0], kind: 'placement', caseRef: '', nomsNumber: 'a7101kf' };
    expect(factsIn(told('secure-estate', numbered))[0]?.record.key).toBe('A7101KF');
  });
});

describe('an export that is none', () => {
  const named = { format: 'yos.case-records' };
  it.each([
    ['nothing', '', 'invalid-json'],
    ['no records', '{"exportedAt":"2026-02-02T06:00:00Z","records":[]}', 'no-records'],
    ['records that are no list', '{"records":{}}', 'wrong-type'],
    ['a record that is no object', '{"records":["order"]}', 'wrong-type'],
    ['a list', '[]', 'wrong-type'],
    ['no records at all', '{}', 'missing-value'],
    ['a time that is none', '{"exportedAt":"today","records":[]}', 'wrong-type'],
    ['a quotation mark that nobody closed', 'KIND,CASE_REF\n"order,CV-1\nhours,CV-1\n', 'invalid-csv'],
    ['a column twice', 'KIND,CASE_REF,KIND\norder,CV-1,hours\n', 'wrong-header'],
  ])('with %s has one outcome', (_, body, code) => {
    expect(outcomes(translate(message('yos', body, named))).map(([found]) => found)).toEqual([code]);
  });

  it('is any JSON and any text, and is never unreadable', () => {
    const bodies = fc.oneof(
      fc.json(),
      fc
        .json()
        .map((text) => `{"exportedAt":"2026-02-02T06:00:00Z","records":[${text},{"kind":"order","caseRef":${text}}]}`),
      fc.string().map((text) => `KIND,CASE_REF,ORDER_REF\norder,${text},1\n`),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const found = outcomes(translate(message('yos', body, named)));
        expect(found.length).toBeGreaterThan(0);
        expect(found.map(([code]) => code)).not.toContain('unreadable');
      }),
      { numRuns: 500 },
    );
  });
});
