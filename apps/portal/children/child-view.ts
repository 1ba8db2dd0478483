import { Temporal } from 'temporal-polyfill';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { dayInLondon, isDay } from '../../../libs/kernel/london.js';
import { open } from '../../../libs/platform/keys/seal.js';
import type { ChildRow, RecordRow } from './child-rows.js';

/** A child as pages and the API name it. What no system has sent is absent, and the page says so. */
export interface ChildView {
  readonly id: string;
  readonly name?: string;
  /** For ordering lists. */
  readonly familyName?: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** Whole years, today in London. */
  readonly age?: number;
  /** Days until the 18th birthday; absent from then on. */
  readonly daysTo18?: number;
  /** True until an identifier that may link, or a person, has confirmed who this is. */
  readonly provisional: boolean;
  readonly caseManager?: string;
  readonly team?: string;
}

interface Person {
  readonly givenNames?: string;
  readonly familyName?: string;
  readonly birthDate?: string;
}

/** Opens what sources say of these children. `now` is in milliseconds since the epoch. */
export async function viewsOf(rows: readonly ChildRow[], keys: KeyStore, now: number): Promise<ChildView[]> {
  const ids = rows.flatMap(({ records }) => records.map(({ key_id }) => key_id));
  const found = await keys.find([...new Set(ids)]);
  return rows.map((row) => {
    const persons = [...row.records].sort(newestFirst).flatMap((record): Person[] => {
      const key = found.get(record.key_id);
      return key && record.person ? [JSON.parse(open(key, record.person, record.stream).toString()) as Person] : [];
    });
    return viewOf(row, persons, dayInLondon(new Date(now).toISOString()));
  });
}

function viewOf({ id, provisional, holders }: ChildRow, persons: readonly Person[], today: string): ChildView {
  const named = persons.find(({ familyName }) => familyName) ?? persons.find(({ givenNames }) => givenNames);
  const name = [named?.givenNames, named?.familyName].filter(Boolean).join(' ');
  const birthDate = persons.map((person) => person.birthDate).find((date) => date !== undefined && isDay(date));
  const [holder] = holders;
  return {
    id,
    ...(name === '' ? {} : { name }),
    ...(named?.familyName ? { familyName: named.familyName } : {}),
    ...(birthDate === undefined ? {} : { birthDate, ...ageOn(birthDate, today) }),
    provisional,
    ...(holder ? { caseManager: holder.worker_name ?? holder.worker } : {}),
    ...(holder?.team ? { team: holder.team } : {}),
  };
}

// Somebody born on 29 February has their birthday on 1 March of a common year; the 18th always falls in one.
function ageOn(birthDate: string, today: string): { age: number; daysTo18?: number } {
  const born = Temporal.PlainDate.from(birthDate);
  const day = Temporal.PlainDate.from(today);
  const leapling = born.month === 2 && born.day === 29;
  const counted = leapling && !day.inLeapYear ? born.add({ days: 1 }) : born;
  const eighteenth = born.add({ days: leapling ? 1 : 0 }).add({ years: 18 });
  const daysTo18 = day.until(eighteenth).days;
  const age = Math.max(0, counted.until(day, { largestUnit: 'year' }).years);
  return { age, ...(daysTo18 > 0 ? { daysTo18 } : {}) };
}

function newestFirst(a: RecordRow, b: RecordRow): number {
  return statedAt(b) - statedAt(a) || (a.stream < b.stream ? -1 : 1);
}

const statedAt = ({ person_stated_at }: RecordRow): number =>
  person_stated_at === null ? Number.NEGATIVE_INFINITY : Date.parse(person_stated_at);
