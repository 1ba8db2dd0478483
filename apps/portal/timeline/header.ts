import type { JsonObject } from '@bufbuild/protobuf';
import { decode } from '../../../libs/contracts/catalogue.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import type { HeldFact } from '../../../libs/kernel/capability.js';
import type { Opened } from '../../../libs/kernel/keys.js';
import { dayInLondon, isDay } from '../../../libs/kernel/london.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import { headerOf, type Header } from '../../../libs/timeline/header/header.fold.js';
import type { HeaderFact } from '../../../libs/timeline/header/header-fact.js';
import { ageOn, type ChildView, type ViewParts } from '../children/child-view.js';
import { readNamingRows } from './header-rows.js';
import { openReports } from './missing-now.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import type { Seen } from './timeline-rows.js';

type HeaderParts = ViewParts & { readonly rules: Rules };

/** The header from its rows, and what these say, by event id. */
export function headerFrom(
  rows: readonly { readonly row: TimelineRow; readonly opened: Opened }[],
  { asKnownAt }: Seen,
  { clock, rules }: Pick<HeaderParts, 'clock' | 'rules'>,
): { readonly header: Header; readonly contents: ReadonlyMap<string, JsonObject> } {
  const contents = new Map(
    rows.flatMap(({ row, opened }) => {
      const content = opened.erased ? undefined : decode(row.type, opened.data);
      return content ? [[row.key, content] as const] : [];
    }),
  );
  const held = rows.flatMap(({ row }) => {
    const content = contents.get(row.key);
    return content ? heldFact(row, content) : [];
  });
  const at = asKnownAt ?? new Date(clock.now()).toISOString();
  const happened = held.filter(({ occurredAt }) => Date.parse(occurredAt) <= Date.parse(at));
  const facts = held.map(({ event: entry, ...fact }): HeaderFact => ({ entry, ...fact }));
  return { header: headerOf(facts, at, openReports(happened, rules)), contents };
}

function heldFact(row: TimelineRow, content: JsonObject): HeldFact[] {
  const { key: event, fact, type, record, agency, system, category, handling, precision, history } = row;
  if (!isAgency(agency)) return [];
  return [
    {
      ...{ event, fact, type, record, agency, system, category, handling, precision, history, content },
      occurredAt: row.occurred_at,
      statedAt: row.stated_at,
      receivedAt: row.received_at,
      recordedAt: row.recorded_at,
      corrected: row.supersedes !== null,
    },
  ];
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
