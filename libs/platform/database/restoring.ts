import pg from 'pg';

/** A restore into this database is under way, or was broken off: what is in it is not a hub yet. */
export class Restoring extends Error {
  readonly code = 'restoring';
  constructor() {
    super(
      'a restore into this database was broken off, or is under way: run hub restore again and let it finish. ' +
        'Until then nothing here is a hub that may be used.',
    );
    this.name = 'Restoring';
  }
}

/** Says, in the database itself, that a restore has begun: it stays until the restore has checked what it made. */
export async function markRestoring(url: string): Promise<void> {
  await within(url, async (client) => {
    await client.query('create schema if not exists hub_restoring');
  });
}

export async function unmarkRestoring(url: string): Promise<void> {
  await within(url, async (client) => {
    await client.query('drop schema if exists hub_restoring');
  });
}

export async function isRestoring(url: string): Promise<boolean> {
  return within(url, async (client) => {
    const { rowCount } = await client.query(`select from pg_namespace where nspname = 'hub_restoring'`);
    return rowCount !== 0;
  });
}

/** Throws `Restoring`. */
export async function refuseRestoring(url: string): Promise<void> {
  if (await isRestoring(url)) throw new Restoring();
}

async function within<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hub restoring' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
