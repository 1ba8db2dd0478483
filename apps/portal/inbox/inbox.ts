import { decode } from '../../../libs/contracts/catalogue.js';
import { dayInLondon, dayAfter, startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Purpose, Viewer } from '../../../libs/disclosure/terms.js';
import { mayBeToldBeside, type Watching } from '../../../libs/notifications/addressing.js';
import { digestAt } from '../../../libs/notifications/digest.js';
import { onRota } from '../../../libs/notifications/rota.js';
import type { Config } from '../../../libs/platform/config.js';
import {
  acknowledge,
  interruptions,
  noteReader,
  noteShown,
  type Interruptions,
} from '../../../libs/platform/notifications/notice-store.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import { openRows } from '../../../libs/platform/reading/open-rows.js';
import { entryOf, type TimelineEntry } from '../../../libs/timeline/entry.js';
import { viewsOf, type ViewParts } from '../children/child-view.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { onDutyFor } from '../rota/on-duty.js';
import { dutyDay } from '../today/duty-day.js';
import { readNotices, type NoticesWanted } from './notice-rows.js';
import { toldNotices, type ToldNotice } from './told-notices.js';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
/** A partner catches up over so long. */
const KEPT_FOR_MACHINES_DAYS = 90;
const MOST = 500;

/** A notice as its reader is told it. */
export interface InboxNotice extends ToldNotice {
  /** As far as disclosure says it. */
  readonly childName?: string;
  /** What brought it about, as far as this reader sees it. */
  readonly facts: readonly TimelineEntry[];
  readonly offered: readonly Slot[];
  /** Told, and nobody has acknowledged it. */
  readonly open: boolean;
  /** When what can wait was told together, RFC 3339; absent: told by itself. */
  readonly digest?: string;
}

/** When and where an appointment is: RFC 3339, and in the source's words; '' where it says none. */
export interface Slot {
  readonly at: string;
  readonly place: string;
}

export interface InboxPage {
  readonly notices: readonly InboxNotice[];
  /** Today's interruptions: the reader's own, or those of everybody in their service for whoever oversees them. */
  readonly interrupted: readonly Interruptions[];
}

/** What is acknowledged: one notice, what is told of a thread by itself, or the digest of an instant. */
export type Which = { readonly notice: string } | { readonly thread: string } | { readonly digest: string };

/** `stated`: the purpose that the call itself states. A page states none: each notice there is told for what it is for. */
export interface Asked {
  readonly stated?: Purpose | undefined;
}

function isMeant({ row }: ToldNotice, digest: string | undefined, which: Which): boolean {
  if ('notice' in which) return row.id === which.notice;
  return 'digest' in which
    ? digest !== undefined && Date.parse(digest) === Date.parse(which.digest)
    : digest === undefined;
}

/** Notices addressed to whoever is signed in: what they say is decided anew at every look. */
export class Inbox {
  constructor(
    private readonly parts: ViewParts,
    private readonly looks: Looks,
    private readonly config: Config,
  ) {}

