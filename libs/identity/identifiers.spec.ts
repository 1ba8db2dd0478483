import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IdentifierKind } from '../kernel/fact.js';
import { check } from './identifiers.js';
import { trusted } from './trust.js';

function canonical(kind: IdentifierKind, value: string): string | undefined {
  const checked = check(kind, value);
  return checked.valid ? checked.canonical : undefined;
}

describe('NHS number', () => {
  it('is read with spaces or hyphens', () => {
    expect(canonical('nhs', '943 476 5919')).toBe('9434765919');
    expect(canonical('nhs', ' 943-476-5919 ')).toBe('9434765919');
    expect(canonical('nhs', '9449303223')).toBe('9449303223');
  });

  it('is refused when a single digit is wrong', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digits = Array.from('9434765919', Number);
        digits[place] = ((digits[place] ?? 0) + shift) % 10;
        expect(check('nhs', digits.join('')).valid).toBe(false);
      }),
    );
  });

  it.each(['0000000000', '1111111111', '9999999999', '000 000 0000'])('is a placeholder: %s', (value) => {
    expect(check('nhs', value)).toMatchObject({ valid: false, why: expect.stringContaining('placeholder') });
  });

  it.each(['', '943476591', '94347659190', 'ABCDEFGHIJ'])('is refused: %p', (value) => {
    expect(check('nhs', value).valid).toBe(false);
  });
});

describe('PNC id', () => {
  it.each(['1979/0163001B', '79/163001B', '79/0163001b', '19790163001B', '790163001B', ' 1979/163001B '])(
    '%s has one spelling',
    (value) => expect(canonical('pnc', value)).toBe('1979/0163001B'),
  );

  it('of this century is read from its short form', () => {
    const letter = 'ZABCDEFGHJKLMNPQRTUVWXY'[210012345 % 23] ?? '';
    expect(canonical('pnc', `21/12345${letter}`)).toBe(`2021/0012345${letter}`);
  });

  it.each(['1979/0163001C', '1979/01630011B', '1979-0163001B', '2020/0000000Z', '163001B'])('is refused: %s', (value) =>
    expect(check('pnc', value).valid).toBe(false),
  );
});

describe('pupil and learner numbers', () => {
  const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ';
  const withLetter = (rest: string): string => {
    const sum = [...rest].reduce(
      (total, sign, index) => total + (/\d/.test(sign) ? Number(sign) : letters.indexOf(sign)) * (index + 2),
      0,
    );
    return `${letters[sum % 23] ?? ''}${rest}`;
  };

  it('a UPN is checked by its first letter', () => {
    const upn = withLetter('331200123456');
    expect(canonical('upn', upn.toLowerCase())).toBe(upn);
    expect(check('upn', `${upn.startsWith('A') ? 'B' : 'A'}${upn.slice(1)}`).valid).toBe(false);
    expect(trusted('upn', upn)).toBe('alone');
  });

  it('a temporary UPN is valid and never links', () => {
    const upn = withLetter('33120012345C');
    expect(canonical('upn', upn)).toBe(upn);
    expect(trusted('upn', upn)).toBe('never');
    expect(check('upn', 'A33120012345O').valid).toBe(false);
  });

  it('a ULN is checked by its last digit', () => {
    expect(canonical('uln', '0000000042')).toBe('0000000042');
    expect(check('uln', '0000000041').valid).toBe(false);
    expect(check('uln', '0000000000').valid).toBe(false);
  });
});

describe('arrest summons numbers', () => {
  it.each([
    ['as the national computer writes it', '0807NRPR00000038482H', '0807NRPR00000038482H'],
    ['with slashes and a short sequence', '08/07NR/PR/38482H', '0807NRPR00000038482H'],
    ['with a system that counts, being a number', '1706EE0600000000098T', '1706EE0600000000098T'],
    ['in lower case, spaced', ' 17 06ee 06 00000000098t', '1706EE0600000000098T'],
  ])('%s', (_, text, spelt) => {
    expect(canonical('asn', text)).toBe(spelt);
  });

  it.each([
    ['another letter', '0807NRPR00000038482J'],
    ['two digits exchanged', '0807NRPR00000034882H'],
    ['a short sequence without slashes', '0807NRPR38482H'],
    ['a sequence that is nothing', '0807NRPR00000000000H'],
    ['no letter', '0807NRPR00000038482'],
  ])('not with %s', (_, text) => {
    expect(check('asn', text).valid).toBe(false);
  });

  it('links only with the birth date: those arrested together have neighbouring ones', () => {
    expect(trusted('asn', '0807NRPR00000038482H')).toBe('with-birth-date');
  });

  it('any single wrong digit is found', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const sequence = '00000038482';
        const wrong = String((Number(sequence.charAt(place)) + by) % 10);
        const text = `0807NRPR${sequence.slice(0, place)}${wrong}${sequence.slice(place + 1)}H`;
        expect(check('asn', text).valid).toBe(false);
      }),
    );
  });
});

describe('kinds without a check', () => {
  it('prisoner and case reference numbers are held to their shape', () => {
    expect(canonical('noms', 'a1234bc')).toBe('A1234BC');
    expect(canonical('crn', 'x123456')).toBe('X123456');
    expect(check('noms', 'A123BC').valid).toBe(false);
    expect(check('crn', 'X000000').valid).toBe(false);
  });

  it('link only with the birth date, and a CRO number never', () => {
    expect(trusted('noms', 'A1234BC')).toBe('with-birth-date');
    expect(trusted('crn', 'X123456')).toBe('with-birth-date');
    expect(canonical('cro', '123456/08A')).toBe('123456/08A');
    expect(trusted('cro', '123456/08A')).toBe('never');
  });
});

describe('any text', () => {
  it('never throws, is never quoted in the reason, and a canonical value is its own canonical value', () => {
    const kind = fc.constantFrom<IdentifierKind>('nhs', 'pnc', 'asn', 'upn', 'uln', 'noms', 'crn', 'cro');
    fc.assert(
      fc.property(kind, fc.string({ unit: 'binary', minLength: 8 }), (name, text) => {
        const checked = check(name, text);
        if (checked.valid) expect(check(name, checked.canonical)).toEqual(checked);
        else expect(checked.why).not.toContain(text);
      }),
    );
  });
});
