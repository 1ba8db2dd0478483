import 'reflect-metadata';
import { plainToInstance, Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, MaxLength, Min, validateSync } from 'class-validator';

const isOn = ({ value }: { value: unknown }): boolean =>
  value === true || value === 'true' || value === '1' || value === 'yes';
const local = { require_tld: false, require_protocol: true };

/** Every setting the hub reads from its environment, with its default. Nothing else reads `process.env`. */
export class Config {
  /** HTTP: doors, pages and API. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** gRPC: the door for events, with health and reflection. 0: this instance has none. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  GRPC_PORT = 3001;

  /** The address to listen on, for both; 0.0.0.0 for every interface. */
  @IsString()
  HOST = '127.0.0.1';

  /** Folder of the embedded PostgreSQL and of the development master key. */
  @IsString()
  HUB_DATA = '.hub';

  /** A PostgreSQL server instead of the embedded one. */
  @IsOptional()
  @IsUrl({ protocols: ['postgres', 'postgresql'], ...local })
  DATABASE_URL?: string;

  /** The key store: a database of its own, backed up apart. Required with DATABASE_URL. */
  @IsOptional()
  @IsUrl({ protocols: ['postgres', 'postgresql'], ...local })
  KEYS_DATABASE_URL?: string;

  /** 32 bytes, base64 or hex: wraps every key. Required in production; elsewhere made once, under HUB_DATA. */
  @IsOptional()
  @Matches(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/, { message: 'must be 32 bytes in base64 or hex' })
  HUB_MASTER_KEY?: string;

  /** Also opens keys, wraps none: the key before HUB_MASTER_KEY, or the next one, while the hub changes over. */
  @IsOptional()
  @Matches(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/, { message: 'must be 32 bytes in base64 or hex' })
  HUB_MASTER_KEY_PREVIOUS?: string;

  /** What was erased, in opaque ids: outside the databases, so that a restore erases it again. Default: under HUB_DATA. */
  @IsOptional()
  @IsString()
  HUB_ERASURE_LEDGER?: string;

  @IsIn(['postgres'])
  EVENT_LOG = 'postgres';

  @IsIn(['postgres'])
  INTAKE = 'postgres';

  /** Any OIDC provider. Without it, and never in production, the bundled development issuer signs people and systems in. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], ...local })
  OIDC_ISSUER?: string;

  /** The portal's client at OIDC_ISSUER. */
  @IsOptional()
  @IsString()
  OIDC_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  /** Where browsers reach the hub; default: http://localhost:PORT. */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], ...local })
  HUB_URL?: string;

  /** Play the demonstration childhood when the store is empty; always off in production. */
  @Transform(isOn)
  HUB_DEMO = true;

  /** Which parts this instance plays: gateway, worker, portal. */
  @Matches(/^(gateway|worker|portal)(,(gateway|worker|portal))*$/)
  HUB_ROLES = 'gateway,worker,portal';

  /** Received and not yet translated: above this many, doors answer 503 with Retry-After. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  HUB_INTAKE_LIMIT = 200_000;

  /**
   * Days for which a message is held that may only be recorded for a child the hub knows; then it is destroyed, for most are
   * about adults. 90: the other agencies' records of a child who goes into custody come within a quarter's returns. Not under
   * 28: a child can be on remand for so long before another hearing makes it known.
   */
  @Type(() => Number)
  @IsInt()
  @Min(28)
  @Max(3650)
  HUB_HELD_DAYS = 90;

  /** A JSON file that says what is expected of which source, instead of what is usual; see libs/sources. */
  @IsOptional()
  @IsString()
  HUB_SOURCES?: string;

  /** Minutes after which an unread message that may report a missing child, taken by nobody, goes to the team manager. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(240)
  HUB_ESCALATE_MINUTES = 15;

  /** Who acts outside office hours, in words staff can ring, e.g. "Emergency duty team, 01632 960 123". */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  HUB_OUT_OF_HOURS?: string;

  /** The service's office hours on working days, HH:MM-HH:MM in London. */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be HH:MM-HH:MM' })
  HUB_OFFICE_HOURS = '08:45-17:15';

  /**
   * How often one address may begin a sign-in, and finish one, in a minute; then 429. More where a proxy in front hides addresses: all
   * of a service are one then.
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  HUB_SIGN_INS_A_MINUTE = 120;

  /** How long a break-glass opens what is withheld, in minutes. */
  @Type(() => Number)
  @IsInt()
  @Min(5)
  @Max(480)
  HUB_BREAK_GLASS_MINUTES = 60;

  /** After so many days a break-glass that nobody has reviewed is late. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(30)
  HUB_BREAK_GLASS_REVIEW_DAYS = 3;

  /** A JSON file with what an area sets otherwise in the rulebook: limits, holidays, school holidays; see libs/duties/rulebook. */
  @IsOptional()
  @IsString()
  HUB_AREA?: string;

  /** Send notices to receivers on this machine, over plain HTTP too. Tests and development only. */
  @Transform(isOn)
  HUB_WEBHOOK_ALLOW_LOOPBACK = false;

  /** A file that holds the time, RFC 3339: the hub's clock stands there until the file says otherwise. Tests only. */
  @IsOptional()
  @IsString()
  HUB_TEST_CLOCK?: string;

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
  LOG_LEVEL = 'info';

  @IsOptional()
  @IsString()
  NODE_ENV?: string;

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }

  get url(): string {
    return this.HUB_URL ?? `http://localhost:${this.PORT}`;
  }

  /** True where the demonstration childhood is played: then nobody goes on speaking. */
  get demonstration(): boolean {
    return this.HUB_DEMO && !this.production && this.OIDC_ISSUER === undefined;
  }

  plays(role: 'gateway' | 'worker' | 'portal'): boolean {
    return this.HUB_ROLES.split(',').includes(role);
  }
}