  /** All that stands in somebody's inbox. Rejects with `LookNotRecorded`. */
  async read(looker: Looker, name: string): Promise<InboxPage> {
    const { database } = this.parts;
    const at = this.#at();
    await noteReader(database, looker.viewer, name, at);
    const found = await this.#told(looker.viewer, { open: false, limit: MOST });
    const notices = await this.#opened(found.filter((one) => this.#isDue(one)));
    await this.#record(looker, 'inbox.read', notices);
    await this.#noteShown(looker.viewer, notices);
    return { notices, interrupted: await this.#interrupted(looker.viewer, at) };
  }

  /** How many threads of an inbox nobody has acknowledged yet; a digest is one. Says nothing else. */
  async count(viewer: Viewer): Promise<number> {
    const found = await this.#told(viewer, { open: true, limit: MOST });
    const due = found.filter((one) => this.#isDue(one));
    return new Set(due.map((one) => this.#digestOf(one) ?? one.row.thread)).size;
  }

  /** What of one child waits in somebody's inbox by itself: nobody has acknowledged it. The look is the caller's to write down. */
  async waitingOf(viewer: Viewer, child: string): Promise<ToldNotice[]> {
    const found = await this.#told(viewer, { open: true, limit: MOST, only: child });
    return found.filter((one) => one.row.child === child && this.#digestOf(one) === undefined);
  }

  /** For programs: oldest first, of those raised after a position, or since an instant; at most `limit`. Digests do not wait. */
  async list(
    looker: Looker,
    {
      after,
      since,
      limit,
      stated,
    }: Asked & { readonly after: string; readonly since?: string | undefined; readonly limit: number },
  ): Promise<{ notices: InboxNotice[]; more: boolean }> {
    const found: ToldNotice[] = [];
    const watching = await this.#watching(looker.viewer);
    const reader = onRota(looker.viewer, watching.duty);
    let from = after;
    for (let last = false; !last && found.length <= limit;) {
      const wanted = this.#wanted(reader, watching, {
        ...{ open: false, after: from, limit: MOST },
        ...(since === undefined ? {} : { since }),
      });
      const rows = await readNotices(this.parts.database, wanted);
      found.push(...(await toldNotices(this.parts.database, looker.viewer, rows, watching, stated)));
      last = rows.length < MOST;
      from = String(rows.at(-1)?.position ?? from);
    }
    const notices = await this.#opened(found.slice(0, limit));
    await this.#record(looker, 'notifications.read', notices);
    await this.#noteShown(looker.viewer, notices);
    return { notices, more: found.length > limit };
  }

  /**
   * Says that somebody has it: of a thread, of one notice, or of a digest. Rejects with `Problem` 404 for what is not theirs or is
   * no longer told. Answers the notices.
   */
  async acknowledge(looker: Looker, name: string, which: Which, { stated }: Asked = {}): Promise<ToldNotice[]> {
    const { viewer, correlationId } = looker;
    const only = 'digest' in which ? {} : { only: 'notice' in which ? which.notice : which.thread };
    const told = await this.#told(viewer, { open: false, limit: MOST, ...only }, stated);
    const found = told
      .filter(({ row }) => row.state === 'told')
      .filter((one) => isMeant(one, this.#digestOf(one), which));
    await this.#record(looker, 'inbox.acknowledge', found, found.length === 0 ? 'not-found' : 'done');
    if (found.length === 0) throw notFound();
    const at = this.#at();
    await acknowledge(
      this.parts.database,
      found.map(({ row, told: { role } }) => ({
        ...{ notice: row.id, who: viewer.who, agency: viewer.agency, name, role, at, correlationId },
      })),
    );
    return found;
  }

  async #told(viewer: Viewer, wanted: Pick<NoticesWanted, 'open' | 'limit' | 'only'>, purpose?: Purpose) {
    const watching = await this.#watching(viewer);
    const rows = await readNotices(this.parts.database, this.#wanted(onRota(viewer, watching.duty), watching, wanted));
    return toldNotices(this.parts.database, viewer, rows, watching, purpose);
  }

  #wanted(
    reader: Viewer,
    watching: Watching,
    wanted: Pick<NoticesWanted, 'open' | 'limit' | 'only' | 'after'> & { readonly since?: string },
  ): NoticesWanted {
    const days = keptDays(reader);
    const before = (ms: number): string => new Date(this.parts.clock.now() - ms).toISOString();
    const beside = mayBeToldBeside(reader, watching);
    return { reader, beside, since: before(days * DAY_MS), staffedSince: before(KEPT_DAYS * DAY_MS), ...wanted };
  }

  async #watching(viewer: Viewer): Promise<Watching> {
    const now = this.parts.clock.now();
    const { inHours } = dutyDay(now, this.config.HUB_OFFICE_HOURS);
    const duty = await onDutyFor(this.parts.database, viewer, now);
    return { now, inHours, escalateMinutes: this.config.HUB_ESCALATE_MINUTES, duty };
  }

  #digestOf({ row }: ToldNotice): string | undefined {
    return row.urgency === 'digest' ? digestAt(row.raisedAt) : undefined;
  }

  #isDue(one: ToldNotice): boolean {
    const at = this.#digestOf(one);
    return at === undefined || Date.parse(at) <= this.parts.clock.now();
  }

  async #opened(told: readonly ToldNotice[]): Promise<InboxNotice[]> {
    const opened = await openRows(
      this.parts.keys,
      told.flatMap(({ content }) => content),
    );
    const facts = Map.groupBy(opened, ({ row }) => row.notice);
    const names = await this.#names(told);
    const slots = await this.#slots(told);
    return told.map((one) => {
      const digest = this.#digestOf(one);
      const childName = names.get(one.row.id);
      return {
        ...one,
        ...(childName === undefined ? {} : { childName }),
        ...(digest === undefined ? {} : { digest }),
        facts: (facts.get(one.row.id) ?? []).map(({ row, opened: content }) => entryOf(row, content)),
        offered: slots.get(one.row.id) ?? [],
        open: one.row.state === 'told' && one.row.acknowledgedBy.length === 0,
      };
    });
  }

