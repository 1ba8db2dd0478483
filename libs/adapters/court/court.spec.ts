import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { SimulatedDefendant } from '../../simulations/hearing-resulted.js';
import {
  adult,
  child,
  day,
  defendant,
  factsOf,
  firstOffence,
  firstResult,
  message,
  told,
} from '../../testing/translation/hearing.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

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
    const shouting: unknown = JSON.parse(JSON.stringify(told()).replaceAll('defendant-1', 'DEFENDANT-1'));
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
  const shuffled = fc.shuffledSubarray(people, { minLength: people.length }).chain((order) =>
    fc.tuple(
      ...order.map((one) =>
        fc.shuffledSubarray([...one.offences], { minLength: one.offences.length }).map((offences) => ({
          ...one,
          offences: offences.map((offence) => ({ ...offence, results: offence.results.toReversed() })),
        })),
      ),
    ),
  );
  fc.assert(fc.property(shuffled, (order) => expect(keys([...order, ...order])).toEqual(keys(people))));
});
