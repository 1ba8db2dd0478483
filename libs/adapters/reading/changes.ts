// What changes between snapshots are called: shared by the records that custodians serve.
import type { Change, ChangeFact, Said } from '../../kernel/snapshots.js';

/** What a record says of one thing; without a value it names it and says no more. */
export function said(group: string, member: string, value: string | undefined): Said {
  return { group, member, ...(value === undefined ? {} : { value }) };
}

/** Active statuses by name. One may be listed with several plans; without one, nothing is said of its plan. */
export function statusesSaid(listed: readonly { readonly status: string; readonly plan: string }[]): readonly Said[] {
  return [...Map.groupBy(listed, ({ status }) => status)].map(([status, of]) => {
    const plans = [...new Set(of.map(({ plan }) => plan))].filter((plan) => plan !== '').toSorted();
    return said('status', status, plans.length === 0 ? undefined : plans.join('; '));
  });
}

/** A change of what a record says: all that is known of its time is when it was seen, which is part of its key. */
export function seen(
  type: string,
  key: readonly string[],
  observedAt: string,
  data: (observedAt: string) => Uint8Array,
): ChangeFact {
  return {
    type,
    key: [...key, observedAt],
    data: data(observedAt),
    occurred: { at: observedAt, precision: 'instant' },
  };
}

/** Something that a record lists: it is listed once, and known since the record first did. */
export function listedSince(type: string, key: readonly string[], observedAt: string, data: Uint8Array): ChangeFact {
  return { type, key, data, occurred: { at: observedAt, precision: 'instant' } };
}

/** Something that a record gives a day of its own: it happened then, whichever snapshot says so first. */
export function dated(type: string, day: string, more: readonly string[], data: Uint8Array): ChangeFact {
  return { type, key: [day, ...more], data, occurred: { at: day, precision: 'date' } };
}

/** What a change is called, by the group of things it is of. Nothing follows from one that has no name. */
export type ChangeNames = Readonly<Record<string, (change: Change, observedAt: string) => readonly ChangeFact[]>>;

export function factsOf(names: ChangeNames, change: Change, observedAt: string): readonly ChangeFact[] {
  return Object.hasOwn(names, change.group) ? (names[change.group]?.(change, observedAt) ?? []) : [];
}
