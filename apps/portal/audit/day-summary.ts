import { endOfDayLondon, startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';

/** A day of looks in a few numbers, in which the odd one stands out. */
export interface DaySummary {
  /** Looks of each agency for each purpose, most first. */
  readonly looks: readonly { readonly agency: string; readonly purpose: string; readonly count: number }[];
  /** Who was answered "not found" often within one hour: somebody who tries out addresses. */
  readonly bursts: readonly Counted[];
  /** People (no systems) who looked before 07:00, after 19:00 or at a weekend, in London. */
  readonly outOfHours: readonly Counted[];
  /** Emergency access asked for. */
  readonly emergencies: number;
}

interface Counted {
  readonly who: string;
  readonly agency: string;
  readonly count: number;
}

const BURST = 10;
const MOST = 10;

/** `day`: `YYYY-MM-DD`, in London. */
export async function summaryOf(database: Database, day: string): Promise<DaySummary> {
  const range = [startOfDayLondon(day), endOfDayLondon(day)];
  const [looks, bursts, outOfHours, emergencies] = await Promise.all([
    database.query<DaySummary['looks'][number]>(
      `select agency, purpose, count(*)::integer as count from audit where at between $1 and $2
        group by agency, purpose order by count(*) desc, agency, purpose`,
      range,
    ),
    database.query<Counted>(
      `select who, agency, max(count)::integer as count from (
         select who, agency, count(*) from audit where at between $1 and $2 and outcome = 'not-found'
          group by who, agency, date_trunc('hour', at) having count(*) >= ${BURST}) h
        group by who, agency order by 3 desc, who limit ${MOST}`,
      range,
    ),
    database.query<Counted>(
      `select who, agency, count(*)::integer as count from (
         select who, agency, at at time zone 'Europe/London' as local from audit
          where at between $1 and $2 and not 'system' = any(roles)) l
        where extract(isodow from local) > 5 or extract(hour from local) < 7 or extract(hour from local) >= 19
        group by who, agency order by 3 desc, who limit ${MOST}`,
      range,
    ),
    database.query<{ count: number }>(
      `select count(*)::integer as count from audit where at between $1 and $2 and what = 'break-glass.open' and purpose = 'emergency'`,
      range,
    ),
  ]);
  return {
    looks: looks.rows,
    bursts: bursts.rows,
    outOfHours: outOfHours.rows,
    emergencies: emergencies.rows[0]?.count ?? 0,
  };
}
