import { describe, expect, it } from '@jest/globals';
import { translate } from '../../libs/adapters/registry.js';
import { decode } from '../../libs/contracts/catalogue.js';
import type { Fact } from '../../libs/kernel/fact.js';
import type { Translation } from '../../libs/kernel/outcome.js';
import { factsIn } from '../../libs/testing/translation/facts-in.js';
import { valueAt, withValue } from '../../libs/testing/translation/with-value.js';
import { bytesOf, published, sent } from './samples.js';

const hearingFile = 'cpp-public.events.hearing.hearing-resulted.json';
const envelopeFile = 'cp-commonPlatformSQSMessage.json';
const missingFile = 'ssda903-fake-missing.csv';
const defendants = '/hearing/prosecutionCases/0/defendants';
const defendant = `${defendants}/0`;
const offence = `${defendant}/offences/0`;
const results = `${offence}/judicialResults`;
const birthDate = '/personDefendant/personDetails/dateOfBirth';

if (published.length === 0) {
  it('has no published samples to vary', () => {
    expect(published).toEqual([]);
  });
} else {
  describe.each([
    ['as the court shares it', (body: unknown) => body],
    [
      'inside the published envelope of its copies',
      (body: unknown) => ({ ...envelope(), Message: JSON.stringify(body) }),
    ],
  ])('the published hearing %s, varied', (_, sentAs) => {
    varyHearing(sentAs);
  });
  describe('the published missing episodes', checkEpisodes);
}

function envelope(): object {
  return JSON.parse(Buffer.from(bytesOf(envelopeFile)).toString()) as object;
}

function varyHearing(sentAs: (body: unknown) => unknown): void {
  const hearing: unknown = JSON.parse(Buffer.from(bytesOf(hearingFile)).toString());
  const told = (body: unknown): Translation => translate(sent('court', Buffer.from(JSON.stringify(sentAs(body)))));
  const text = (pointer: string): string => String(valueAt(hearing, pointer)).toLowerCase();
  const day = text('/hearingDay');
  const fifteen = `${Number(day.slice(0, 4)) - 15}${day.slice(4)}`;

  it('with the birth date moved to age 15 is about a child, and says what the court said', () => {
    const [fact, ...more] = factsIn(told(withValue(hearing, `${defendant}${birthDate}`, fifteen)));
    expect(more).toEqual([]);
    expect(fact).not.toHaveProperty('onlyIfKnown');
    expect(fact?.record).toMatchObject({ key: text(`${defendant}/masterDefendantId`), person: { birthDate: fifteen } });
    expect(event(fact)).toMatchObject({
      hearingId: text('/hearing/id'),
      hearingDay: day,
      offenceId: text(`${offence}/id`),
      offenceTitle: valueAt(hearing, `${offence}/offenceTitle`),
      plea: valueAt(hearing, `${offence}/plea/pleaValue`),
      resultId: text(`${results}/0/judicialResultId`),
      resultCode: valueAt(hearing, `${results}/0/cjsCode`),
      resultTitle: valueAt(hearing, `${results}/0/label`),
      terms: [0, 1].map((index) => ({
        label: valueAt(hearing, `${results}/0/judicialResultPrompts/${index}/label`),
        value: valueAt(hearing, `${results}/0/judicialResultPrompts/${index}/value`),
      })),
      court: valueAt(hearing, '/hearing/courtCentre/name'),
      person: { birthDate: fifteen },
    });
  });

  it('with three distinct defendants is a fact on the record of each, and only the child is one for certain', () => {
    const original = valueAt(hearing, defendant);
    const three = ['a', 'b', 'c'].map((name, index) => {
      const named = withValue(withValue(original, '/id', `id-${name}`), '/masterDefendantId', `master-${name}`);
      return index === 1 ? withValue(named, birthDate, fifteen) : named;
    });
    const facts = factsIn(told(withValue(hearing, defendants, three)));
    expect(facts.map(({ record, key, onlyIfKnown }) => [record.key, key[3], onlyIfKnown?.code])).toEqual([
      ['master-a', 'master-a', 'adult'],
      ['master-b', 'master-b', undefined],
      ['master-c', 'master-c', 'adult'],
    ]);
    expect(new Set(facts.map(({ key }) => key.join())).size).toBe(3);
    expect(facts.map((fact) => event(fact)?.defendantId)).toEqual(['master-a', 'master-b', 'master-c']);
  });

  it('reshared with one result changed and another dropped keeps the keys, and covers the day', () => {
    const first = valueAt(hearing, `${results}/0`);
    const second = withValue(withValue(first, '/judicialResultId', 'second-result'), '/label', 'Costs');
    const child = withValue(hearing, `${defendant}${birthDate}`, fifteen);
    const before = told(withValue(child, results, [first, second]));
    const changed = withValue(first, '/judicialResultPrompts/0/value', '18 months');
    const sharedAgain = withValue(withValue(child, '/sharedTime', '2019-06-04T08:00:00Z'), '/isReshare', true);
    const after = told(withValue(sharedAgain, results, [changed]));

    const [kept, dropped] = factsIn(before);
    const [now, ...more] = factsIn(after);
    expect(factsIn(before).map(event)).toMatchObject([{ terms: [{ value: '2 Years' }, {}] }, { resultTitle: 'Costs' }]);
    expect(more).toEqual([]);
    expect(now?.key).toEqual(kept?.key);
    expect(event(now)).toMatchObject({ terms: [{ value: '18 months' }, {}] });
    expect(now?.statedAt).toBe('2019-06-04T08:00:00Z');
    expect(after.covers).toEqual([{ scope: dropped?.scope, statedAt: '2019-06-04T08:00:00Z' }]);
    expect(after.covers.map(({ scope }) => scope)).toEqual(before.covers.map(({ scope }) => scope));
  });
}

function checkEpisodes(): void {
  it('are the rows of the file, one by one, each on the record of its child', () => {
    const [, ...rows] = Buffer.from(bytesOf(missingFile)).toString().trim().split('\n');
    const iso = (date = '') => date.split('/').toReversed().join('-');
    const facts = factsIn(translate(sent('social-care', bytesOf(missingFile))));
    expect(facts.map((fact) => [fact.record.key, fact.occurred.at, event(fact)])).toEqual(
      rows.map((row) => {
        const [child, born, code, start, end] = row.trim().split(',');
        const kind = code === 'M' ? 'KIND_MISSING' : 'KIND_AWAY_WITHOUT_AUTHORISATION';
        const said = {
          childId: child,
          kind,
          startedOn: iso(start),
          endedOn: iso(end),
          person: { birthDate: iso(born) },
        };
        return [child, iso(start), said];
      }),
    );
  });
}

function event(fact: Fact | undefined) {
  return fact && decode(fact.type, fact.data);
}
