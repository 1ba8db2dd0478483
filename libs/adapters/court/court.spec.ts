import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact, Message } from '../../kernel/fact.js';
import { hearingResulted, type SimulatedDefendant, type SimulatedHearing } from '../../simulations/hearing-resulted.js';
import { testPncId } from '../../simulations/people.js';
import { translate } from '../registry.js';

const day = '2026-01-14';
const child = { givenNames: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06', pncId: testPncId(2024, 4101) };
const adult = { givenNames: 'Marlow', familyName: 'Quenby', birthDate: '2002-01-02' };

function defendant(id: string, person = child, results = ['result-1']): SimulatedDefendant {
  const offence = { code: 'TH68010', title: 'Theft from a shop' };
  return {
    id,
    person,
    offences: [
      {
        ...offence,
        id: `${id}-offence-1`,
        results: results.map((result) => ({
          id: result,
          code: '3041',
          label: 'Referral order',
          terms: [['Length', '6 months']],
        })),
      },
      { ...offence, id: `${id}-offence-2`, results: [] },
    ],
  };
}

function told(change: Partial<SimulatedHearing> = {}) {
  return hearingResulted({
    id: 'HEARING-1',
    day,
    sharedTime: '2026-01-14T15:20:00Z',
    defendants: [defendant('defendant-1')],
    ...change,
  });
}

function message(body: unknown, change: Partial<Message> = {}): Message {
  return {
    system: 'court',
    agency: 'court',
    format: 'public.events.hearing.hearing-resulted',
    contentType: 'application/json',
    attributes: {},
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: '2026-01-14T15:20:05Z',
    ...change,
  };
}

function factsOf(body: unknown, change: Partial<Message> = {}): Fact[] {
  return translate(message(body, change)).items.flatMap((item) => (item.outcome === 'fact' ? [item.fact] : []));
}

/** The message with the value at a path (JSON pointer) replaced. */
function withValue(body: unknown, pointer: string, value: unknown): unknown {
  const path = pointer.split('/').slice(1);
  const copy: unknown = structuredClone(body);
  const parent = path.slice(0, -1).reduce<unknown>((place, name) => Reflect.get(Object(place), name), copy);
  Reflect.set(Object(parent), path.at(-1) ?? '', value);
  return copy;
}

const firstDefendant = '/hearing/prosecutionCases/0/defendants/0';
const firstOffence = `${firstDefendant}/offences/0`;
const firstResult = `${firstOffence}/judicialResults/0`;

describe('a shared result', () => {
  it('is one fact per defendant, offence and result, on the record of the defendant', () => {
    expect(factsOf(told())).toMatchObject([
      {
        record: {
          key: 'defendant-1',
          person: {
            givenNames: 'Kit',
            familyName: 'Fennimoor',
            birthDate: '2010-05-06',
            identifiers: [{ kind: 'pnc', value: child.pncId }],
          },
        },
        type: 'hub.court.v1.ResultRecorded',
        key: [
          'hub.court.v1.ResultRecorded',
          'defendant-1',
          'hearing-1',
          'defendant-1',
          'defendant-1-offence-1',
          'result-1',
        ],
        occurred: { at: day, precision: 'date' },
        statedAt: '2026-01-14T15:20:00Z',
        scope: ['hearing-day', 'hearing-1', day],
        pointer: firstResult,
      },
    ]);
  });

  it('says what the court said', () => {
    const [fact] = factsOf(told());
    expect(decode(fact?.type ?? '', fact?.data ?? new Uint8Array())).toEqual({
      hearingId: 'hearing-1',
      hearingDay: day,
      orderedOn: day,
      defendantId: 'defendant-1',
      offenceId: 'defendant-1-offence-1',
      resultId: 'result-1',
      resultCode: '3041',
      resultTitle: 'Referral order',
      resultCategory: 'FINAL',
      offenceCode: 'TH68010',
      offenceTitle: 'Theft from a shop',
      plea: 'GUILTY',
      court: 'Fernhill Youth Court',
      courtCode: 'B99TC',
      jurisdiction: 'MAGISTRATES',
      hearingType: 'First hearing',
      terms: [{ label: 'Length', value: '6 months' }],
      caseUrn: '99TC0000001',
      person: { givenNames: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06', pncId: child.pncId },
    });
  });

  it('covers the whole hearing day, so that what a reshare drops is withdrawn', () => {
    expect(translate(message(told())).covers).toEqual([
      { scope: ['hearing-day', 'hearing-1', day], statedAt: '2026-01-14T15:20:00Z' },
    ]);
  });

  it('is recognised when the publisher named no format, and read out of a CloudEvent', () => {
    expect(factsOf(told(), { format: '' })).toEqual(factsOf(told()));
    const envelope = { specversion: '1.0', type: 'public.events.hearing.hearing-resulted', data: told() };
    expect(factsOf(envelope, { contentType: 'application/cloudevents+json' })).toEqual(factsOf(told()));
  });

  it('has the same key whichever case its ids are written in', () => {
    const shouting = JSON.parse(JSON.stringify(told()).replaceAll('defendant-1', 'DEFENDANT-1'));
    expect(factsOf(shouting)).toEqual(factsOf(told()));
  });

  it('is keyed by the type of result where the copy has lost the id of the result', () => {
    const copy = withValue(
      withValue(told(), `${firstResult}/judicialResultId`, undefined),
      `${firstResult}/judicialResultTypeId`,
      'TYPE-9',
    );
    expect(factsOf(copy)[0]?.key.at(-1)).toBe('type-9');
  });

  it('repeated alike is one fact; repeated otherwise is for a person to judge, both of them', () => {
    expect(factsOf(told({ defendants: [defendant('defendant-1', child, ['result-1', 'result-1'])] }))).toHaveLength(1);
    const twice = told({ defendants: [defendant('defendant-1', child, ['result-1', 'result-1'])] });
    const { items, covers } = translate(message(withValue(twice, `${firstResult}/label`, 'Absolute discharge')));
    expect(items.map((item) => [item.outcome, 'pointer' in item && item.pointer])).toEqual([
      ['quarantined', firstResult],
      ['quarantined', `${firstOffence}/judicialResults/1`],
    ]);
    expect(covers).toEqual([]);
  });
});

describe('a reshare', () => {
  it('gives the same keys: one changed, one gone, and the day covered as of the later sharing', () => {
    const before = told({ defendants: [defendant('defendant-1', child, ['result-1', 'result-2'])] });
    const after = withValue(
      told({ sharedTime: '2026-01-15T09:05:00Z', isReshare: true }),
      `${firstResult}/judicialResultPrompts/0/value`,
      '9 months',
    );
    const [first, second] = factsOf(before);
    const [changed, ...more] = factsOf(after);
    expect(more).toEqual([]);
    expect(changed?.key).toEqual(first?.key);
    expect(changed?.key).not.toEqual(second?.key);
    expect(changed?.data).not.toEqual(first?.data);
    expect(translate(message(after)).covers).toEqual([{ scope: second?.scope, statedAt: '2026-01-15T09:05:00Z' }]);
  });

  it('that drops every result still covers the day', () => {
    const { items, covers } = translate(message(told({ defendants: [defendant('defendant-1', child, [])] })));
    expect(items).toMatchObject([{ outcome: 'ignored', reason: { code: 'no-results' } }]);
    expect(covers).toHaveLength(1);
  });
});

describe('children only', () => {
  const why = (person: Partial<typeof child>, flags = {}): string | undefined => {
    const body = told({ defendants: [{ ...defendant('defendant-1', { ...child, ...person }), ...flags }] });
    const flagged =
      person.birthDate === ''
        ? withValue(body, `${firstDefendant}/personDefendant/personDetails/dateOfBirth`, undefined)
        : body;
    return factsOf(flagged)[0]?.onlyIfKnown?.code;
  };
  it.each([
    ['a child by birth date', {}, {}, undefined],
    ['the day before the eighteenth birthday', { birthDate: '2008-01-15' }, {}, undefined],
    ['the eighteenth birthday', { birthDate: '2008-01-14' }, {}, 'adult'],
    ['a child by the flag of the court alone', { birthDate: '' }, { isYouth: true }, undefined],
    ['flagged as a child, whatever the birth date', adult, { isYouth: true }, undefined],
    ['flagged as an adult, a child by birth date', {}, { isYouth: false }, undefined],
    ['flagged as an adult', { birthDate: '' }, { isYouth: false }, 'adult'],
    ['neither flag nor birth date', { birthDate: '' }, {}, 'not-shown-to-be-a-child'],
  ])('%s', (_, person, flags, code) => {
    expect(why(person, flags)).toBe(code);
  });

  it('counts a birthday on 29 February on 1 March of a year without one', () => {
    const on = (date: string) =>
      factsOf(told({ day: date, defendants: [defendant('d', { ...child, birthDate: '2008-02-29' })] }))[0]?.onlyIfKnown;
    expect(on('2026-02-28')).toBeUndefined();
    expect(on('2026-03-01')).toMatchObject({ code: 'adult' });
  });
});

describe('what gives no fact has an outcome with a name', () => {
  const alsoGood = told({ defendants: [defendant('defendant-1'), defendant('defendant-2')] });
  it.each([
    [
      'an organisation',
      withValue(alsoGood, `${firstDefendant}/legalEntityDefendant`, { organisation: {} }),
      'ignored',
      'organisation',
      firstDefendant,
    ],
    [
      'a defendant without results',
      withValue(alsoGood, `${firstOffence}/judicialResults`, []),
      'ignored',
      'no-results',
      firstDefendant,
    ],
    [
      'an offence without an id',
      withValue(alsoGood, `${firstOffence}/id`, null),
      'quarantined',
      'missing-value',
      `${firstOffence}/id`,
    ],
    [
      'a result without an id',
      withValue(
        withValue(alsoGood, `${firstResult}/judicialResultId`, null),
        `${firstResult}/judicialResultTypeId`,
        ' ',
      ),
      'quarantined',
      'missing-value',
      `${firstResult}/judicialResultId`,
    ],
    [
      'a birth date that is none',
      withValue(alsoGood, `${firstDefendant}/personDefendant/personDetails/dateOfBirth`, '06/05/2010'),
      'quarantined',
      'wrong-type',
      `${firstDefendant}/personDefendant/personDetails/dateOfBirth`,
    ],
    [
      'a label that is no text',
      withValue(alsoGood, `${firstResult}/label`, { en: 'Fine' }),
      'quarantined',
      'wrong-type',
      `${firstResult}/label`,
    ],
    [
      'results that are no list',
      withValue(alsoGood, `${firstOffence}/judicialResults`, 'none'),
      'quarantined',
      'wrong-type',
      `${firstOffence}/judicialResults`,
    ],
    [
      'a defendant that is no object',
      withValue(alsoGood, firstDefendant, 'unknown'),
      'quarantined',
      'wrong-type',
      firstDefendant,
    ],
    [
      'results of an application',
      withValue(alsoGood, '/hearing/courtApplications', [{ judicialResults: [{}] }]),
      'held',
      'result-without-offence',
      '/hearing/courtApplications/0/judicialResults',
    ],
  ])('%s; the other parts go on', (_, body, outcome, code, pointer) => {
    const { items, covers } = translate(message(body));
    expect(items).toContainEqual(
      expect.objectContaining({ outcome, reason: expect.objectContaining({ code }), pointer }),
    );
    expect(items.filter((item) => item.outcome === 'fact').length).toBeGreaterThan(0);
    // What cannot be read has not vanished: only a message read whole may withdraw.
    expect(covers).toHaveLength(outcome === 'quarantined' ? 0 : 1);
  });

  it.each([
    ['no hearing id', withValue(told(), '/hearing/id', undefined), 'missing-value', '/hearing/id'],
    ['no hearing', { sharedTime: '2026-01-14T15:20:00Z' }, 'missing-value', '/hearing/id'],
    ['no time of sharing', withValue(told(), '/sharedTime', undefined), 'no-shared-time', '/sharedTime'],
    [
      'a time of sharing that is none',
      withValue(told(), '/sharedTime', 'Fri Jun 14 09:06:52 BST 2024'),
      'wrong-type',
      '/sharedTime',
    ],
    ['a list', [], 'wrong-type', ''],
  ])('a whole message with %s is quarantined', (_, body, code, pointer) => {
    expect(translate(message(body))).toMatchObject({
      items: [{ outcome: 'quarantined', reason: { code }, pointer }],
      covers: [],
    });
  });

  it('a message that is no JSON is quarantined', () => {
    expect(translate(message('', { body: Buffer.from('<hearing/>') })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'invalid-json' } },
    ]);
  });
});

