import { describe, expect, it } from '@jest/globals';
import { mergePerson } from './person.js';

const said = (hour: number, person: { givenNames?: string; familyName?: string; birthDate?: string }) => ({
  statedAt: `2026-01-01T0${hour}:00:00Z`,
  person: { identifiers: [], ...person },
});

describe('the person of a record', () => {
  it('keeps the name when a later message states only the birth date', () => {
    const person = mergePerson(undefined, [
      said(1, { givenNames: 'Kit', familyName: 'Vale' }),
      said(2, { birthDate: '2010-02-03' }),
    ]);
    expect(person).toMatchObject({ givenNames: 'Kit', familyName: 'Vale', birthDate: '2010-02-03' });
  });

  it('takes the newest of each part, whatever comes first', () => {
    const old = said(1, { familyName: 'Vale' });
    const now = said(2, { familyName: 'Marlowe' });
    expect(mergePerson(undefined, [old, now])).toEqual(mergePerson(undefined, [now, old]));
    expect(mergePerson(mergePerson(undefined, [now]), [old]).familyName).toBe('Marlowe');
  });
});