/** The environment breaks a rule; `message` names every variable and why, never its value. */
export class ConfigError extends Error {
  readonly code = 'config';
}

/** Reads and validates the environment. Throws `ConfigError`. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(
    ([name, value]) => name in known && value !== undefined && value !== '',
  );
  const config = plainToInstance(Config, Object.fromEntries(given), { exposeDefaultValues: true });
  const faults = validateSync(config).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((text) => (text.startsWith(property) ? text : `${property} ${text}`)),
  );
  if (config.DATABASE_URL !== undefined && config.KEYS_DATABASE_URL === undefined) {
    faults.push('KEYS_DATABASE_URL is required with DATABASE_URL: keys live in a database of their own');
  }
  if (config.HUB_MASTER_KEY_PREVIOUS !== undefined && config.HUB_MASTER_KEY === undefined) {
    faults.push('HUB_MASTER_KEY is required with HUB_MASTER_KEY_PREVIOUS');
  }
  if (config.production) {
    if (config.HUB_TEST_CLOCK !== undefined) faults.push('HUB_TEST_CLOCK is refused in production');
    if (config.HUB_WEBHOOK_ALLOW_LOOPBACK) faults.push('HUB_WEBHOOK_ALLOW_LOOPBACK is refused in production');
    if (config.HUB_MASTER_KEY === undefined) faults.push('HUB_MASTER_KEY is required in production');
    if (config.OIDC_ISSUER?.startsWith('http:')) faults.push('OIDC_ISSUER must be https in production');
    if (config.OIDC_ISSUER === undefined)
      faults.push('OIDC_ISSUER is required in production: the bundled issuer is for development');
  }
  if (faults.length > 0)
    throw new ConfigError(`The hub cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  return config;
}

const known: Readonly<Record<string, true>> = {
  PORT: true,
  GRPC_PORT: true,
  HOST: true,
  HUB_DATA: true,
  DATABASE_URL: true,
  KEYS_DATABASE_URL: true,
  HUB_MASTER_KEY: true,
  HUB_MASTER_KEY_PREVIOUS: true,
  HUB_ERASURE_LEDGER: true,
  EVENT_LOG: true,
  INTAKE: true,
  OIDC_ISSUER: true,
  OIDC_CLIENT_ID: true,
  OIDC_CLIENT_SECRET: true,
  HUB_URL: true,
  HUB_DEMO: true,
  HUB_ROLES: true,
  HUB_INTAKE_LIMIT: true,
  HUB_HELD_DAYS: true,
  HUB_SOURCES: true,
  HUB_ESCALATE_MINUTES: true,
  HUB_OUT_OF_HOURS: true,
  HUB_OFFICE_HOURS: true,
  HUB_SIGN_INS_A_MINUTE: true,
  HUB_BREAK_GLASS_MINUTES: true,
  HUB_BREAK_GLASS_REVIEW_DAYS: true,
  HUB_AREA: true,
  HUB_TEST_CLOCK: true,
  HUB_WEBHOOK_ALLOW_LOOPBACK: true,
  LOG_LEVEL: true,
  NODE_ENV: true,
};
