import type { Derived, Duty, Notice, Recipient } from '../kernel/capability.js';
import type { Outputs, RaisedDuty, RaisedNotice } from './outputs.js';

/** One difference between what is derived of a child now and what was raised before. */
export type Difference =
  | { readonly what: 'duty-raised' | 'duty-moved' | 'duty-met'; readonly duty: RaisedDuty }
  | { readonly what: 'duty-overdue'; readonly id: string; readonly due: string }
  | { readonly what: 'duty-withdrawn'; readonly id: string }
  | { readonly what: 'notice-raised'; readonly notice: RaisedNotice; readonly continues: boolean }
  | { readonly what: 'notice-recalled' | 'notice-lapsed' | 'notice-moved'; readonly id: string };

export interface Compared {
  readonly differences: readonly Difference[];
  /** The next limit of a duty that is still open, RFC 3339. */
  readonly next?: string;
}

export interface Comparison {
  /** By capability: what is derived now. */
  readonly derived: ReadonlyMap<string, Derived>;
  readonly raised: Outputs;
  /** What was raised of provisional children that have turned out to be this one: told already. */
  readonly inherited: Outputs;
  /** For a child of which nothing is left: what stands of the children whose its records are now. */
  readonly heirs: Outputs;
  /** RFC 3339. */
  readonly at: string;
  /** An opaque id from what it is made of: the same parts, the same id. */
  readonly idOf: (...parts: readonly string[]) => string;
}

/**
 * What has to be appended so that what was raised is what is derived. Pure, and empty when nothing changed: run twice, it tells
 * nobody twice. An output is known by its capability, kind, recipient and a cause that it shares with the one before: an
 * episode that a second report joins stays one, in whichever order the reports came.
 */
export function compare(comparison: Comparison): Compared {
  const duties = compareDuties(comparison);
  const notices = compareNotices(comparison);
  return {
    differences: [...duties.differences, ...notices],
    ...(duties.next === undefined ? {} : { next: duties.next }),
  };
}

function compareDuties({ derived, raised, at, idOf }: Comparison): Compared {
  const differences: Difference[] = [];
  const open: string[] = [];
  const fresh = freshIds(idOf, raised.duties);
  const { pairs, left } = paired(derived, ({ duties }) => duties, raised.duties, sameDuty);
  for (const { capability, one: duty, before } of pairs) {
    const id = before?.id ?? fresh('duty', capability, duty.kind, recipientKey(duty.owner), duty.causes[0] ?? '');
    const now: RaisedDuty = { ...duty, id, capability, state: duty.met ? 'met' : 'open' };
    const late = !duty.met && duty.due !== undefined && instant(duty.due) <= instant(at);
    if (!before || before.state === 'withdrawn') differences.push({ what: 'duty-raised', duty: now });
    else if (duty.met && before.state !== 'met') differences.push({ what: 'duty-met', duty: now });
    else if (!alike(before, now)) differences.push({ what: 'duty-moved', duty: now });
    const noted = before?.state === 'overdue' && alike(before, now);
    if (late && !noted && duty.due !== undefined) differences.push({ what: 'duty-overdue', id, due: duty.due });
    if (!duty.met && !late && duty.due !== undefined) open.push(duty.due);
  }
  for (const { id, state } of left) {
    if (state !== 'withdrawn') differences.push({ what: 'duty-withdrawn', id });
  }
  const next = open.toSorted((one, other) => instant(one) - instant(other))[0];
  return { differences, ...(next === undefined ? {} : { next }) };
}

function compareNotices({ derived, raised, inherited, heirs, at, idOf }: Comparison): Difference[] {
  const told = new Map(inherited.notices);
  const differences: Difference[] = [];
  const fresh = freshIds(idOf, raised.notices, inherited.notices);
  // What was taken back is told again under an id of its own: whoever knows the old one knows that it was recalled.
  const standing = new Map([...raised.notices].filter(([, { state }]) => state === 'told'));
  const { pairs, left } = paired(derived, ({ notices }) => notices, standing, sameNotice);
  for (const { capability, one: notice, before } of pairs) {
    const { tellUntil, ...said } = notice;
    const earlier =
      before ?? take(told, (one) => one.state === 'told' && one.capability === capability && sameNotice(one, notice));
    const past = instant(tellUntil) < instant(at);
    // What was told for the digest, and is urgent now, is told at once, as something new: who has read the first has not read this.
    const rises = earlier !== undefined && rank[notice.urgency] > rank[earlier.urgency] && !past;
    if (earlier && !rises) {
      const { causes } = notice;
      const urgency = past ? earlier.urgency : notice.urgency;
      // It goes on for what brings it about now: an episode that parts in two is told of as two.
      if (earlier === before && sorted(earlier.causes) === sorted(causes) && earlier.urgency === urgency) continue;
      differences.push({ what: 'notice-raised', notice: { ...earlier, causes, urgency }, continues: true });
      continue;
    }
    if (past) continue;
    if (before) differences.push({ what: 'notice-lapsed', id: before.id });
    const first = notice.causes[0] ?? '';
    const id = fresh('notice', capability, notice.kind, recipientKey(notice.to), possibleKey(notice), first);
    const thread = threadOf(capability, notice, [raised, inherited]) ?? idOf('thread', capability, first);
    differences.push({
      what: 'notice-raised',
      notice: { ...said, id, capability, thread, state: 'told' },
      continues: false,
    });
  }
  for (const one of left) {
    // Two episodes turned out to be one, or two children: what was told of either stands.
    const joined =
      (derived.get(one.capability)?.notices.some((notice) => sameNotice(one, notice)) ?? false) ||
      [...heirs.notices.values()].some((other) => other.state === 'told' && sameNotice(one, other));
    const goesOn = heirs.notices.get(one.id)?.state === 'told';
    const what = goesOn ? 'notice-moved' : joined || one.whenGone === 'lapse' ? 'notice-lapsed' : 'notice-recalled';
    differences.push({ what, id: one.id });
  }
  return differences;
}

