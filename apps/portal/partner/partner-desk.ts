import { validate as isUuid } from 'uuid';
import type { Clock } from '../../../libs/kernel/clock.js';
import type { Receipt } from '../../../libs/kernel/intake.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { dayAfter, dayInLondon, startOfDayLondon } from '../../../libs/kernel/london.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { CursorRejected, ReceiptBook, type ReceiptPage } from '../../../libs/platform/intake/postgres/receipt-book.js';
import { countReceipts, systemsOf, type ReceiptCounts } from '../../../libs/platform/intake/postgres/receipt-counts.js';
import { notFound } from '../../../libs/platform/problems/problem.js';
import type { Looker } from '../looks/looker.js';
import type { Looks } from '../looks/looks.js';
import { invalid } from '../looks/parameters.js';
import type { Asked } from './partner-query.js';

/** The counts are of so many days, today being one. */
export const DAYS = 7;

export interface Sent extends ReceiptPage {
  /** Of the looker's own agency; none: it has never sent anything. */
  readonly systems: readonly string[];
  /** The one that is shown. */
  readonly system?: string;
  readonly counts: ReceiptCounts;
}

/** What the systems of the looker's own agency sent, and what became of it: as the publisher's own API says it, and no more. */
export class PartnerDesk {
  readonly #book: ReceiptBook;

  constructor(
    private readonly database: Database,
    keys: KeyStore,
    private readonly clock: Clock,
    private readonly looks: Looks,
  ) {
    this.#book = new ReceiptBook(database, keys);
  }

  /** Throws 404 for a system of another agency, as for one that never was; 400 for a cursor of another list. */
  async sent(looker: Looker, asked: Asked): Promise<Sent> {
    const systems = await systemsOf(this.database, looker.viewer.agency);
    const system = asked.system ?? systems[0];
    if (asked.system !== undefined && !systems.includes(asked.system))
      throw await this.#notFound(looker, 'receipts.list');
    const page = system === undefined || asked.fault !== undefined ? { receipts: [] } : await this.#page(system, asked);
    const counts = system === undefined ? { byStatus: [], byReason: [] } : await this.#counts(system);
    const details = { system, status: asked.status, since: asked.since, receipts: page.receipts.length };
    await this.looks.record(looker, { what: 'receipts.list', outcome: 'shown', details });
    return { ...page, systems, counts, ...(system === undefined ? {} : { system }) };
  }

  /** Throws 404 when there is none, or it is another agency's: the same answer. */
  async receipt(looker: Looker, id: string): Promise<Receipt> {
    const systems = await systemsOf(this.database, looker.viewer.agency);
    const found = isUuid(id) ? await Promise.all(systems.map(async (system) => this.#book.get(id, system))) : [];
    const receipt = found.find((one) => one !== undefined);
    if (!receipt) throw await this.#notFound(looker, 'receipts.read');
    await this.looks.record(looker, { what: 'receipts.read', outcome: 'shown', details: { receipt: receipt.id } });
    return receipt;
  }

  async #page(system: string, { status, since, cursor }: Asked): Promise<ReceiptPage> {
    try {
      return await this.#book.list({ system, status, since, cursor });
    } catch (error) {
      if (error instanceof CursorRejected) throw invalid('cursor', 'is not one that this list gave');
      throw error;
    }
  }

  async #counts(system: string): Promise<ReceiptCounts> {
    const today = dayInLondon(new Date(this.clock.now()).toISOString());
    return countReceipts(this.database, system, startOfDayLondon(dayAfter(today, 1 - DAYS)));
  }

  async #notFound(looker: Looker, what: string): Promise<Error> {
    await this.looks.record(looker, { what, outcome: 'not-found', details: {} });
    return notFound();
  }
}
