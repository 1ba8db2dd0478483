import { versionsOf } from '../../../libs/contracts/evolution.js';
import { decode } from '../../../libs/contracts/catalogue.js';
import { decide } from '../../../libs/disclosure/decide.js';
import { isAgency } from '../../../libs/kernel/agency.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import { carriedOutTypes } from '../../../libs/timeline/header/carried-out.js';
import type { HeaderFact } from '../../../libs/timeline/header/header-fact.js';
import { headerOf, type Header } from '../../../libs/timeline/header/header.fold.js';
import type { TimelineRow } from '../../../libs/timeline/timeline.projection.js';
import type { Sight } from '../duties/sight.js';
import { readHolding, readHoldingKinds } from './vital-rows.js';

/** Of a timeline's header, what a row of a board says. */
export type Vitals = Pick<Header, 'self-harm' | 'medical' | 'bail' | 'tag'>;

const types = ['hub.court.v1.ResultRecorded', 'hub.yos.v1.VitalFlagRecorded', ...carriedOutTypes].flatMap(versionsOf);

/** Medical need, self-harm, curfew and bail of these children, as the header of each says it to this looker: in as many statements for many. */
export async function vitalsOf(sight: Sight, ids: readonly string[]): Promise<(child: string) => Vitals> {
  const { database, keys } = sight.parts;
  const known = await sight.known(ids);
  const kinds = await readHoldingKinds(database, [...known.keys()], types);
  const full = new Map(
    [...known].map(([id, { viewer }]) => [
      id,
      (kinds.get(id) ?? []).filter((kind) => decide(viewer, sight.looker.purpose, kind) === 'full'),
    ]),
  );
  const rows = await readHolding(database, full, types);
  const facts = Map.groupBy(
    (await openRows(keys, rows)).flatMap(({ row, opened }) => {
      const content = opened.erased ? undefined : decode(row.type, opened.data);
      return content ? factOf(row, content) : [];
    }),
    ({ child }) => child,
  );
  return (child) =>
    headerOf(
      (facts.get(child) ?? []).map(({ fact }) => fact),
      sight.at,
    );
}

function factOf(
  { child, key: entry, type, record, agency, occurred_at: occurredAt }: TimelineRow & { readonly child: string },
  content: HeaderFact['content'],
): { readonly child: string; readonly fact: HeaderFact }[] {
  return isAgency(agency) ? [{ child, fact: { entry, type, record, agency, occurredAt, content } }] : [];
}
