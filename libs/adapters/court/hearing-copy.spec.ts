import { describe, expect, it } from '@jest/globals';
import { decode } from '../../contracts/catalogue.js';
import { hearingCopy, largeHearingCopy, queuedHearingCopy } from '../../simulations/hearing-copy.js';
import { adult, child, defendant, factsOf, message, told } from '../../testing/translation/hearing.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

const format = 'COMMON_PLATFORM_HEARING';
const sentAt = '2026-01-14T15:21:00Z';
const timeless = withValue(told(), '/sharedTime', undefined) as object;

describe('a hearing as HMPPS passes it on', () => {
  const copies = [hearingCopy, queuedHearingCopy].map((wrap) => wrap({ hearing: told(), kind: 'Resulted', sentAt }));

  it('says what the court said, in whichever envelope, named or recognised', () => {
    const asShared = factsOf(told()).map(({ pointer: _, ...fact }) => fact);
    for (const copy of copies)
      for (const name of [format, ''])
        expect(factsOf(copy, { format: name }).map(({ pointer: _, ...fact }) => fact)).toEqual(asShared);
    const [body] = copies;
    expect(translate(message(body, { format })).covers).toEqual(translate(message(told())).covers);
    expect(factsOf(body, { format })[0]?.pointer).toMatch(/^\/Message\/hearing\//);
  });

  it('that has lost the time of sharing is stated when it was seen, else when it was sent', () => {
    const copy = hearingCopy({ hearing: timeless, kind: 'Resulted', sentAt });
    expect(factsOf(copy, { format })).toMatchObject([{ statedAt: sentAt }]);
    const attributes = { observedat: '2026-01-14T18:00:00Z' };
    expect(factsOf(copy, { format, attributes })).toMatchObject([{ statedAt: attributes.observedat }]);
    expect(translate(message(timeless, { format })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'no-shared-time' } },
    ]);
  });

  it('too large for its queue goes to a person: only its publisher has the content', () => {
    expect(translate(message(largeHearingCopy({ kind: 'Resulted', sentAt }), { format: '' })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'content-elsewhere' }, pointer: '/Message' },
    ]);
  });

  it('of which only the attributes came says nothing', () => {
    for (const alone of [
      { messageType: { DataType: 'String', StringValue: format }, id: { DataType: 'String', StringValue: 'x' } },
      hearingCopy({ hearing: told(), kind: 'Resulted', sentAt }).MessageAttributes,
    ])
      expect(translate(message(alone, { format: '' })).items).toMatchObject([
        { outcome: 'ignored', reason: { code: 'attributes-alone' } },
      ]);
  });

  it.each([
    ['text that is no JSON', '{'],
    ['a number', '7'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('that holds %s is quarantined, and not quoted', (_, text) => {
    const copy = { ...hearingCopy({ hearing: {}, kind: 'Resulted', sentAt }), Message: text };
    expect(translate(message(copy, { format })).items).toMatchObject([
      { outcome: 'quarantined', pointer: expect.stringMatching(/^\/Message/) },
    ]);
  });
});

describe('a hearing confirmed or moved', () => {
  const days = (...at: string[]) => at.map((sittingDay) => ({ sittingDay }));
  const confirmed = (hearing: unknown, at = sentAt) =>
    hearingCopy({ hearing: hearing as object, kind: 'ConfirmedOrUpdated', sentAt: at });
  const people = [defendant('defendant-1', child), defendant('defendant-2', adult)];
  const twoDays = withValue(
    withValue(told({ defendants: people }), '/sharedTime', undefined),
    '/hearing/hearingDays',
    days('2026-02-05T10:30:00Z', '2026-02-04T10:00:00Z'),
  );

  it('is listed for the next of its days, for each defendant, and states no results', () => {
    const facts = factsOf(confirmed(twoDays), { format });
    expect(facts.map(({ type, key, onlyIfKnown }) => [type, key, onlyIfKnown?.code])).toEqual([
      ['hub.court.v1.HearingListed', ['hub.court.v1.HearingListed', 'defendant-1', 'hearing-1'], undefined],
      ['hub.court.v1.HearingListed', ['hub.court.v1.HearingListed', 'defendant-2', 'hearing-1'], 'adult'],
    ]);
    expect(facts.map(({ type, data }) => decode(type, data))).toMatchObject([
      { listedFor: '2026-02-04T10:00:00Z', court: 'Fernhill Youth Court', hearingType: 'First hearing' },
      { listedFor: '2026-02-04T10:00:00Z' },
    ]);
    expect(translate(message(confirmed(twoDays), { format })).covers).toEqual([]);
  });

  it('moves on with its days, under one key', () => {
    const at = '2026-02-04T18:00:00Z';
    const [before] = factsOf(confirmed(twoDays), { format });
    const [after] = factsOf(confirmed(twoDays, at), { format });
    expect(after?.key).toEqual(before?.key);
    expect(after?.statedAt).toBe(at);
    expect(decode(after?.type ?? '', after?.data ?? new Uint8Array())).toMatchObject({
      listedFor: '2026-02-05T10:30:00Z',
    });
  });

  it('without a day, or of nobody, has an outcome with a name', () => {
    const dayless = withValue(told(), '/hearing/hearingDays', []);
    expect(translate(message(confirmed(dayless), { format })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'no-hearing-day' }, pointer: '/Message/hearing/hearingDays' },
    ]);
    const nobody = withValue(told(), '/hearing/prosecutionCases', []);
    expect(translate(message(confirmed(nobody), { format })).items).toMatchObject([
      { outcome: 'ignored', reason: { code: 'no-defendant' } },
    ]);
  });
});
