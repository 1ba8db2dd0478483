import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { custodyRecord, missingRecord, type SimulatedEntry } from '../../simulations/force-record.js';
import { testArrestSummonsNumber, testPncId } from '../../simulations/people.js';
import { codesOf, damaged } from '../../testing/generators/damaged.js';
import { custodyRecords, missingRecords, type GeneratedRecord } from '../../testing/generators/force-records.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

const person = {
  givenNames: 'Kit',
  familyName: 'Fennimoor',
  birthDate: '2010-05-06',
  pncId: testPncId(2024, 4101),
};
const at = '2026-02-01T22:10:00Z';
const recordedAt = '2026-02-02T06:00:00Z';
const who = { nominal: 'nominal-1', person, recordedAt };
const arrest: SimulatedEntry = { action: 'ARREST', at, offenceCode: 'TH68010', offence: 'Theft from a shop' };
const custody = (...entries: SimulatedEntry[]) => custodyRecord('99TC/1/26', { ...who, entries });
const report = { reference: 'MR-1', reportedAt: at, risk: 'MEDIUM' };

const message = (body: unknown, change: Partial<Message> = {}): Message => ({
  system: 'police',
  agency: 'police',
  format: '',
  contentType: 'application/json',
  attributes: {},
  body: Buffer.from(JSON.stringify(body)),
  receivedAt: '2026-02-02T06:00:05Z',
  ...change,
});
const told = (body: unknown) => translate(message(body));
const contentOf = ({ type, data }: Fact) => decode(type, data);

describe('a custody record', () => {
  it('is one fact for each entry, on the force’s nominal, when it happened and as of when it was written out', () => {
    const review = { action: 'REVIEW', at: '2026-02-02T04:00:00+01:00', number: 1, decision: 'CONTINUE' };
    expect(factsIn(told(custody(arrest, review)))).toMatchObject([
      {
        record: { key: 'nominal-1', person: { identifiers: [{ kind: 'pnc' }], birthDate: person.birthDate } },
        key: ['hub.police.v1.Arrested', 'nominal-1', '99TC/1/26'],
        occurred: { at, precision: 'instant' },
        statedAt: recordedAt,
        pointer: '/entries/0',
      },
      {
        key: ['hub.police.v1.DetentionReviewed', 'nominal-1', '99TC/1/26', '1'],
        occurred: { at: '2026-02-02T03:00:00Z' },
      },
    ]);
  });

  it('claims the arrest summons number of a charge, right or wrong: identity checks it', () => {
    for (const asn of [testArrestSummonsNumber(2026, 7), '2699TC0100000000007?']) {
      const charge = { action: 'CHARGE', at, asn, offenceCode: 'TH68010' };
      const [, fact] = factsIn(told(custody(arrest, charge)));
      expect(fact?.record.person.identifiers).toEqual([
        { kind: 'pnc', value: person.pncId },
        { kind: 'asn', value: asn },
      ]);
    }
  });

  it('has the keys of the canonical events that say the same', () => {
    const event = (data: object): Fact[] =>
      factsIn(
        translate(
          message(data, { format: 'hub.police.v1.ReleasedOnBail', attributes: { subject: 'nominal-1', time: at } }),
        ),
      );
    const [canonical] = event({ custodyNumber: '99TC/1/26', stage: 'STAGE_POST_CHARGE' });
    const [native] = factsIn(told(custody({ action: 'BAIL', at, stage: 'POST_CHARGE' })));
    expect(native?.key).toEqual(canonical?.key);
  });

  it('of an adult is recorded only where the hub knows them; of a child by the force’s flag always', () => {
    const of = (birthDate: string, juvenile?: boolean) => {
      const flag = juvenile === undefined ? {} : { juvenile };
      const record = { ...who, person: { ...person, birthDate }, ...flag, entries: [arrest] };
      return factsIn(told(custodyRecord('99TC/1/26', record)))[0]?.onlyIfKnown?.code;
    };
    expect([of('2008-02-02'), of('2008-02-01'), of('2002-01-01', true), of('2002-01-01', false)]).toEqual([
      undefined,
      'adult',
      undefined,
      'adult',
    ]);
  });

  it('that is complete takes back the entries it no longer has; one that could not be read whole, or is not, none', () => {
    const complete = { ...custody(arrest), complete: true };
    const scope = ['custody-record', '99TC/1/26'];
    expect(told(complete).covers).toEqual([{ scope, statedAt: recordedAt }]);
    expect(factsIn(told(complete))[0]?.scope).toEqual(scope);
    expect(told({ ...complete, entries: [] }).covers).toHaveLength(1);
    expect(told(withValue(complete, '/entries/0/at', 'last night')).covers).toEqual([]);
    expect(told(custody(arrest)).covers).toEqual([]);
  });
});

