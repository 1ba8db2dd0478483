import type { Position } from '../../kernel/event-log.js';
import type { Projection } from '../../kernel/projection.js';
import { transaction, type Connection, type Database } from '../database/pool.js';

/** One build of a projection: a table of its own. Readers see the live one, through a view named as the projection. */
export interface Build {
  readonly name: string;
  readonly build: number;
  readonly version: number;
  readonly live: boolean;
  /** Last position whose rows are committed; null before the first. */
  readonly position: Position | null;
  /** Object id of the table's row type. */
  readonly rowType: bigint;
}

export async function buildsOf(database: Database | Connection, name: string): Promise<Build[]> {
  const { rows } = await database.query<Build>(
    `select p.name, p.build, p.version, p.live, p.position, c.reltype::bigint as "rowType"
     from projections p join pg_class c on c.oid = to_regclass(p.name || '_' || p.build)
     where p.name = $1 order by p.build`,
    [name],
  );
  return rows;
}

export async function liveBuild(database: Database | Connection, name: string): Promise<Build> {
  const live = (await buildsOf(database, name)).find((build) => build.live);
  if (!live) throw new Error(`projection ${name} has not been prepared`);
  return live;
}

/** Makes sure readers have something to read: the first build of a projection is live at once, and fills while it serves. */
export async function prepare(database: Database, projection: Projection): Promise<void> {
  await transaction(database, async (connection) => {
    await only(connection, projection.name);
    if ((await buildsOf(connection, projection.name)).some((build) => build.live)) return;
    const build = await insertBuild(connection, projection, 1, true, null);
    await createIndexes(connection, projection, build);
    await pointView(connection, build);
  });
}

/** The unfinished build of this version to go on with, or a new one. Builds of other versions that nobody finished go. */
export async function beginBuild(database: Database, projection: Projection, head: Position | null): Promise<Build> {
  return await transaction(database, async (connection) => {
    await only(connection, projection.name);
    const builds = await buildsOf(connection, projection.name);
    const unfinished = builds.find((build) => !build.live && build.version === projection.version);
    for (const build of builds) if (!build.live && build !== unfinished) await dropBuild(connection, build);
    const next = Math.max(0, ...builds.map((build) => build.build)) + 1;
    return unfinished ?? (await insertBuild(connection, projection, next, false, head));
  });
}

/** Readers see `build` from this transaction's commit on; the build they saw before is dropped with it. */
export async function swap(connection: Connection, previous: Build, build: Build): Promise<void> {
  // A long read of the old rows must not hold up every reader that queues behind this lock: give up and try again.
  await connection.query(`set local lock_timeout = '2s'`);
  await pointView(connection, build);
  await dropBuild(connection, previous);
  await connection.query(
    'update projections set live = true, updated_at = clock_timestamp() where name = $1 and build = $2',
    [build.name, build.build],
  );
}

export async function createIndexes(
  connection: Database | Connection,
  projection: Projection,
  build: Build,
): Promise<void> {
  for (const [number, columnList] of projection.indexes.entries()) {
    await connection.query(
      `create index if not exists ${identifier(`${build.name}_${build.build}_${number}`)} on ${tableOf(build)} (${columnList})`,
    );
  }
}

/** The quoted table name of a build. */
export function tableOf(build: Pick<Build, 'name' | 'build'>): string {
  return identifier(`${build.name}_${build.build}`);
}

export function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,58}$/.test(name)) throw new Error(`not a name for a table or column: ${name}`);
  return `"${name}"`;
}

async function insertBuild(
  connection: Connection,
  projection: Projection,
  build: number,
  live: boolean,
  total: Position | null,
): Promise<Build> {
  await connection.query('insert into projections (name, build, version, live, total) values ($1, $2, $3, $4, $5)', [
    projection.name,
    build,
    projection.version,
    live,
    total,
  ]);
  const table = tableOf({ name: projection.name, build });
  const list = Object.entries(projection.columns).map(([name, type]) => `${identifier(name)} ${type}`);
  await connection.query(`create table ${table} (${list.join(', ')}, primary key (key))`);
  // Sealed bytes do not compress: trying costs a quarter of the write.
  for (const [name, type] of Object.entries(projection.columns)) {
    if (type.startsWith('bytea')) {
      await connection.query(`alter table ${table} alter ${identifier(name)} set storage external`);
    }
  }
  const inserted = (await buildsOf(connection, projection.name)).find((candidate) => candidate.build === build);
  if (!inserted) throw new Error(`build ${build} of ${projection.name} was not created`);
  return inserted;
}

async function dropBuild(connection: Connection, build: Build): Promise<void> {
  await connection.query(`drop table if exists ${tableOf(build)}`);
  await connection.query('delete from projection_parked where name = $1 and build = $2', [build.name, build.build]);
  await connection.query('delete from projections where name = $1 and build = $2', [build.name, build.build]);
}

// Dropped and made again, not replaced: another version has other columns.
async function pointView(connection: Connection, build: Build): Promise<void> {
  await connection.query(`drop view if exists ${identifier(build.name)}`);
  await connection.query(`create view ${identifier(build.name)} as select * from ${tableOf(build)}`);
}

// Two instances that start together must not both create a build.
async function only(connection: Connection, name: string): Promise<void> {
  await connection.query(`select pg_advisory_xact_lock(hashtextextended('projection builds ' || $1, 0))`, [name]);
}
