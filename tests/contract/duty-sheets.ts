import { randomUUID } from 'node:crypto';
import { Looks } from '../../apps/portal/looks/looks.js';
import type { Looker } from '../../apps/portal/looks/looker.js';
import { ActOnItem } from '../../apps/portal/today/act-on-item.command.js';
import { ReadToday, type TodaySheet } from '../../apps/portal/today/read-today.query.js';
import type { SheetItem } from '../../apps/portal/today/sheet.js';
import { ActOnItemHandler, ReadTodayHandler } from '../../apps/portal/today/today.handler.js';
import { drainReactions } from '../../apps/worker/react/reaction.loop.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { capabilities } from '../../libs/capabilities.js';
import type { Purpose } from '../../libs/disclosure/terms.js';
import { loadRulebook } from '../../libs/duties/rulebook/load-rulebook.js';
import type { Agency } from '../../libs/kernel/agency.js';
import { AuditChain } from '../../libs/platform/audit/chain.js';
import type { Owned } from '../../libs/platform/watch/duty-store.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';

const reactions = { capabilities, rules: loadRulebook(undefined).rules };

/** Somebody with a duty sheet. `area`: where they work for another authority or force than the hub's. */
export const looker = (who: string, role: string, purpose: Purpose, agency: Agency = 'yos', area?: string): Looker => ({
  viewer: { who, agency, roles: [role], ...(area === undefined ? {} : { area }) },
  purpose,
  correlationId: randomUUID(),
});

/** Duty sheets of a hub in which the demonstration childhood has been told, and has been reacted to. */
export interface DutySheets {
  readonly hub: TestHub;
  /** What the sheets take for now, in milliseconds since the epoch. */
  now: number;
  /** Until it shows on a sheet. */
  tell(...tellings: readonly Telling[]): Promise<void>;
  read(by: Looker): Promise<TodaySheet>;
  items(by: Looker, section: string): Promise<readonly SheetItem[]>;
  act(by: Looker, action: ActOnItem['action'], item: string, to?: string): Promise<Owned | undefined>;
  close(): Promise<void>;
}

export async function openDutySheets(): Promise<DutySheets> {
  const hub = await openTestHub();
  const chain = await AuditChain.open(hub);
  const stop = new AbortController();
  await hub.projections.prepare();
  const following = hub.projections.run(stop.signal);
  const clock = { now: () => sheets.now };
  const looks = new Looks(chain, clock, hub.metrics);
  const sheet = new ReadTodayHandler(hub.database, hub.keys, clock, hub.config, looks);
  const acts = new ActOnItemHandler(hub.database, clock, hub.config, looks, sheet);
  const sheets: DutySheets = {
    hub,
    now: Date.now(),
    tell: async (...tellings) => {
      await hub.keep(...tellings);
      await drain(hub);
      await hub.projections.settled();
      await drainReactions(hub, reactions);
      await hub.projections.settled();
    },
    read: async (by) => sheet.execute(new ReadToday(by, by.viewer.who)),
    items: async (by, section) => (await sheets.read(by)).sections.find(({ id }) => id === section)?.items ?? [],
    act: async (by, action, item, to) => (await acts.execute(new ActOnItem(by, by.viewer.who, action, item, to))).owned,
    close: async () => {
      stop.abort();
      await following;
      await chain.close();
      await hub.close();
    },
  };
  await sheets.tell(...childhood(new Date(sheets.now).toISOString()));
  return sheets;
}