  /** By notice; the rest of what an appointment says is not read on. */
  async #slots(told: readonly ToldNotice[]): Promise<Map<string, Slot[]>> {
    const opened = await openRows(
      this.parts.keys,
      told.flatMap((one) => one.slots),
    );
    const slots = opened.flatMap(({ row, opened: content }) => {
      const said = content.erased ? undefined : decode(row.type, content.data);
      const [at, place] = [said?.['plannedFor'], said?.['place']];
      if (typeof at !== 'string') return [];
      return [{ notice: row.notice, slot: { at, place: typeof place === 'string' ? place : '' } }];
    });
    return new Map(
      [...Map.groupBy(slots, ({ notice }) => notice)].map(([id, some]) => [id, some.map(({ slot }) => slot)]),
    );
  }

  /** By notice: what a child is called depends on in which role, and for what, somebody is told. */
  async #names(told: readonly ToldNotice[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    const seats = Map.groupBy(told, ({ viewer, purpose }) => `${viewer.roles.join()} ${purpose}`);
    for (const [first, ...rest] of seats.values()) {
      if (!first) continue;
      const some = [first, ...rest].flatMap(({ row, child }) => (child ? [{ notice: row.id, child }] : []));
      const views = await viewsOf(
        some.map(({ child }) => child),
        first,
        this.parts,
      );
      for (const [index, { notice }] of some.entries()) {
        const name = views[index]?.name;
        if (name !== undefined) names.set(notice, name);
      }
    }
    return names;
  }

  /** One look for each child, for the purpose they are told for, before anything is shown. */
  async #record(
    looker: Looker,
    what: string,
    notices: readonly ToldNotice[],
    outcome: 'shown' | 'done' | 'not-found' = 'shown',
  ): Promise<void> {
    const looks = [...Map.groupBy(notices, ({ row, purpose }) => `${row.child} ${purpose}`).values()];
    if (looks.length === 0) await this.looks.record(looker, { what, outcome, details: { notices: 0 } });
    await Promise.all(
      looks.map(async (some) => {
        const [first] = some;
        if (!first) return;
        await this.looks.record(
          { ...looker, purpose: first.purpose },
          {
            ...{ what, outcome, child: first.row.child },
            details: { notices: some.map(({ row }) => row.id) },
            ...(outcome === 'shown' ? { shown: shownIn(some) } : {}),
          },
        );
      }),
    );
  }

  async #noteShown(viewer: Viewer, notices: readonly ToldNotice[]): Promise<void> {
    const told = notices.filter(({ row }) => row.state === 'told' && !row.shown).map(({ row }) => row);
    await noteShown(this.parts.database, viewer, told, this.#at());
  }

  async #interrupted({ who, agency, roles }: Viewer, at: string): Promise<Interruptions[]> {
    const day = dayInLondon(at);
    const all = agency === 'yos' && roles.includes('team-manager');
    const [from, to] = [startOfDayLondon(day), startOfDayLondon(dayAfter(day))];
    return interruptions(this.parts.database, agency, from, to, all ? undefined : who);
  }

  #at(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }
}

const shownIn = (some: readonly ToldNotice[]): string[] => [
  ...new Set(some.flatMap(({ content, slots }) => [...content, ...slots].map(({ key }) => key))),
];

/** For how many days notices are told. */
export function keptDays({ roles }: Viewer): number {
  return roles.includes('system') ? KEPT_FOR_MACHINES_DAYS : KEPT_DAYS;
}
