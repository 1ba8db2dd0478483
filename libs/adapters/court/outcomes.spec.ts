import { describe, expect, it } from '@jest/globals';
import {
  defendant,
  firstDefendant,
  firstOffence,
  firstResult,
  message,
  told,
} from '../../testing/translation/hearing.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

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
      'results of a whole case',
      withValue(alsoGood, '/hearing/defendantJudicialResults', [{}]),
      'held',
      'result-without-offence',
      '/hearing/defendantJudicialResults',
    ],
    [
      'an application about nobody before the court',
      withValue(alsoGood, '/hearing/courtApplications', [{ id: 'a', judicialResults: [{}] }]),
      'ignored',
      'no-defendant',
      '/hearing/courtApplications/0',
    ],
    [
      'an application without an id',
      withValue(alsoGood, '/hearing/courtApplications', [{ subject: { masterDefendant: { id: 'd' } } }]),
      'quarantined',
      'missing-value',
      '/hearing/courtApplications/0/id',
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
