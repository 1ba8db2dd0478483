import type { Database } from '../database/pool.js';

/** Portal sessions by the hash of their id; what they hold is sealed. */
export class SessionStore {
  constructor(private readonly database: Database) {}

  /** `at`, RFC 3339, is now by the hub's own clock. */
  async find(idHash: Buffer, at: string): Promise<Buffer | undefined> {
    const { rows } = await this.database.query<{ data: Buffer }>({
      name: 'session find',
      text: 'select data from sessions where id_hash = $1 and expires_at > $2',
      values: [idHash, at],
    });
    return rows[0]?.data;
  }

  /** `expiresAt`: RFC 3339. */
  async write(idHash: Buffer, data: Buffer, expiresAt: string): Promise<void> {
    await this.database.query(
      `insert into sessions (id_hash, data, expires_at) values ($1, $2, $3)
       on conflict (id_hash) do update set data = excluded.data, expires_at = excluded.expires_at`,
      [idHash, data, expiresAt],
    );
  }

  async remove(idHash: Buffer): Promise<void> {
    await this.database.query('delete from sessions where id_hash = $1', [idHash]);
  }

  async removeExpired(now: string): Promise<void> {
    await this.database.query('delete from sessions where expires_at < $1', [now]);
  }
}
