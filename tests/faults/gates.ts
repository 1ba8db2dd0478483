import type { Database } from '../../libs/platform/database/pool.js';
import { until } from './until.js';

/**
 * Places in the work of a worker at which the database can hold it: where it claims children; where it has news of a child that
 * nothing was raised of, and has not appended it; where it has appended, and has not noted that it did.
 */
export type Gate = 'claim' | 'append' | 'checkpoint';

const LOCK = 4_200_042;

/** Once, in a hub's database. Workers name themselves by `gatesOf`. */
export async function buildGates(database: Database): Promise<void> {
  await database.query(`
    create table fault_gates (worker text, gate text, primary key (worker, gate));
    create function fault_gate() returns trigger language plpgsql as $$
    begin
      if exists (select from fault_gates where worker = current_setting('fault.worker', true) and gate = tg_argv[0]) then
        -- Whoever is shut out of claiming waits for nobody: it finds nothing to claim.
        if tg_argv[0] = 'claim' then return null; end if;
        perform pg_advisory_xact_lock_shared(${LOCK});
      end if;
      return new;
    end $$;
    create trigger fault_claim before update on reactions for each row
      when (new.lease_until is not null and new.lease_until is distinct from old.lease_until)
      execute function fault_gate('claim');
    create trigger fault_checkpoint before update on reactions for each row
      when (new.lease_until is null and old.lease_until is not null) execute function fault_gate('checkpoint');
    create trigger fault_append before update on children for each row
      when (new.key_id is not null and old.key_id is null) execute function fault_gate('append');`);
}

/** What a worker's process is started with, so that it is known at the gates. */
export const gatesOf = (worker: number): NodeJS.ProcessEnv => ({ PGOPTIONS: `-c fault.worker=${worker}` });

/** Shuts a gate to one worker, and to all others the claims; gives the news, and does the work once the worker stands at the gate. */
export async function whileHeld(
  database: Database,
  { worker, others, gate }: { worker: number; others: readonly number[]; gate: Gate },
  news: () => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  const keeper = await database.connect();
  try {
    await keeper.query('select pg_advisory_lock($1)', [LOCK]);
    await keeper.query(
      `insert into fault_gates select $1::text, $2::text union all select unnest($3::text[]), 'claim'`,
      [...[String(worker), gate], others.map(String)],
    );
    await news();
    await until(
      async () => ((await keeper.query(WAITS)).rowCount ?? 0) > 0,
      () => `worker ${worker} does not come to the gate: ${gate}`,
    );
    await work();
  } finally {
    await keeper.query('delete from fault_gates');
    await keeper.query('select pg_advisory_unlock($1)', [LOCK]);
    keeper.release();
  }
}

const WAITS = `select from pg_locks where locktype = 'advisory' and not granted and objid = ${LOCK}`;