describe('a missing record', () => {
  it('is the report as it is graded now, and what followed', () => {
    const entries = [{ action: 'RETURNED', at: '2026-02-02T05:00:00Z', to: 'HOME' }];
    const facts = factsIn(told(missingRecord(report, { ...who, entries })));
    expect(facts.map(({ type, occurred }) => [type, occurred.at])).toEqual([
      ['hub.police.v1.MissingReported', at],
      ['hub.police.v1.ChildReturned', '2026-02-02T05:00:00Z'],
    ]);
    const regraded = missingRecord(
      { ...report, risk: 'high' },
      { ...who, recordedAt: '2026-02-02T07:00:00Z', entries },
    );
    const [again] = factsIn(told(regraded));
    expect(again?.key).toEqual(facts[0]?.key);
    expect(again && contentOf(again)).toMatchObject({ risk: 'RISK_GRADE_HIGH', force: '99' });
  });
});

describe('what gives no fact has an outcome with a name, at its place, and the others go on', () => {
  const body = custody(arrest, { action: 'DETENTION_AUTHORISED', at });
  it.each([
    ['an entry nobody else needs', withValue(body, '/entries/1/action', 'MEAL'), 'ignored', 'not-shared', '/entries/1'],
    [
      'an entry nobody agreed on',
      withValue(body, '/entries/1/action', 'Kit'),
      'quarantined',
      'unknown-action',
      '/entries/1/action',
    ],
    [
      'an entry named like a prototype',
      withValue(body, '/entries/1/action', '__proto__'),
      'quarantined',
      'unknown-action',
      '/entries/1/action',
    ],
    ['no time', withValue(body, '/entries/1/at', undefined), 'quarantined', 'missing-value', '/entries/1/at'],
    [
      'a time that is none',
      withValue(body, '/entries/1/at', '2026-02-30T10:00:00Z'),
      'quarantined',
      'wrong-type',
      '/entries/1/at',
    ],
    ['an entry that is text', withValue(body, '/entries/1', 'Kit'), 'quarantined', 'wrong-type', '/entries/1'],
    [
      'a word that was not agreed',
      withValue(body, '/entries/1', { action: 'REVIEW', at, number: 1, decision: 'Kit' }),
      'quarantined',
      'unknown-code',
      '/entries/1/decision',
    ],
    [
      'half a review',
      withValue(body, '/entries/1', { action: 'REVIEW', at, number: 1.5, decision: 'CONTINUE' }),
      'quarantined',
      'wrong-type',
      '/entries/1/number',
    ],
    [
      'an outcome 22 that admits',
      withValue(body, '/entries/1', { action: 'DISPOSAL', at, reference: 'D', kind: 'OUTCOME_22', admitted: true }),
      'quarantined',
      'invalid-data',
      '/entries/1',
    ],
    [
      'text longer than the contract has room for',
      withValue(body, '/entries/1/grounds', 'Kit'.repeat(400)),
      'quarantined',
      'invalid-data',
      '/entries/1',
    ],
  ])('%s', (_, changed, outcome, code, pointer) => {
    const { items } = told(changed);
    expect(items).toMatchObject([{ outcome: 'fact' }, { outcome, reason: { code }, pointer }]);
    expect(JSON.stringify(items[1])).not.toContain('Kit');
  });

  it.each([
    ['no nominal id', withValue(custody(arrest), '/nominal/id', ''), '/nominal/id'],
    ['no custody number', withValue(custody(arrest), '/custodyNumber', undefined), '/custodyNumber'],
    ['no time of writing', withValue(custody(arrest), '/recordedAt', undefined), '/recordedAt'],
    [
      'a birth date that is none',
      withValue(custody(arrest), '/nominal/dateOfBirth', '06/05/2010'),
      '/nominal/dateOfBirth',
    ],
    ['entries that are no list', withValue(custody(arrest), '/entries', 'none'), '/entries'],
    ['no reference', withValue(missingRecord(report, { ...who, entries: [] }), '/reference', ' '), '/reference'],
  ])('a record with %s', (_, changed, pointer) => {
    expect(told(changed)).toMatchObject({ items: [{ outcome: 'quarantined', pointer }], covers: [] });
  });

  it('a record without entries says so; one entry told in two ways goes to a person, both of it', () => {
    expect(told(custody()).items).toMatchObject([{ outcome: 'ignored', reason: { code: 'no-entries' } }]);
    expect(told(custody(arrest, arrest)).items).toMatchObject([{ outcome: 'fact' }]);
    expect(told(custody(arrest, { ...arrest, offence: 'Affray' })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'contradiction' }, pointer: '/entries/0' },
      { outcome: 'quarantined', reason: { code: 'contradiction' }, pointer: '/entries/1' },
    ]);
  });
});

