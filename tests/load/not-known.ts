import { randomUUID } from 'node:crypto';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { systemClock } from '../../libs/kernel/clock.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { openDoors } from '../acceptance/portal-server.js';
import { durations, median, type Benchmark, type Measurement } from './measurement.js';
import { openParts } from './reader.js';
import { small } from './sizes.js';

const EACH = 1_000;
const viewer = { who: 'sky.school', agency: 'education', roles: ['lead'] };

/** That a child exists must not show in how long it takes to say that there is none. Times of each kind, interleaved. */
export const notKnown: readonly Benchmark[] = [
  benchmark('not-known.api', (child) => `/v1/children/${child}/timeline`),
  benchmark('not-known.page', (child) => `/children/${child}`),
];

function benchmark(name: string, path: (child: string) => string): Benchmark {
  return {
    name,
    what: `median answer to an education lead about ${EACH} children of whom education has no record, against ${EACH} that do not exist; interleaved`,
    goal: { of: 'ratio', is: 'at most', goal: 1.1, beyond: 1.05 },
    run: async (server): Promise<Measurement> => {
      const hub = await small(server);
      const parts = openParts(hub);
      const doors = await openDoors(parts);
      try {
        const session = new Sessions(new SessionStore(hub.database), hub.keys, systemClock);
        const headers = {
          authorization: `Bearer ${await doors.token(viewer)}`,
          cookie: `hub_session=${await session.begin({ viewer, name: viewer.who, idToken: '' })}`,
        };
        const { rows } = await hub.database.query<{ id: string }>('select id from children order by id limit $1', [
          EACH,
        ]);
        const ask = async (child: string): Promise<void> => {
          const response = await fetch(`${doors.url}${path(child)}`, { headers });
          await response.arrayBuffer();
          if (response.status !== 404) throw new Error(`${response.status} where 404 was expected`);
        };
        const child = (n: number): string => rows[n % rows.length]?.id ?? '';
        await durations(EACH / 5, async (n) => ask(n % 2 === 0 ? child(n) : randomUUID()));
        const taken: Record<'notAllowed' | 'unknown', number[]> = { notAllowed: [], unknown: [] };
        for (let n = 0; n < EACH; n += 1) {
          // In turn which of them goes first: what goes second finds the way trodden.
          const kinds = n % 2 === 0 ? (['notAllowed', 'unknown'] as const) : (['unknown', 'notAllowed'] as const);
          for (const kind of kinds) {
            taken[kind].push(...(await durations(1, async () => ask(kind === 'unknown' ? randomUUID() : child(n)))));
          }
        }
        const [value, referenceValue] = [median(taken.notAllowed), median(taken.unknown)];
        const ratio = Math.max(value, referenceValue) / Math.min(value, referenceValue);
        return { name, value, unit: 'ms', reference: 'a child that does not exist', referenceValue, ratio };
      } finally {
        await doors.close();
        await parts.intake.stop();
      }
    },
  };
}
