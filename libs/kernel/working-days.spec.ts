import { describe, expect, it } from '@jest/globals';
import { bankHolidays, isWorkingDay } from './working-days.js';

describe('working days', () => {
  // As published on gov.uk/bank-holidays for England.
  it.each([
    [2024, ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26']],
    [2025, ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26']],
    [2026, ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28']],
    [2027, ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28']],
    [2028, ['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26']],
  ])('knows the bank holidays of %i', (year, days) => {
    expect(bankHolidays(year)).toEqual(days.map((day) => `${year}-${day}`));
  });

  it('Christmas on a Sunday moves to the Tuesday', () => {
    expect(bankHolidays(2022).slice(-2)).toEqual(['2022-12-26', '2022-12-27']);
  });

  it('leaves out weekends, bank holidays and days declared besides', () => {
    expect(isWorkingDay('2026-11-24')).toBe(true);
    expect(isWorkingDay('2026-11-28')).toBe(false);
    expect(isWorkingDay('2026-12-28')).toBe(false);
    expect(isWorkingDay('2023-05-08')).toBe(false);
    expect(isWorkingDay('2023-05-09', ['2023-05-09'])).toBe(false);
  });
});
