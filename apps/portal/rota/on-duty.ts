import type { Viewer } from '../../../libs/disclosure/terms.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { onDutyAt, type OnDutyNow } from './rota-store.js';

/** Who is on duty at `now` (milliseconds since the epoch), for the one service that has a rota; for anybody else nobody need look. */
export async function onDutyFor(database: Database, viewer: Viewer, now: number): Promise<OnDutyNow | undefined> {
  const { agency, area, roles } = viewer;
  if (agency !== 'yos' || area !== undefined || roles.includes('system')) return undefined;
  return onDutyAt(database, new Date(now).toISOString());
}
