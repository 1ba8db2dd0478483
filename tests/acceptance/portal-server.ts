import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { importJWK, SignJWT } from 'jose';
import { PortalModule } from '../../apps/portal/portal.module.js';
import { drain } from '../../apps/worker/worker.loop.js';
import { encode } from '../../libs/contracts/catalogue.js';
import { AppointmentRecordedSchema } from '../../libs/contracts/gen/hub/yos/v1/yos_pb.js';
import type { Disclosable, Viewer } from '../../libs/disclosure/terms.js';
import type { Clock } from '../../libs/kernel/clock.js';
import type { EventMeta, NewEvent } from '../../libs/kernel/event-log.js';
import type { DataKey } from '../../libs/kernel/keys.js';
import { readConfig } from '../../libs/platform/config.js';
import { seal } from '../../libs/platform/keys/seal.js';
import { PlatformModule, type Parts } from '../../libs/platform/platform.module.js';
import { httpAdapter } from '../../libs/platform/problems/http-adapter.js';
import { AUDIENCE, issuerOf } from '../../libs/platform/sign-in/portal-client.js';
import { signingKeys } from '../../libs/platform/sign-in/issuer/signing-keys.js';
import type { Logger } from '../../libs/platform/telemetry/logger.js';
import { nestLogger } from '../../libs/platform/telemetry/nest-logger.js';
import { childhood } from '../../libs/simulations/childhood/childhood.js';
import { freePort } from '../../libs/testing/http/free-port.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';

/** The doors of a portal, listening. */
export interface PortalDoors {
  readonly url: string;
  /** A bearer token, as the bundled issuer signs it. */
  token(viewer: Viewer, scope?: string): Promise<string>;
  close(): Promise<void>;
}

/** A portal on a real server and database, in which the demonstration childhood has been told. */
export interface PortalServer extends PortalDoors {
  readonly hub: TestHub;
  /** Id of the child whose family name this is, wherever it stands in a source's record. */
  childOf(system: string, category: string): Promise<string>;
  /** Records an entry on the child's oldest record and waits until it shows. Returns its event id. `as`: what it says instead, or a type. */
  record(
    child: string,
    kind: Disclosable,
    purpose: string,
    more?: Partial<EventMeta>,
    as?: Spoken | string,
  ): Promise<string>;
  /** The same for many at once. */
  recordAll(child: string, entries: ReadonlyMap<string, Disclosable>): Promise<void>;
}

/** A type with its encoded content. */
export interface Spoken {
  readonly type: string;
  readonly data: Uint8Array;
}

@Module({})
class Composition {}

/**
 * `beside`: modules of the hub that serve at the same address, the gateway for one. `clock`: what the portal takes for now,
 * where a story happens on other days.
 */
export async function openPortal(beside: readonly Type[] = [], clock?: Clock): Promise<PortalServer> {
  const hub = await openTestHub();
  const stop = new AbortController();
  await hub.projections.prepare();
  const following = hub.projections.run(stop.signal);
  await hub.keep(...childhood(new Date().toISOString()));
  await drain(hub);
  await hub.projections.settled();
  const doors = await openDoors(clock === undefined ? hub : { ...hub, clock }, { beside });

  return {
    ...doors,
    hub,
    childOf: async (system, category) => {
      const { rows } = await hub.database.query<{ child: string }>(
        `select l.child from links l join timeline t on t.record = l.record
         where l.known_to = 'infinity' and t.system = $1 and t.category = $2 group by 1 order by count(*) desc limit 1`,
        [system, category],
      );
      return rows[0]!.child;
    },
    record: async (child, kind, purpose, more = {}, as = 'hub.yos.v1.AppointmentRecorded') => {
      const record = await recordOf(hub, child);
      const event =
        typeof as === 'string'
          ? { ...entry(record.key, kind, purpose, more), type: as }
          : spoken(record.key, kind, more, as);
      await hub.log.append(record.stream, 'any', [event]);
      await hub.projections.settled();
      return event.id;
    },
    recordAll: async (child, entries) => {
      const record = await recordOf(hub, child);
      const events = [...entries].map(([purpose, kind]) => entry(record.key, kind, purpose, {}));
      await hub.log.append(record.stream, 'any', events);
      await hub.projections.settled();
    },
    close: async () => {
      await doors.close();
      stop.abort();
      await following;
      await hub.close();
    },
  };
}

interface Opening {
  readonly beside?: readonly Type[];
  readonly logger?: Logger;
  /** What is configured otherwise than usual. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The portal's doors on a hub that is open, and stays so. `beside`: see above; `logger` hears what they log. */
export async function openDoors(
  hub: Parts,
  { beside = [], logger = hub.logger, env = {} }: Opening = {},
): Promise<PortalDoors> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-portal-'));
  const config = readConfig({ LOG_LEVEL: 'silent', PORT: String(await freePort()), HUB_DATA: folder, ...env });
  const application = await NestFactory.create<NestFastifyApplication>(
    { module: Composition, imports: [PlatformModule.with({ ...hub, config, logger }), ...beside, PortalModule] },
    httpAdapter(logger),
    { logger: nestLogger(logger), abortOnError: false },
  );
  await application.listen(config.PORT, '127.0.0.1');
  const [jwk] = (await signingKeys(folder)).jwks.keys;
  const privateKey = await importJWK(jwk!, 'ES256');
  return {
    url: config.url,
    token: async ({ who, agency, roles, area }, scope = 'read') =>
      new SignJWT({
        scope,
        hub_agency: agency,
        ...(area === undefined ? {} : { hub_area: area }),
        ...(roles.includes('system') ? { hub_system: who } : { hub_roles: roles, name: who }),
      })
        .setProtectedHeader({ alg: 'ES256', kid: jwk!.kid! })
        .setIssuer(issuerOf(config))
        .setAudience(AUDIENCE)
        .setSubject(who)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: async () => {
      await application.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function recordOf(hub: TestHub, child: string): Promise<{ stream: string; key: DataKey }> {
  const { rows } = await hub.database.query<{ stream: string; key_id: string }>(
    `select r.stream, r.key_id from records r join links l on l.record = r.stream
     where l.child = $1 and l.known_to = 'infinity' order by r.created_at, r.stream limit 1`,
    [child],
  );
  const { stream, key_id } = rows[0]!;
  return { stream, key: (await hub.keys.find([key_id])).get(key_id)! };
}

function entry(key: DataKey, kind: Disclosable, purpose: string, more: Partial<EventMeta>): NewEvent {
  const data = encode(AppointmentRecordedSchema, { appointmentReference: randomUUID(), purpose, attended: true });
  return spoken(key, kind, more, { type: 'hub.yos.v1.AppointmentRecorded', data });
}

function spoken(key: DataKey, kind: Disclosable, more: Partial<EventMeta>, { type, data }: Spoken): NewEvent {
  const id = randomUUID();
  const now = new Date().toISOString();
  const meta: EventMeta = {
    system: kind.agency,
    agency: kind.agency,
    category: kind.category,
    handling: kind.handling,
    fact: randomUUID(),
    content: 'content',
    occurredAt: now,
    precision: 'instant',
    statedAt: now,
    receivedAt: now,
    receipt: randomUUID(),
    correlation: randomUUID(),
    key: key.id,
    ...more,
  };
  return { id, type, meta, data: seal(key, data, id) };
}
