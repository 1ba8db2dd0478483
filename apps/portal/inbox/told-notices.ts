import { decide, forChild } from '../../../libs/disclosure/decide.js';
import { maySeeSlot } from '../../../libs/disclosure/slot.js';
import { purposeOf } from '../../../libs/disclosure/pages.js';
import { disclose, type Withheld } from '../../../libs/disclosure/redact.js';
import { mayKnow, type ChildInReach } from '../../../libs/disclosure/reach.js';
import { isPurpose, type Purpose, type Viewer } from '../../../libs/disclosure/terms.js';
import { CASE_HOLDER, toldAs, type Told, type Watching } from '../../../libs/notifications/addressing.js';
import { contentFor } from '../../../libs/notifications/content.js';
import { DUTY_OFFICER, onRota } from '../../../libs/notifications/rota.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { causeRows, type CauseRow } from '../../../libs/platform/notifications/cause-rows.js';
import { readChildren, type ChildRow } from '../children/child-rows.js';
import type { NoticeRow } from './notice-rows.js';

/** A notice that is a reader's, with the rows they see of what brought it about. */
export interface ToldNotice {
  readonly row: NoticeRow;
  readonly told: Told;
  /** The reader as they stand towards the child, in the one role in which they are told. */
  readonly viewer: Viewer;
  readonly purpose: Purpose;
  /** Never none for a person, unless it was recalled, or offers a slot. */
  readonly content: readonly CauseRow[];
  /** Appointments that it offers: when and where, and nothing else of them. */
  readonly slots: readonly CauseRow[];
  /** For a machine: that there is something of which its people are told. */
  readonly withheld: readonly Withheld[];
  /** The child as the notice may name it: of one that is not theirs to know, only the records that are told of. */
  readonly child?: ChildRow;
  /** They may open the child's timeline. */
  readonly known: boolean;
}

/**
 * Which of these notices this reader is told of now, and what of each: decided from the rows of the causes alone. `stated`: the
 * purpose that a call states. A machine is told for that one; people are told for the notice's own, and where they state one, of
 * notices for that one alone.
 */
export async function toldNotices(
  database: Database,
  viewer: Viewer,
  rows: readonly NoticeRow[],
  watching: Watching,
  stated?: Purpose,
): Promise<ToldNotice[]> {
  const reader = onRota(viewer, watching.duty);
  const theirs = rows.flatMap((row) => {
    const told = toldOf(reader, row, watching);
    const purpose = viewer.roles.includes('system') ? (stated ?? told?.purpose ?? '') : (told?.purpose ?? '');
    const other = stated !== undefined && stated !== purpose;
    return told && isPurpose(purpose) && !other ? [{ row, told, purpose }] : [];
  });
  const standing = theirs.filter(({ row }) => row.state === 'told');
  const causes = await causeRows(
    database,
    standing.map(({ row }) => ({ id: row.id, child: row.child, causes: row.causes.split(' ') })),
  );
  const ids = [...new Set(standing.map(({ row }) => row.child))];
  const children = new Map((ids.length === 0 ? [] : await readChildren(database, ids)).map((one) => [one.id, one]));
  return theirs.flatMap(({ row, told, purpose }): ToldNotice[] => {
    // Taken back from those who have read it: that it was, and nothing of what it said.
    if (row.state === 'recalled')
      return [{ row, told, viewer, purpose, content: [], slots: [], withheld: [], known: false }];
    const child = children.get(row.child);
    if (!child) return [];
    const allocatedTo = child.holders.map(({ worker }) => worker);
    const coveredBy = child.covers.map(({ worker }) => worker);
    const as = forChild({ ...viewer, roles: [seatOf(told)] }, allocatedTo, coveredBy);
    const { shown: content, flagged } = contentFor(row.causes.split(' '), causes.get(row.id) ?? [], (cause) =>
      decide(as, purpose, cause),
    );
    // What is not for machines is still for the people whose machine it is: it says that something waits for them.
    const { withheld } = disclose(as, purpose, told.role === 'system' ? flagged : []);
    const agenciesWithRecords = child.records.map(({ agency }) => agency);
    const inReach = { allocatedTo, agenciesWithRecords };
    const known = !row.possible && mayKnow(as, purpose, inReach) && opens(viewer, told, inReach);
    const slots = known && content.length === 0 ? slotsOf(row, causes.get(row.id) ?? [], as, purpose) : [];
    if (content.length + slots.length + withheld.length === 0) return [];
    const named = known ? child : reported(child, content);
    return [{ row, told, viewer: as, purpose, content, slots, withheld, known, child: named }];
  });
}

// Whom the rota alone makes duty officer opens a timeline as what they sign in as: being told is reach for nothing else (ADR 25).
function opens(viewer: Viewer, { role }: Told, child: ChildInReach): boolean {
  const byRota = role === DUTY_OFFICER && !viewer.roles.includes(DUTY_OFFICER);
  return !byRota || mayKnow(viewer, purposeOf(viewer, 'timeline') ?? '', child);
}

const APPOINTMENT = 'hub.yos.v1.AppointmentPlanned';

/** Of a notice that offers appointments: those of which this reader sees when and where they are. */
function slotsOf({ kind, causes }: NoticeRow, versions: readonly CauseRow[], as: Viewer, purpose: string): CauseRow[] {
  if (!kind.startsWith('interview-slot')) return [];
  return contentFor(causes.split(' '), versions, (cause) =>
    cause.type === APPOINTMENT && maySeeSlot(as, purpose, cause) ? 'full' : 'hidden',
  ).shown.slice();
}

function toldOf(viewer: Viewer, row: NoticeRow, watching: Watching): Told | undefined {
  if (row.state === 'recalled') return { role: row.role, purpose: row.purpose, why: 'addressed' };
  return toldAs(viewer, { ...row, acknowledged: row.acknowledgedBy.length > 0 }, watching);
}

const seatOf = ({ role }: Told): string => (role === CASE_HOLDER ? 'case-manager' : role);

// No more than the report itself: what other records say of the child is not told with it.
function reported(child: ChildRow, content: readonly CauseRow[]): ChildRow {
  const records = new Set(content.map(({ record }) => record));
  return {
    ...child,
    records: child.records.filter(({ stream }) => records.has(stream)),
    holders: [],
    covers: [],
  };
}
