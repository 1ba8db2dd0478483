import { validate as isUuid } from 'uuid';
import { formatShown } from '../../../libs/adapters/masked/names.js';
import { mayClose } from '../../../libs/disclosure/pages.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import {
  QuarantineDesk,
  type DeskEntry,
  type DeskFile,
} from '../../../libs/platform/intake/postgres/quarantine-desk.js';
import {
  countGroups,
  type CountedGroup,
  type Group,
} from '../../../libs/platform/intake/postgres/quarantine-groups.js';
import { CursorRejected } from '../../../libs/platform/intake/postgres/receipt-book.js';
import { forbidden, notFound } from '../../../libs/platform/problems/problem.js';
import { urgentAmong } from '../../../libs/platform/watch/urgent-store.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { invalid } from '../looks/parameters.js';

export interface GroupPage {
  readonly group: CountedGroup;
  /** Oldest first. */
  readonly entries: readonly (DeskEntry & { readonly urgent: boolean })[];
  readonly cursor?: string;
}

export interface OpenedMessage {
  readonly file: DeskFile;
  /** It may report a missing child. */
  readonly urgent: boolean;
  readonly mayClose: boolean;
}

/** What could not be recorded, for those who mend it. Every look and every act is written down first. */
export class QuarantineRoom {
  readonly #desk: QuarantineDesk;

  constructor(
    private readonly database: Database,
    keys: KeyStore,
    private readonly looks: Looks,
  ) {
    this.#desk = new QuarantineDesk(database, keys);
  }

  async groups(looker: Looker): Promise<CountedGroup[]> {
    const groups = await countGroups(this.database);
    await this.looks.record(looker, {
      what: 'quarantine.groups',
      outcome: 'shown',
      details: { groups: groups.length },
    });
    return groups;
  }

  /** A group that nothing is left of is empty. Throws 400 for a cursor of another list. */
  async group(looker: Looker, asked: Group, cursor?: string): Promise<GroupPage> {
    const counted = (await countGroups(this.database)).find((one) => isSame(one, asked));
    const page = await this.#page(asked, cursor);
    const urgent = await urgentAmong(
      this.database,
      page.entries.map(({ receipt }) => receipt),
    );
    const details = { ...groupDetails(asked), messages: page.entries.length };
    await this.looks.record(looker, { what: 'quarantine.group', outcome: 'shown', details });
    return {
      group: counted ?? { ...asked, waiting: 0, retrying: 0, oldest: '' },
      entries: page.entries.map((entry) => ({ ...entry, urgent: urgent.has(entry.receipt) })),
      ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    };
  }

  /** Throws 404 for what is not, and never was, among what could not be recorded. */
  async message(looker: Looker, receipt: string): Promise<OpenedMessage> {
    const opened = await this.#opened(looker, receipt, 'quarantine.read');
    await this.looks.record(looker, { what: 'quarantine.read', outcome: 'shown', details: { receipt } });
    return opened;
  }

  /** Throws 404 likewise. What is being tried again already, or was withdrawn, stays as it is. */
  async retry(looker: Looker, receipt: string, reason: string): Promise<void> {
    await this.#opened(looker, receipt, 'quarantine.retry');
    await this.looks.record(looker, { what: 'quarantine.retry', outcome: 'done', details: { receipt } });
    await this.#desk.retry([receipt], { who: looker.viewer.who, reason });
  }

  async retryGroup(looker: Looker, group: Group, reason: string): Promise<void> {
    await this.looks.record(looker, { what: 'quarantine.retry', outcome: 'done', details: groupDetails(group) });
    await this.#desk.retryGroup(group, { who: looker.viewer.who, reason });
  }

  /** Throws 404 likewise, 403 when it is not theirs to close. */
  async close(looker: Looker, receipt: string, reason: string): Promise<void> {
    const opened = await this.#opened(looker, receipt, 'quarantine.close');
    if (!opened.mayClose)
      throw forbidden(
        'may-report-a-missing-child',
        'This message may report a missing child: a duty officer or team manager closes it, once they have rung the sender.',
      );
    await this.looks.record(looker, { what: 'quarantine.close', outcome: 'done', details: { receipt } });
    await this.#desk.close([receipt], { who: looker.viewer.who, reason });
  }

  async #opened(looker: Looker, receipt: string, what: string): Promise<OpenedMessage> {
    const file = isUuid(receipt) ? await this.#desk.show(receipt) : undefined;
    if (!file || !isOfTheDesk(file)) {
      await this.looks.record(looker, { what, outcome: 'not-found', details: {} });
      throw notFound();
    }
    const urgent = (await urgentAmong(this.database, [receipt])).has(file.receipt);
    return { file, urgent, mayClose: mayClose(looker.viewer, { urgent }) };
  }

  async #page(group: Group, cursor: string | undefined): Promise<Awaited<ReturnType<QuarantineDesk['listGroup']>>> {
    try {
      return await this.#desk.listGroup(group, cursor);
    } catch (error) {
      if (error instanceof CursorRejected) throw invalid('cursor', 'is not one that this list gave');
      throw error;
    }
  }
}

const isSame = (one: Group, other: Group): boolean =>
  one.system === other.system && one.format === other.format && one.reason === other.reason;

// What was recorded whole is nobody's to open here: its reader is the timeline.
const isOfTheDesk = ({ outcomes, actions }: DeskFile): boolean =>
  actions.length > 0 || outcomes.some(({ outcome }) => outcome === 'quarantined' || outcome === 'held');

// The audit outlives the child: a format may be anything that a publisher wrote.
const groupDetails = ({ system, format, reason }: Group) => ({ system, format: formatShown(system, format), reason });
