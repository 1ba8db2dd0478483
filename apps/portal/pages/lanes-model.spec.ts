import { describe, expect, it } from '@jest/globals';
import type { Agency } from '../../../libs/kernel/agency.js';
import { lanesModel } from './lanes-model.js';

const month = (agency: Agency, name: string, entries = 1) => ({ agency, month: name, entries });
const lanes = (...months: ReturnType<typeof month>[]) => lanesModel(months, (agency, year) => `/${agency}/${year}`);

describe('the years at a glance', () => {
  it('is not there when nothing is', () => {
    expect(lanes()).toBeUndefined();
  });

  it('has a lane for each agency that is shown, in their one order, and every year between the first and the last', () => {
    const model = lanes(month('yos', '2026-01'), month('police', '2023-12', 3));
    expect(model?.lanes.map(({ name }) => name)).toEqual(['Police', 'Youth offending service']);
    expect(model?.years.map(({ year }) => year)).toEqual(['2023', '2024', '2025', '2026']);
    expect(model?.lanes.map(({ counts, total }) => [counts, total])).toEqual([
      [[3, 0, 0, 0], 3],
      [[0, 0, 0, 1], 1],
    ]);
  });

  it('leads from a year of a lane to its entries, and from an empty one nowhere', () => {
    const model = lanes(month('court', '2025-02'), month('court', '2025-03', 2), month('police', '2024-01'));
    expect(model?.lanes.map(({ segments }) => segments.map(({ href, entries }) => [href, entries]))).toEqual([
      [['/police/2024', 1]],
      [['/court/2025', 3]],
    ]);
  });

  it('puts a month where it lies in the years, higher the more it holds, and never outside its lane', () => {
    const model = lanes(month('court', '2025-01'), month('court', '2025-07', 40), month('court', '2025-12', 2));
    const ticks = model?.lanes[0]?.segments[0]?.ticks ?? [];
    expect(ticks.map(({ x }) => Number(x))).toEqual([0, 50, 91.667]);
    expect(ticks[1]?.height).toBeGreaterThan(ticks[2]?.height ?? 0);
    expect(ticks[2]?.height).toBeGreaterThanOrEqual(ticks[0]?.height ?? 0);
    for (const { y, height } of ticks) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(model?.height ?? 0);
    }
  });

  it('labels no more years than a narrow page can hold', () => {
    const model = lanes(month('police', '2008-01'), month('police', '2026-01'));
    expect(model?.years.filter(({ label }) => label).length).toBeLessThanOrEqual(9);
  });
});