describe('any record', () => {
  const records = fc.oneof(custodyRecords, missingRecords);
  const factsOf = ({ body }: Pick<GeneratedRecord, 'body'>) => factsIn(told(body));
  const spelt = (facts: readonly Fact[]) =>
    new Set(
      facts.map(({ key, data, statedAt, occurred }) =>
        JSON.stringify([key, Buffer.from(data).toString('hex'), statedAt, occurred]),
      ),
    );

  it('is the facts that were meant, and nothing else', () => {
    fc.assert(
      fc.property(records, (record) => {
        const { items } = told(record.body);
        expect(items.filter(({ outcome }) => outcome !== 'fact' && outcome !== 'ignored')).toEqual([]);
        const facts = factsOf(record).map((fact) => {
          const { person: _, ...content } = contentOf(fact) ?? {};
          expect(fact.record.key).toBe(record.nominal);
          return { type: fact.type, key: fact.key.slice(2), content };
        });
        expect(facts).toEqual(record.meant.map((meant) => ({ ...meant, key: [...meant.key] })));
      }),
    );
  });

  it('is the same facts whatever the order and doubling of its entries, and of records', () => {
    const shaken = fc
      .array(records, { minLength: 1, maxLength: 4 })
      .chain((batch) =>
        fc.tuple(fc.constant(batch), fc.shuffledSubarray([...batch, ...batch], { minLength: batch.length * 2 })),
      );
    fc.assert(
      fc.property(shaken, ([batch, again]) => {
        const doubled = again.map(({ body }) => ({
          body: { ...body, entries: [...body.entries, ...body.entries].toReversed() },
        }));
        expect(spelt(doubled.flatMap(factsOf))).toEqual(spelt(batch.flatMap(factsOf)));
      }),
    );
  });

  it('damaged anywhere has outcomes with names, and is never unreadable', () => {
    fc.assert(
      fc.property(damaged(records.map(({ body }) => body)), (body) => {
        const { items } = told(body);
        expect(items.length).toBeGreaterThan(0);
        expect(codesOf(items)).not.toContain('unreadable');
      }),
      { numRuns: 500 },
    );
  });
});
