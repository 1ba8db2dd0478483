import type { Viewer } from '../../../libs/disclosure/terms.js';
import type { Caller } from '../../../libs/platform/sign-in/caller.js';

/** The viewer a caller is. A machine has the one role `system`, which no person can have. */
export function viewerOf({ subject, system, agency, roles, area }: Caller): Viewer {
  const placed = area === undefined ? {} : { area };
  if (system !== undefined) return { who: system, agency, roles: ['system'], ...placed };
  return { who: subject, agency, roles: roles.filter((role) => role !== 'system'), ...placed };
}
