import { randomBytes } from 'node:crypto';
import type { KeyStore } from '../../kernel/keys.js';
import { transaction, type Database } from '../database/pool.js';
import { open, seal } from '../keys/seal.js';

/** Where a partner's system is told. */
export interface Endpoint {
  readonly id: string;
  readonly system: string;
  readonly agency: string;
  readonly place: string;
  readonly purpose: string;
  readonly state: 'active' | 'gone';
  /** RFC 3339. */
  readonly createdAt: string;
  readonly failingSince: string | null;
  readonly url: string;
  /** Signing secrets, `whsec_…`, the newest first; at most two. */
  readonly secrets: readonly string[];
}

export interface EndpointRow extends Omit<Endpoint, 'url' | 'secrets'> {
  readonly sealed: Buffer;
}

const MOST_SECRETS = 2;
export const ENDPOINT_COLUMNS = `id, system, agency, place, purpose, state, created_at as "createdAt",
  failing_since as "failingSince", sealed`;

type Kept = Pick<Endpoint, 'url' | 'secrets'>;

/** Endpoints of partners' systems. Addresses and secrets are sealed under a key made from the endpoint's id. */
export class EndpointStore {
  constructor(
    private readonly database: Database,
    private readonly keys: Pick<KeyStore, 'hash'>,
  ) {}

  /** Tells of what is raised from now on. */
  async register(one: Omit<Endpoint, 'secrets' | 'state' | 'failingSince'>): Promise<Endpoint> {
    const secrets = [newSecret()];
    const { id, system, agency, place, purpose, createdAt, url } = one;
    await this.database.query(
      `insert into webhook_endpoints (id, system, agency, place, purpose, sealed, created_at, registered_at_position)
       values ($1, $2, $3, $4, $5, $6, $7, coalesce((select max(position) from notices), 0))`,
      [id, system, agency, place, purpose, this.#seal(id, { url, secrets }), createdAt],
    );
    return { ...one, secrets, state: 'active', failingSince: null };
  }

  async list(system: string): Promise<Endpoint[]> {
    const { rows } = await this.database.query<EndpointRow>(
      `select ${ENDPOINT_COLUMNS} from webhook_endpoints where system = $1 and state <> 'deleted' order by created_at, id`,
      [system],
    );
    return rows.map((row) => this.opened(row));
  }

  /** Undefined alike when there is none, and when it is another system's. */
  async find(system: string, id: string): Promise<Endpoint | undefined> {
    return (await this.list(system)).find((one) => one.id === id);
  }

  /** A new secret beside the one before: both sign until the next rotation. Answers the new one. Of two at once each is kept. */
  async rotate({ id }: Pick<Endpoint, 'id'>): Promise<string> {
    const secret = newSecret();
    await transaction(this.database, async (connection) => {
      const { rows } = await connection.query<EndpointRow>(
        `select ${ENDPOINT_COLUMNS} from webhook_endpoints where id = $1 for update`,
        [id],
      );
      for (const row of rows) {
        const { url, secrets } = this.opened(row);
        const sealed = this.#seal(id, { url, secrets: [secret, ...secrets].slice(0, MOST_SECRETS) });
        await connection.query('update webhook_endpoints set sealed = $2 where id = $1', [id, sealed]);
      }
    });
    return secret;
  }

  async remove(id: string): Promise<void> {
    await this.database.query(
      `with gone as (update webhook_endpoints set state = 'deleted' where id = $1 returning id)
       update webhook_deliveries set state = 'dropped', settled_at = now() from gone where endpoint = gone.id and state = 'pending'`,
      [id],
    );
  }

  opened({ sealed, ...row }: EndpointRow): Endpoint {
    return { ...row, ...(JSON.parse(open(this.#key(row.id), sealed, row.id).toString()) as Kept) };
  }

  #seal(id: string, kept: Kept): Buffer {
    return seal(this.#key(id), Buffer.from(JSON.stringify(kept)), id);
  }

  #key(id: string): { id: string; bytes: Uint8Array } {
    return { id: 'webhook', bytes: this.keys.hash('webhook-key', id) };
  }
}

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
