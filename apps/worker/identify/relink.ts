import { randomUUID } from 'node:crypto';
import { partition, type Partition } from '../../../libs/identity/partition.js';
import { kinds } from '../../../libs/identity/trust.js';
import type { Connection } from '../../../libs/platform/database/pool.js';
import { connectedRecords, type ClaimingRecord } from '../../../libs/platform/records/claim-store.js';
import {
  insertChildren,
  markProvisional,
  relinkRecords,
  unplaceRecords,
  type LinkMethod,
  type NewLink,
} from '../../../libs/platform/records/link-store.js';
import { wakeRecords } from '../../../libs/platform/records/waiting-store.js';

/**
 * Brings the links of these records, and of all connected with them, to what the exact-identity rule says. Links a person
 * made or broke stay as they are. Call under `lockIdentity`.
 */
export async function relink(connection: Connection, records: readonly string[]): Promise<void> {
  if (records.length === 0) return;
  const connected = await connectedRecords(connection, [...new Set(records)]);
  // A record that a person has set apart says nothing about others: its number was typed wrong.
  const ruled = connected.filter((record) => record.link?.method !== 'apart').map(newestOfEachKind);
  const divided = partition(ruled);

  const taken = new Set<string>();
  const children: { id: string; provisional: boolean }[] = [];
  // Several groups may be one child's, where a person has linked one: what confirms any of them confirms the child.
  const standing = new Map<string, { was: boolean; is: boolean }>();
  const links: NewLink[] = [];
  const unplaced: string[] = [];
  const claiming = new Map(ruled.map((record) => [record.record, record]));
  const groups = divided.groups.map((group) => group.flatMap((record) => claiming.get(record) ?? [])).sort(byAge);
  for (const members of groups) {
    // None of them is shown to be a child: they belong to one that others know, or to nobody.
    if (members.every((member) => member.onlyIfKnown && member.link?.method !== 'manual')) {
      unplaced.push(...members.flatMap((member) => (member.link ? [member.record] : [])));
      continue;
    }
    const provisional = !members.some((member) => isConfirmed(member, members, divided));
    const existing = childOf(members, taken);
    const child = existing?.id ?? randomUUID();
    // What a person linked to a child shares it with the records that rules gave it.
    if (!members.some((member) => member.link?.method === 'manual')) taken.add(child);
    if (!existing) children.push({ id: child, provisional });
    else standing.set(child, { was: existing.provisional, is: provisional && (standing.get(child)?.is ?? true) });
    for (const member of members) {
      if (member.link?.method === 'manual' || member.link?.child === child) continue;
      links.push(linkTo(child, member, members.length));
    }
  }
  await insertChildren(connection, children);
  const marks = [...standing].filter(([, { was, is }]) => was !== is);
  await markProvisional(
    connection,
    marks.map(([id, { is }]) => ({ id, provisional: is })),
  );
  await relinkRecords(connection, links);
  await unplaceRecords(connection, unplaced);
  // Their messages may have been held although the number was known: to whom it belongs was not.
  await wakeRecords(
    connection,
    links.flatMap(({ record }) => (claiming.get(record)?.onlyIfKnown === true ? [record] : [])),
  );
}

function linkTo(child: string, member: ClaimingRecord, size: number): NewLink {
  const method: LinkMethod = size > 1 ? 'exact' : 'own';
  const reason = size > 1 ? 'a trusted identifier in common' : 'no other record has a trusted identifier in common';
  return { id: randomUUID(), record: member.record, child, method, reason, who: 'hub' };
}

/** The child a group already has: the one a person chose, else the one known longest that no other group has. */
function childOf(
  members: readonly ClaimingRecord[],
  taken: ReadonlySet<string>,
): { id: string; provisional: boolean } | undefined {
  const links = members.flatMap((member) => (member.link ? [member.link] : []));
  const chosen = [...new Set(links.filter((link) => link.method === 'manual').map((link) => link.child))];
  const candidates =
    chosen.length === 1
      ? links.filter((link) => link.child === chosen[0])
      : links.filter((link) => !taken.has(link.child));
  const oldest = candidates.sort((a, b) => order(a.childCreatedAt, b.childCreatedAt) || order(a.child, b.child))[0];
  return oldest && { id: oldest.child, provisional: oldest.provisional };
}

/** Confirmed by an identifier that may link and is not doubted, or by a person. */
function isConfirmed(member: ClaimingRecord, group: readonly ClaimingRecord[], { untrusted }: Partition): boolean {
  if (member.link?.method === 'manual') return true;
  return member.claims.some(({ kind, value }) => {
    const doubted = untrusted.some(
      (one) =>
        one.kind === kind &&
        one.value === value &&
        one.records.includes(member.record) &&
        !(one.why === 'named-otherwise' && isAgreed(one.records, group)),
    );
    const { trust } = kinds[kind];
    return !doubted && (trust === 'alone' || (trust === 'with-birth-date' && member.birth !== undefined));
  });
}

/** Two that call the person alike claim the number: that another was typed with it says nothing against who this is. */
function isAgreed(claimants: readonly string[], group: readonly ClaimingRecord[]): boolean {
  return group.filter(({ record, given }) => given && claimants.includes(record)).length > 1;
}

// Claims come newest first: a source that corrected a number no longer claims the old one. Two that it states at one time it
// contradicts itself with, so neither links: which of them is right is for a person to say, not for the order of hashes.
function newestOfEachKind(record: ClaimingRecord): ClaimingRecord {
  const newest = new Map<string, string>();
  for (const { kind, statedAt } of record.claims) if (!newest.has(kind)) newest.set(kind, statedAt);
  const claims = record.claims.filter(({ kind, statedAt }) => newest.get(kind) === statedAt);
  const said = Map.groupBy(claims, ({ kind }) => kind);
  return { ...record, claims: claims.filter(({ kind }) => !kinds[kind].single || said.get(kind)?.length === 1) };
}

function byAge(a: readonly ClaimingRecord[], b: readonly ClaimingRecord[]): number {
  return order(oldestOf(a), oldestOf(b));
}

function oldestOf(members: readonly ClaimingRecord[]): string {
  return members.map((member) => `${member.createdAt} ${member.record}`).sort(order)[0] ?? '';
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