describe('a copy that has lost its times', () => {
  const withoutTimes = withValue(withValue(told(), '/sharedTime', undefined), '/hearingDay', undefined);
  const attributes = { observedat: '2026-01-14T18:00:00Z' };

  it('is stated when the partner observed it, on the only day of the hearing', () => {
    expect(factsOf(withoutTimes, { attributes })).toMatchObject([
      { statedAt: '2026-01-14T18:00:00Z', occurred: { at: day } },
    ]);
  });

  it('is of the day of each result when the hearing has several, and covers none of them', () => {
    const days = [{ sittingDay: '2026-01-13T10:00:00Z' }, { sittingDay: '2026-01-14T10:00:00Z' }];
    const body = withValue(withoutTimes, '/hearing/hearingDays', days);
    expect(factsOf(body, { attributes })).toMatchObject([{ scope: ['hearing-day', 'hearing-1', day] }]);
    expect(translate(message(body, { attributes })).covers).toEqual([]);
    const dayless = withValue(body, `${firstResult}/orderedDate`, undefined);
    expect(translate(message(dayless, { attributes })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'no-hearing-day' } },
    ]);
  });
});

it('gives the same facts whatever the order of defendants, offences and results', () => {
  const people = [
    defendant('defendant-1', child, ['r-1', 'r-2', 'r-3']),
    defendant('defendant-2', adult, ['r-1', 'r-4']),
    defendant('defendant-3', child, []),
  ];
  const keys = (defendants: readonly SimulatedDefendant[]) =>
    factsOf(told({ defendants }))
      .map(({ key, data }) => `${key.join()} ${Buffer.from(data).toString('hex')}`)
      .toSorted();
  const shuffled = fc
    .shuffledSubarray(people, { minLength: people.length })
    .chain((order) =>
      fc.tuple(
        ...order.map((one) =>
          fc
            .shuffledSubarray([...one.offences], { minLength: one.offences.length })
            .map((offences) => ({
              ...one,
              offences: offences.map((offence) => ({ ...offence, results: offence.results.toReversed() })),
            })),
        ),
      ),
    );
  fc.assert(fc.property(shuffled, (order) => expect(keys([...order, ...order])).toEqual(keys(people))));
});
