/** A notice as it stands in somebody's inbox. */
export interface Threaded {
  readonly thread: string;
  readonly urgency: 'urgent' | 'ordinary' | 'digest';
  /** RFC 3339. */
  readonly raisedAt: string;
  /** Told, and nobody has acknowledged it. */
  readonly open: boolean;
}

export interface Thread<Notice> {
  readonly id: string;
  readonly urgent: boolean;
  readonly open: boolean;
  /** Newest first. */
  readonly notices: readonly Notice[];
}

/** One thread for an episode or concern: those with something urgent that nobody has yet first, then what is open, then the newest. */
export function threadsOf<Notice extends Threaded>(notices: readonly Notice[]): Thread<Notice>[] {
  return [...Map.groupBy(notices, ({ thread }) => thread)]
    .map(([id, some]) => ({
      id,
      urgent: some.some(({ urgency, open }) => urgency === 'urgent' && open),
      open: some.some(({ open }) => open),
      notices: some.toSorted(newestFirst),
    }))
    .toSorted(
      (one, other) =>
        Number(other.urgent) - Number(one.urgent) ||
        Number(other.open) - Number(one.open) ||
        newestFirst(one.notices[0], other.notices[0]),
    );
}

const newestFirst = (one?: Threaded, other?: Threaded): number =>
  Date.parse(other?.raisedAt ?? '') - Date.parse(one?.raisedAt ?? '');
