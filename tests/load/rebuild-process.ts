import { openPool } from '../../libs/platform/database/pool.js';
import { openPostgresEventLog } from '../../libs/platform/event-log/postgres/event-log.js';
import { openKeyStore } from '../../libs/platform/keys/key-store.js';
import { Projections } from '../../libs/platform/projections/engine.js';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { createMetrics } from '../../libs/platform/telemetry/metrics.js';
import { projected } from '../../libs/projected.js';
import { timeline } from '../../libs/timeline/timeline.projection.js';
import { masterKey } from './grown-hub.js';

// Rebuilds the timeline as `hub rebuild` does, `rebuild-process HUB_URL KEYS_URL`, and tells its parent the most it had resident.
const [hub = '', keyStore = ''] = process.argv.slice(2);
const database = openPool(hub, 'bench rebuild', 10);
const keys = await openKeyStore({ url: keyStore, masterKey });
const log = await openPostgresEventLog({ pool: database });
const parts = { database, log, keys, logger: createLogger('silent'), metrics: createMetrics() };
const projections = new Projections(parts, projected);
await projections.rebuild(timeline.name);
await projections.close();
await log.close();
await keys.close();
await database.end();
// Kilobytes, on every system Node runs on.
process.send?.({ megabytes: process.resourceUsage().maxRSS / 1_024 });
process.disconnect();
