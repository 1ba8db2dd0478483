import type { Looker } from '../looks/looker.js';
import type { AuditFilter } from './audit-filter.js';
import type { LookRow } from './audit-rows.js';
import type { DaySummary } from './day-summary.js';

/** One page of the audit. Rejects with `Problem` 400 or `LookNotRecorded`: reading it is a look as well. */
export class ReadAudit {
  constructor(
    readonly looker: Looker,
    readonly filter: AuditFilter,
    readonly cursor?: string,
  ) {}
}

export type AuditLook = Omit<LookRow, 'place'> & {
  /** Of a child whom this looker may know, when a source that they may hear says it. */
  readonly childName?: string;
};

export interface AuditPage {
  /** Newest first. */
  readonly looks: readonly AuditLook[];
  /** Of the day that was asked for, or today; only with the first page of a day, or of everything. */
  readonly summary?: DaySummary & { readonly day: string };
  /** Of the next, older page. */
  readonly next?: string;
}
