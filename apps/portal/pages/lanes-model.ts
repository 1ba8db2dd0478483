import { agencies, type Agency } from '../../../libs/kernel/agency.js';
import type { Month } from '../timeline/years.js';
import { agencyWords } from './words.js';

const LANE = 46;
const BAR = 22;
// Of a bar that stands for one entry: a tick must be seen.
const LEAST = 7;
const FOOT = 22;
const MOST_LABELS = 9;

/** Where a segment leads: the entries of one agency in one year. */
export type SegmentAddress = (agency: Agency, year: string) => string;

/**
 * The years as lanes, one for each agency that is shown, a bar for each month with entries, the higher the more. Lengths
 * across are shares of the width in per cent, so that nothing is stretched; heights are pixels.
 */
export function lanesModel(months: readonly Month[], addressOf: SegmentAddress) {
  const years = yearsBetween(months.map(({ month }) => month.slice(0, 4)));
  const first = years[0];
  if (first === undefined) return undefined;
  const most = Math.max(...months.map(({ entries }) => entries));
  const shown = agencies.filter((agency) => months.some((month) => month.agency === agency));
  const every = Math.ceil(years.length / MOST_LABELS);
  const x = (month: number): string => ((month / (years.length * 12)) * 100).toFixed(3);
  return {
    height: shown.length * LANE + FOOT,
    foot: shown.length * LANE + FOOT - 6,
    years: years.map((year, index) => ({ year, x: x(index * 12), label: index % every === 0 })),
    lanes: shown.map((agency, lane) => {
      const own = months.filter((month) => month.agency === agency);
      return {
        agency,
        name: agencyWords[agency].name,
        labelY: lane * LANE + 16,
        top: lane * LANE + LANE - BAR - 2,
        bar: BAR,
        segments: years.flatMap((year, index) => {
          const of = own.filter(({ month }) => month.startsWith(year));
          const entries = total(of);
          if (entries === 0) return [];
          return {
            year,
            entries,
            href: addressOf(agency, year),
            x: x(index * 12),
            width: x(12),
            ticks: of.map((month) => tick(month, index, lane, most, x)),
          };
        }),
        counts: years.map((year) => total(own.filter(({ month }) => month.startsWith(year)))),
        total: total(own),
      };
    }),
  };
}

function tick({ month, entries }: Month, year: number, lane: number, most: number, x: (month: number) => string) {
  const height = Math.round(LEAST + (BAR - LEAST) * (most === 1 ? 1 : (entries - 1) / (most - 1)));
  return { x: x(year * 12 + Number(month.slice(5)) - 1), width: x(0.8), y: lane * LANE + LANE - 2 - height, height };
}

const total = (months: readonly Month[]): number => months.reduce((sum, { entries }) => sum + entries, 0);

// Years without an entry are part of a childhood too.
function yearsBetween(years: readonly string[]): string[] {
  const [from, to] = [Math.min(...years.map(Number)), Math.max(...years.map(Number))];
  if (years.length === 0) return [];
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(4, '0'));
}
