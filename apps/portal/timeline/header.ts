import { decode } from '../../../libs/contracts/catalogue.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { dayInLondon, isDay } from '../../../libs/kernel/london.js';
import { headerOf, type Header } from '../../../libs/timeline/header/header.fold.js';
import type { HeaderFact } from '../../../libs/timeline/header/header-fact.js';
import { ageOn, type ChildView, type ViewParts } from '../children/child-view.js';
import { readHeaderRows, readNamingRows } from './header-rows.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import type { Seen } from './timeline-rows.js';

/** The header of a child, of what this viewer sees in full, now or as it was known. */
export async function readHeader(seen: Seen, { database, keys, clock }: ViewParts): Promise<Header> {
  const rows = await readHeaderRows(database, seen);
  const facts = (await openRows(keys, rows)).flatMap(({ row, opened }): HeaderFact[] => {
    const content = opened.erased ? undefined : decode(row.type, opened.data);
    const { key: entry, record, type, agency, occurred_at: occurredAt } = row;
    return content && isAgency(agency) ? [{ entry, record, type, agency, occurredAt, content }] : [];
  });
  return headerOf(facts, seen.asKnownAt ?? new Date(clock.now()).toISOString());
}

/** The child as it was named then, by the entries this viewer sees: what was said of it later is not in it. */
export async function viewAsKnown(
  { id, provisional }: ChildView,
  asKnownAt: string,
  seen: Seen,
  { database, keys }: ViewParts,
): Promise<ChildView> {
  const opened = await openRows(keys, await readNamingRows(database, seen));
  const persons = opened.flatMap(({ row, opened: content }) =>
    content.erased ? [] : personIn(decode(row.type, content.data)?.['person']),
  );
  const named = persons.find(({ familyName }) => familyName) ?? persons.find(({ givenNames }) => givenNames);
  const birthDate = persons.map((person) => person.birthDate).find((date) => isDay(date));
  const name = [named?.givenNames, named?.familyName].filter(Boolean).join(' ');
  return {
    id,
    provisional,
    ...(name === '' ? {} : { name }),
    ...(birthDate === undefined ? {} : { birthDate, ...ageOn(birthDate, dayInLondon(asKnownAt)) }),
  };
}

function personIn(value: unknown): Record<'givenNames' | 'familyName' | 'birthDate', string>[] {
  if (typeof value !== 'object' || value === null) return [];
  const said = new Map(Object.entries(value));
  const text = (field: string): string => {
    const part: unknown = said.get(field);
    return typeof part === 'string' ? part : '';
  };
  return [{ givenNames: text('givenNames'), familyName: text('familyName'), birthDate: text('birthDate') }];
}
