import { transaction, type Database } from '../database/pool.js';

/** A system that publishes or reads as itself, or a person. */
export type CredentialKind = 'system' | 'person';

/** What somebody did about a credential, and why. */
export interface CredentialAction {
  readonly kind: CredentialKind;
  /** The system's name, or a sign-in name. */
  readonly subject: string;
  readonly action: 'revoked' | 'restored';
  readonly reason: string;
  readonly who: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Channel on which every instance hears that the credentials changed. */
export const CREDENTIALS_CHANGED = 'credentials_changed';

/** How each credential stands that anything was ever done about: its last action. */
export async function credentials(database: Database): Promise<CredentialAction[]> {
  const { rows } = await database.query<CredentialAction>({
    name: 'credentials',
    text: `select distinct on (kind, subject) kind, subject, action, reason, who, at
             from credential_actions order by kind, subject, id desc`,
  });
  return rows;
}

/** Everything that was done, newest first. */
export async function credentialHistory(database: Database): Promise<CredentialAction[]> {
  const { rows } = await database.query<CredentialAction>(
    'select kind, subject, action, reason, who, at from credential_actions order by id desc limit 1000',
  );
  return rows;
}

/** Notes an action and tells every instance with its commit. False when the credential stood so already: nothing is noted. */
export async function actOnCredential(database: Database, asked: Omit<CredentialAction, 'at'>): Promise<boolean> {
  const { kind, subject, action, reason, who } = asked;
  return transaction(database, async (connection) => {
    await connection.query(`select pg_advisory_xact_lock(hashtextextended('credentials', 0))`);
    const { rows } = await connection.query<{ action: string }>(
      'select action from credential_actions where kind = $1 and subject = $2 order by id desc limit 1',
      [kind, subject],
    );
    if ((rows[0]?.action ?? 'restored') === action) return false;
    await connection.query(
      'insert into credential_actions (kind, subject, action, reason, who) values ($1, $2, $3, $4, $5)',
      [kind, subject, action, reason, who],
    );
    await connection.query(`notify ${CREDENTIALS_CHANGED}`);
    return true;
  });
}
