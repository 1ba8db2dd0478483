import { Temporal } from 'temporal-polyfill';
import { decide } from '../../../libs/disclosure/decide.js';
import { sightOf } from '../../../libs/disclosure/sight.js';
import type { KnownPerson } from '../../../libs/identity/person.js';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import { dayInLondon, isDay } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { open } from '../../../libs/platform/keys/seal.js';
import type { Looker } from '../looks/looker.js';
import type { ChildRow, HolderRow, RecordRow } from './child-rows.js';
import { toldOf, type Said } from './told.js';

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
  /** Who acts for the case manager now. */
  readonly cover?: string;
  /** RFC 3339, when that ends; absent: until further notice. */
  readonly coverUntil?: string;
}

export interface ViewParts {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly clock: Clock;
}

type Looking = Pick<Looker, 'viewer' | 'purpose'>;

/**
 * Opens what sources say of these children, as far as this looker may know it. Holding a child's case widens what of its
 * timeline is seen, not the name it goes by: so a list, a search and a timeline say the same.
 */
export async function viewsOf(rows: readonly ChildRow[], looker: Looking, parts: ViewParts): Promise<ChildView[]> {
  const { database, keys, clock } = parts;
  const records = rows.flatMap((row) => row.records);
  const found = await keys.find([...new Set(records.map(({ key_id }) => key_id))]);
  const said = records.flatMap((record) => saidIn(record, found.get(record.key_id)));
  const told = await toldOf(database, said, sightOf(looker.viewer, looker.purpose));
  const persons = Map.groupBy(told, ({ record }) => record);
  const today = dayInLondon(new Date(clock.now()).toISOString());
  return rows.map((row) => {
    const ofChild = row.records.flatMap(({ stream }) => personOf(stream, persons.get(stream) ?? [])).sort(newestFirst);
    return { ...viewOf(row, ofChild, shownHolders(row, looker)[0], today), ...coverOf(row, looker) };
  });
}

/** Who holds the case, newest first, where the looker sees the entry that says so. */
export function shownHolders({ holders }: ChildRow, { viewer, purpose }: Looking): HolderRow[] {
  return holders.filter(({ entry }) => entry !== undefined && decide(viewer, purpose, entry) === 'full');
}

function coverOf({ covers }: ChildRow, { viewer, purpose }: Looking): Pick<ChildView, 'cover' | 'coverUntil'> {
  const shown = covers.find(({ entry }) => entry !== undefined && decide(viewer, purpose, entry) === 'full');
  if (!shown) return {};
  const { worker, worker_name, until } = shown;
  return { cover: worker_name ?? worker, ...(until === undefined ? {} : { coverUntil: until }) };
}

const fields = ['givenNames', 'familyName', 'birthDate'] as const;

interface SaidPart extends Said {
  readonly field: (typeof fields)[number];
  readonly value: string;
}

function saidIn({ stream, agency, person }: RecordRow, key: DataKey | undefined): SaidPart[] {
  if (!key || !person) return [];
  const known = JSON.parse(open(key, person, stream).toString()) as KnownPerson;
  return fields.flatMap((field) => {
    const [value, at] = [known[field], known.statedAt[field]];
    return value === undefined || at === undefined ? [] : [{ record: stream, agency, at, field, value }];
  });
}

interface Person extends Readonly<Partial<Record<SaidPart['field'], string>>> {
  readonly stream: string;
  /** When the newest part of it was stated, in milliseconds since the epoch. */
  readonly at: number;
}

function personOf(stream: string, said: readonly SaidPart[]): Person {
  const at = Math.max(...said.map((part) => Date.parse(part.at)));
  return { stream, at, ...Object.fromEntries(said.map(({ field, value }) => [field, value])) };
}

function newestFirst(a: Person, b: Person): number {
  return a.at === b.at ? (a.stream < b.stream ? -1 : 1) : b.at - a.at;
}

function viewOf(
  { id, provisional }: ChildRow,
  persons: readonly Person[],
  holder: HolderRow | undefined,
  today: string,
): ChildView {
  const named = persons.find(({ familyName }) => familyName) ?? persons.find(({ givenNames }) => givenNames);
  const name = [named?.givenNames, named?.familyName].filter(Boolean).join(' ');
  const birthDate = persons.map((person) => person.birthDate).find((date) => date !== undefined && isDay(date));
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

/** Age and days to the 18th birthday, on a day. */
// Somebody born on 29 February has their birthday on 1 March of a common year; the 18th always falls in one.
export function ageOn(birthDate: string, today: string): { age: number; daysTo18?: number } {
  const born = Temporal.PlainDate.from(birthDate);
  const day = Temporal.PlainDate.from(today);
  const leapling = born.month === 2 && born.day === 29;
  const counted = leapling && !day.inLeapYear ? born.add({ days: 1 }) : born;
  const eighteenth = born.add({ days: leapling ? 1 : 0 }).add({ years: 18 });
  const daysTo18 = day.until(eighteenth).days;
  const age = Math.max(0, counted.until(day, { largestUnit: 'year' }).years);
  return { age, ...(daysTo18 > 0 ? { daysTo18 } : {}) };
}