const rank: Readonly<Record<Notice['urgency'], number>> = { digest: 0, ordinary: 1, urgent: 2 };

interface Raised {
  readonly id: string;
  readonly capability: string;
  readonly state: string;
  readonly causes: readonly string[];
}

interface Paired<T, R> {
  readonly pairs: readonly { readonly capability: string; readonly one: T; readonly before?: R }[];
  /** What was raised and is not derived any more. */
  readonly left: Iterable<R>;
}

/**
 * What is derived with what was raised of the same before. Those of exactly the same causes first, then those that stand: what only
 * shares a cause with one never takes it from the one that it is.
 */
function paired<T extends { readonly causes: readonly string[] }, R extends Raised>(
  derived: ReadonlyMap<string, Derived>,
  of: (one: Derived) => readonly T[],
  raised: ReadonlyMap<string, R>,
  same: (before: R, one: T) => boolean,
): Paired<T, R> {
  const left = new Map(raised);
  const all = [...derived].flatMap(([capability, one]) => of(one).map((output) => ({ capability, one: output })));
  const before = new Map<T, R>();
  for (const exactly of [true, false]) {
    for (const { capability, one } of all) {
      if (before.has(one)) continue;
      const found = take(
        left,
        (other) =>
          other.capability === capability &&
          same(other, one) &&
          (!exactly || (stands(other) && sorted(other.causes) === sorted(one.causes))),
      );
      if (found) before.set(one, found);
    }
  }
  const pairs = all.map(({ capability, one }) => {
    const found = before.get(one);
    return { capability, one, ...(found ? { before: found } : {}) };
  });
  return { pairs, left: left.values() };
}

// Takes the first that matches out of those that are left, those that still stand before those that were taken back.
function take<T extends Raised>(left: Map<string, T>, matches: (one: T) => boolean): T | undefined {
  const found = [...left.values()].filter(matches);
  const best = found.find(stands) ?? found[0];
  if (best) left.delete(best.id);
  return best;
}

const stands = ({ state }: Raised): boolean => state !== 'withdrawn';

/** Ids from what outputs are made of, none twice: of an episode that parted in two, both halves begin with what it began with. */
function freshIds(idOf: Comparison['idOf'], ...taken: readonly ReadonlyMap<string, unknown>[]): Comparison['idOf'] {
  const given = new Set(taken.flatMap((outputs) => [...outputs.keys()]));
  return (...parts) => {
    let id = idOf(...parts);
    for (let count = 2; given.has(id); count += 1) id = idOf(...parts, String(count));
    given.add(id);
    return id;
  };
}

function sameDuty(one: RaisedDuty, other: Duty): boolean {
  return one.kind === other.kind && share(one.causes, other.causes);
}

function sameNotice(one: RaisedNotice, other: Pick<Notice, 'kind' | 'to' | 'possible' | 'causes'>): boolean {
  return (
    one.kind === other.kind &&
    recipientKey(one.to) === recipientKey(other.to) &&
    one.possible === other.possible &&
    share(one.causes, other.causes)
  );
}

/** The thread of any notice of this capability that shares a cause: one episode, one thread. */
function threadOf(capability: string, { causes }: Notice, outputs: readonly Outputs[]): string | undefined {
  for (const { notices } of outputs) {
    for (const one of notices.values()) {
      if (one.capability === capability && share(one.causes, causes)) return one.thread;
    }
  }
  return undefined;
}

function alike(before: RaisedDuty, now: RaisedDuty): boolean {
  return (
    before.due === now.due &&
    before.rule === now.rule &&
    before.verified === now.verified &&
    before.since === now.since &&
    recipientKey(before.owner) === recipientKey(now.owner) &&
    before.met?.at === now.met?.at &&
    before.met?.by === now.met?.by &&
    sorted(before.causes) === sorted(now.causes) &&
    detailKey(before) === detailKey(now)
  );
}

const share = (one: readonly string[], other: readonly string[]): boolean => one.some((cause) => other.includes(cause));
const sorted = (texts: readonly string[]): string => texts.toSorted().join(' ');
const detailKey = ({ details = {} }: Duty): string => sorted(Object.entries(details).map((pair) => pair.join('=')));
const possibleKey = ({ possible }: Notice): string => (possible ? 'possible' : '');
const instant = (at: string): number => Date.parse(at);

export function recipientKey({ agency, role, purpose, place = '', holderOf = '' }: Recipient): string {
  return [agency, role, purpose, place, holderOf].join(' ');
}
