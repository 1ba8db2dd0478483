import { Inject } from '@nestjs/common';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clock } from '../../../libs/kernel/clock.js';
import { loadRulebook } from '../../../libs/duties/rulebook/load-rulebook.js';
import type { Rules } from '../../../libs/kernel/rules.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Config } from '../../../libs/platform/config.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { badRequest, notFound } from '../../../libs/platform/problems/problem.js';
import { CLOCK, CONFIG, HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import {
  colleagues,
  done,
  handOver,
  keptItems,
  noteStaff,
  ownersOf,
  SERVICE_DESK,
  take,
  type Colleague,
  type Owned,
} from '../../../libs/platform/watch/duty-store.js';
import { purposeOf } from '../../../libs/disclosure/pages.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import type { Looker } from '../looks/looker.js';
import { Looks } from '../looks/looks.js';
import { ActOnItem, type Acted } from './act-on-item.command.js';
import { loopsToday } from '../boards/loops-today.js';
import { childId } from '../children/child-id.js';
import { onDutyFor } from '../rota/on-duty.js';
import { ownOf } from '../duties/list-today.js';
import { Sight } from '../duties/sight.js';
import { childMatters } from './child-matters.js';
import { dutyDay } from './duty-day.js';
import { ReadToday, type TodaySheet } from './read-today.query.js';
import { sections } from './sections.js';
import type { Section, SheetItem } from './sheet.js';

const SEEN_WITHIN_MS = 30 * 86_400_000;

@QueryHandler(ReadToday)
export class ReadTodayHandler implements IQueryHandler<ReadToday, TodaySheet> {
  readonly #rules: Rules;

  constructor(
    @Inject(HUB_DATABASE) readonly database: Database,
    @Inject(KEY_STORE) readonly keys: KeyStore,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly looks: Looks,
  ) {
    this.#rules = loadRulebook(config.HUB_AREA).rules;
  }

  async execute({ looker, name, asked }: ReadToday): Promise<TodaySheet> {
    const now = this.clock.now();
    const { day, inHours } = dutyDay(now, this.config.HUB_OFFICE_HOURS);
    const shown = await this.sheet(looker, asked);
    await noteStaff(
      this.database,
      { who: looker.viewer.who, name },
      deskOf(looker.viewer),
      new Date(now).toISOString(),
    );
    const items = shown.flatMap(({ items: some }) => some);
    await this.looks.record(looker, {
      what: 'today.read',
      outcome: 'shown',
      details: {
        items: items.length,
        children: [...new Set(items.flatMap(({ child }) => (child ? [child.id] : [])))],
      },
      shown: [...new Set(items.flatMap(({ events }) => events ?? []))],
    });
    const { HUB_OUT_OF_HOURS } = this.config;
    const rota =
      purposeOf(looker.viewer, 'rota') === undefined ? undefined : await onDutyFor(this.database, looker.viewer, now);
    return {
      day,
      ...(rota === undefined ? {} : { duty: rota }),
      sections: shown,
      colleagues: await this.colleagues(looker.viewer),
      ...(inHours || HUB_OUT_OF_HOURS === undefined ? {} : { outOfHours: HUB_OUT_OF_HOURS }),
    };
  }

  /**
   * What this looker may see of today, with who has it; one's own caseload first. `asked`: an item that is listed in any case, if it is
   * for them. Nothing is written down yet.
   */
  async sheet(looker: Looker, asked?: string): Promise<Section[]> {
    const day = dutyDay(this.clock.now(), this.config.HUB_OFFICE_HOURS);
    const { database, keys, clock } = this;
    const parts = { database, keys, clock, rules: this.#rules };
    const desk = deskOf(looker.viewer);
    const sight = new Sight(parts, looker, day.now);
    const items = await keptItems(database, looker.viewer.who, day.today);
    const kept = keptDuties([...items, ...(asked === undefined ? [] : [asked])], desk);
    const sheet = { kept, own: await ownOf(sight) };
    const loops = await loopsToday(sight, sheet);
    const children = await childMatters(sight, day, loops);
    const { HUB_BREAK_GLASS_REVIEW_DAYS: reviewDays, HUB_ESCALATE_MINUTES: escalateMinutes } = this.config;
    const duty = await onDutyFor(database, looker.viewer, clock.now());
    const watching = { now: clock.now(), inHours: day.inHours, escalateMinutes, duty };
    const context = { ...parts, looker, sight, sheet, day, children, loops, reviewDays, watching };
    const made: Section[] = [];
    for (const provide of sections) {
      const section = await provide(context);
      if (section) made.push(atDesk(section, desk));
    }
    const owners = await ownersOf(
      this.database,
      made.flatMap(({ items }) => items.map(({ item }) => item)),
    );
    return made.map((section) => ({
      ...section,
      items: section.items
        .flatMap((item) => withOwner(item, owners.get(item.item), day.today))
        .toSorted((one, other) => rankOf(other) - rankOf(one)),
    }));
  }

  async colleagues(viewer: Viewer): Promise<Colleague[]> {
    return colleagues(this.database, deskOf(viewer), new Date(this.clock.now() - SEEN_WITHIN_MS).toISOString());
  }
}

/** Every agency has a desk, and of an area of its own one there: who has an item is said among those who sit at it. */
function deskOf({ agency, area }: Viewer): string {
  return area === undefined ? agency : `${agency} ${area}`;
}

function atDesk(section: Section, desk: string): Section {
  const before = prefixOf(desk);
  return { ...section, items: section.items.map((item) => ({ ...item, item: `${before}${item.item}` })) };
}

/** Which of these items of a desk are duties: their ids. */
function keptDuties(items: readonly string[], desk: string): string[] {
  const before = `${prefixOf(desk)}duty `;
  const ids = items.flatMap((item) => (item.startsWith(before) ? [item.slice(before.length)] : []));
  return [...new Set(ids.filter((id) => childId(id) === id))];
}

const prefixOf = (desk: string): string => (desk === SERVICE_DESK ? '' : `${desk}: `);

// What is late comes before what is one's own.
function rankOf({ late, own, mine }: SheetItem): number {
  return (late === true ? 2 : 0) + (own === true || mine === true ? 1 : 0);
}

// Cleared yesterday: what still stands is on today's sheet anew, and what was done once is done.
function withOwner(item: SheetItem, owned: Owned | undefined, today: string): SheetItem[] {
  if (!owned) return [item];
  if (owned.doneAt === undefined || Date.parse(owned.doneAt) >= Date.parse(today)) return [{ ...item, owned }];
  return item.standing ? [item] : [];
}

@CommandHandler(ActOnItem)
export class ActOnItemHandler implements ICommandHandler<ActOnItem, Acted> {
  constructor(
    @Inject(HUB_DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly looks: Looks,
    private readonly today: ReadTodayHandler,
  ) {}

  async execute({ looker, name, action, item, to }: ActOnItem): Promise<Acted> {
    const sheet = await this.today.sheet(looker, item);
    const found = sheet.flatMap(({ items }) => items).find((one) => one.item === item);
    const { viewer } = looker;
    await this.looks.record(looker, {
      what: `today.${action}`,
      outcome: found ? 'shown' : 'not-found',
      details: { item },
      ...(found?.child ? { child: found.child.id } : {}),
    });
    if (!found) throw notFound();
    const at = new Date(this.clock.now()).toISOString();
    const by = { who: viewer.who, name };
    const doing = { item, by, at, correlationId: looker.correlationId };
    const owned = await this.#act(looker, doing, action, to);
    return owned ? { owned } : {};
  }

  async #act(
    { viewer }: Looker,
    doing: Parameters<typeof take>[1],
    action: ActOnItem['action'],
    to: string | undefined,
  ): Promise<Owned | undefined> {
    if (action === 'take') {
      return take(this.database, doing, dutyDay(this.clock.now(), this.config.HUB_OFFICE_HOURS).today);
    }
    if (action === 'done') return done(this.database, doing);
    const colleague = (await this.today.colleagues(viewer)).find(({ who }) => who === to);
    if (!colleague) throw badRequest('no-such-colleague', 'Choose a colleague to hand it over to.', 'to');
    return handOver(this.database, doing, colleague, viewer.roles.includes('team-manager'));
  }
}
