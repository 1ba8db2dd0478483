import { describe, expect, it } from '@jest/globals';
import { adult, child, defendant, factsOf, firstDefendant, told } from '../../testing/translation/hearing.js';
import { withValue } from '../../testing/translation/with-value.js';

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
