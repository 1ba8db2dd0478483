import { describe, expect, it } from '@jest/globals';
import { childhood, toldAt } from './childhood.js';

const now = '2026-03-02T10:00:00Z';

describe('the demonstration childhood', () => {
  const told = childhood(now);

  it('is told by every agency that publishes so far, through both doors', () => {
    expect(new Set(told.map(({ system }) => system))).toEqual(
      new Set(['police', 'court', 'social-care', 'probation', 'secure-estate', 'yos']),
    );
    expect(new Set(told.map(({ door }) => door))).toEqual(new Set(['events', 'native']));
    expect(told.length).toBeGreaterThanOrEqual(25);
  });

  it('is in the order in which the sources said it, over two years, and over before now', () => {
    const times = told.map(toldAt);
    expect(times).toEqual(times.toSorted());
    expect(times.at(0)?.slice(0, 4)).toBe('2024');
    expect((times.at(-1) ?? '') < now).toBe(true);
  });

  it('gives every message an id of its own', () => {
    const ids = told.map((one) => (one.door === 'events' ? one.event.id : one.headers['hub-message-id']));
    expect(new Set(ids).size).toBe(told.length);
  });

  it('says the same again for the same day, and keeps the children the same age on another', () => {
    expect(childhood(now)).toEqual(told);
    const later = JSON.stringify(childhood('2031-03-02T10:00:00Z'));
    expect(later).toContain('"birthDate":"2013-10-');
    expect(JSON.stringify(told)).toContain('"birthDate":"2008-10-');
  });
});
