import { describe, expect, it } from '@jest/globals';
import type { Limit } from '../../kernel/rules.js';
import { loadRulebook } from './load-rulebook.js';
import type { RuleFields } from './rulebook-fields.js';

/**
 * Every row of the rulebook, as its source reads: what it limits, in numbers or in words, and whether anybody has seen that in a text.
 * Written by hand from the text, not from the file: who changes one changes the other. `-`: no number, without delay.
 */
const rows = `
A1 - seen | A2 - seen | A3 72CH seen | A4 1WD amber | A5 - seen | A6 5WD amber | A7 - seen | A8 5WD seen | A9 - amber
B1 1WD seen | B2 - seen | B3 15WD seen | B4 5WD amber | B5 - seen | B6 - seen | B7 - seen | B8 - amber
C1 - seen | C2 before_transfer seen | C3 before_transfer seen | C4 - seen | C5 - amber | C6 the_transfer_meeting:_quarterly_in_Coventry,_monthly_in_Leicester seen
C7 - amber | C8 - amber | C9 - amber | C10 - seen | C11 6MO seen
D1 6CH seen | D2 - seen | D3 the_next_hearing seen | D4 - seen | D5 10WD amber | D6 the_end_of_the_same_day amber | D7 5WD seen | D8 - seen | D9 10CD seen
D10 10WD amber | D10a 3MO amber | D10b 10_working_days_before_release amber | D10c 5WD amber | D11 - seen | D11a - amber | D12 each_review seen
D13 words amber | D14 - seen | D15 - amber | D15a - amber | D16 - seen | D16a - seen
E1 20WD amber | E2 1WD seen | E3 10WD amber | E4 - seen | E5 1WD amber | E6 - seen | E7 - seen | E8 14CD seen | E9 7CD seen | E10 - seen | E11 3MO amber
F1 - seen | F2 6SD seen | F3 every_week amber | F4 - seen | F5 5WD amber | F5a 10WD amber
G1 - seen | G2 - seen | G3 - seen | G4 - seen | G5 - seen | G6 - amber | G7 - seen | G8 - seen | G8a 1MO seen | G9 - amber`
  .split(/[|\n]/)
  .map((row) => row.trim())
  .filter((row) => row !== '');

const units: Readonly<Record<Limit['unit'], string>> = {
  'clock-hours': 'CH',
  'calendar-days': 'CD',
  'working-days': 'WD',
  'school-days': 'SD',
  months: 'MO',
};

function written({ id, limit, by, verified }: RuleFields): string {
  const words = (by ?? '-').replaceAll(' ', '_');
  const until = limit ? `${limit.amount}${units[limit.unit]}` : id === 'D13' ? 'words' : words;
  return `${id} ${until} ${verified ? 'seen' : 'amber'}`;
}

const { rules } = loadRulebook(undefined).book;
const rule = (id: string) => rules.find((one) => one.id === id);

describe('the rulebook that is shipped', () => {
  it('has every row of the sections A to G with the limit that its text gives, and amber where no text does', () => {
    expect(rules.map(written)).toEqual(rows);
  });

  it('has the numbers that the texts give besides', () => {
    const numbers = (id: string) => Object.values(rule(id)?.numbers ?? {});
    expect(Object.fromEntries(['A6', 'C1', 'D1', 'D11', 'D16a', 'E6', 'E10', 'F3', 'F4', 'G8'].map((id) => [id, numbers(id)]))) // prettier-ignore
      .toEqual({
        ...{ A6: [3, 90], C1: [17, 6], D1: [9, 24], D11: [8, 1, 1, 18, 2, 1, 2], D16a: [550, 155] },
        ...{ E6: [12, 6], E10: [3, 12], F3: [25, 16], F4: [12, 11, 7, 9], G8: [3, 5, 75] },
      });
    expect(rule('B3')?.from).toBe('the strategy discussion that started the section 47 enquiry');
    expect(rule('D7')?.from).toBe('the authority becoming aware');
  });

  it('takes what is late of A and B to the team manager first, then to the head of service', () => {
    for (const id of ['A3', 'A4', 'A6', 'A8', 'B1', 'B3'])
      expect([id, rule(id)?.escalations?.map(({ to }) => to)]).toEqual([id, ['team-manager', 'head-of-service']]);
  });

  it('warns before it is late, the longer warning first', () => {
    for (const { id, warnings = [], limit } of rules.filter(({ limit }) => limit))
      for (const [at, { amount, unit }] of warnings.entries()) {
        const before = warnings[at - 1] ?? limit;
        expect([id, before?.unit === unit ? before.amount > amount : before !== undefined]).toEqual([id, true]);
      }
  });

  it('acts on news for longer than the limit is', () => {
    const hours: Readonly<Record<Limit['unit'], number>> = {
      ...{ 'clock-hours': 1, 'calendar-days': 24, 'working-days': 24, 'school-days': 24, months: 730 },
    };
    const late = rules.filter(({ id, limit, actWithin }) => /^[AB]/.test(id) && limit && actWithin);
    expect(late.map(({ id }) => id)).toEqual(['A3', 'A4', 'A6', 'A8', 'B1', 'B3', 'B4']);
    for (const { id, limit, actWithin } of late) {
      const [long, short] = [actWithin, limit].map((one) => (one ? one.amount * hours[one.unit] : 0));
      expect([id, (long ?? 0) > (short ?? 0)]).toEqual([id, true]);
    }
  });
});
