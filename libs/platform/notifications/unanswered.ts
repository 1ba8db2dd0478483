import type { EventLog, Position } from '../../kernel/event-log.js';
import type { Database } from '../database/pool.js';

interface Standing {
  readonly child: string;
  /** The child waits to be derived, or is in hand. */
  readonly due: boolean;
  /** Every cause stands with the child, as linked now. */
  readonly complete: boolean;
  /** Those that causes come from, whosever they are now. */
  readonly records: readonly string[];
  /** How far the engine has looked through the log, and how far the rows of notices are; null before the first event. */
  readonly lookedTo: Position | null;
  readonly rowsTo: Position | null;
}

/**
 * Whether it is still open what becomes of a notice of whose causes one does not stand with its child: the engine has not derived the
 * child since, or the rows do not show yet what it said. A link that changes asks for its children in the same transaction, so all
 * that is asked here is read at one moment. `at`: RFC 3339. False when the notice has ended.
 */
export async function isUnanswered(
  { database, log }: { readonly database: Database; readonly log: EventLog },
  notice: string,
  at: string,
): Promise<boolean> {
  const { rows } = await database.query<Standing>({
    name: 'notice unanswered',
    text: `
      select n.record as child,
        exists (select from reactions r where r.child = n.record
          and (r.due_at <= $2 or r.lease_until > clock_timestamp())) as due,
        (select count(distinct t.fact) from links l join timeline t on t.record = l.record
          and t.occurred_at >= l.valid_from and t.occurred_at < l.valid_to
          where l.child = n.record and l.known_to = 'infinity' and t.fact = any(c.facts)
            and t.superseded_at is null and t.withdrawn_at is null) = cardinality(c.facts) as complete,
        array(select distinct l.record from links l join timeline t on t.record = l.record
          where l.child = n.record and t.fact = any(c.facts)) as records,
        (select position from reaction_progress) as "lookedTo",
        (select position from projections where name = 'notices' and live) as "rowsTo"
      from notices n cross join lateral (select string_to_array(n.causes, ' ') as facts) c
      where n.key = $1 and n.state = 'told'`,
    values: [notice, at],
  });
  const [found] = rows;
  if (!found) return false;
  // Complete: somebody answered since it was looked at, and it has something to say again.
  if (found.due || found.complete) return true;
  const streams = await log.readStreams([found.child, ...found.records]);
  return [...streams].some(([stream, events]) => {
    const seen = stream === found.child ? found.rowsTo : found.lookedTo;
    return (events.at(-1)?.position ?? 0n) > (seen ?? -1n);
  });
}
