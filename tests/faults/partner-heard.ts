import { render } from '../../apps/worker/tell/render.js';
import type { SplitHub } from './split-hub.js';

/** What a partner's system did not hear as it should, by ids of notices; all empty when it did. */
export interface Misheard {
  /** They stand, and it may have them, and they never came: with what became of them in the queue. */
  readonly missing: readonly string[];
  /** They came, were taken back, and that did not come. */
  readonly notTakenBack: readonly string[];
  /** In a thread, before one that was raised earlier; a recall before what it recalls. */
  readonly outOfOrder: readonly string[];
  /** Under an id that no notice to it has: not the one it had the first time, or another's notice. */
  readonly unknown: readonly string[];
}

interface Row {
  readonly id: string;
  readonly thread: string;
  readonly state: string;
  readonly queued: string | null;
}

export async function misheard({ parts, receiver, endpoint }: SplitHub): Promise<Misheard> {
  const { rows } = await parts.database.query<Row>(
    `select key as id, thread, state,
            (select string_agg(concat_ws(' ', d.event, d.state, d.attempts, d.waits), ', ') from webhook_deliveries d
             where d.notice = n.key) as queued
     from notices n where to_agency = $1 order by position`,
    [endpoint.agency],
  );
  const order = [...new Set(receiver.taken.map(({ id }) => id))];
  const first = new Map(order.map((id, place) => [id, place]));
  const missing: string[] = [];
  for (const { id, thread, state, queued } of rows) {
    if (state !== 'told' || first.has(id)) continue;
    const delivery = { seq: 0n, notice: id, event: 'raised', thread, attempts: 1, first_at: null, waits: 0 } as const;
    if (typeof (await render(parts, endpoint, delivery)) !== 'string')
      missing.push(`${id}: ${queued ?? 'never put into it'}`);
  }
  const known = new Set(rows.flatMap(({ id }) => [id, back(id)]));
  const late = [...Map.groupBy(rows, ({ thread }) => thread).values()].flatMap((thread) => {
    const places = thread.flatMap(({ id }) => first.get(id) ?? []);
    return places.filter((place, at) => places.slice(0, at).some((before) => before > place));
  });
  const early = rows.filter(({ id }) => (first.get(back(id)) ?? Infinity) < (first.get(id) ?? Infinity));
  return {
    missing,
    notTakenBack: rows
      .filter(({ id, state }) => state === 'recalled' && first.has(id) && !first.has(back(id)))
      .map(({ id }) => id),
    outOfOrder: [...late.map((place) => order[place] ?? ''), ...early.map(({ id }) => id)],
    unknown: order.filter((id) => !known.has(id)),
  };
}

export const heardAsItShould: Misheard = { missing: [], notTakenBack: [], outOfOrder: [], unknown: [] };

const back = (id: string): string => `${id}.recalled`;
