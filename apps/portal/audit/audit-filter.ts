import { isPurpose } from '../../../libs/disclosure/terms.js';
import { isDay } from '../../../libs/kernel/london.js';
import { isLookOutcome, type LookOutcome } from '../../../libs/platform/audit/look.js';
import { invalid, one, type Query } from '../looks/parameters.js';

/** Which looks are asked for: all that are given must hold. */
export interface AuditFilter {
  /** UUID. */
  readonly child?: string;
  /** Sign-in name, or the system's. */
  readonly who?: string;
  /** `YYYY-MM-DD`, in London. */
  readonly day?: string;
  readonly purpose?: string;
  readonly outcome?: LookOutcome;
}

export const AUDIT_FIELDS = ['child', 'who', 'day', 'purpose', 'outcome'] as const;

const LONGEST_NAME = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Throws `Problem` 400 naming the parameter that breaks a rule; empty ones do not filter. */
export function auditFilterOf(query: Query): AuditFilter {
  const child = one(query, 'child');
  const who = one(query, 'who');
  const day = one(query, 'day');
  const purpose = one(query, 'purpose');
  const outcome = one(query, 'outcome');
  if (child !== undefined && !UUID.test(child)) throw invalid('child', 'is not the id of a child');
  if (who !== undefined && who.length > LONGEST_NAME) throw invalid('who', `is longer than ${LONGEST_NAME} characters`);
  if (day !== undefined && !isDay(day)) throw invalid('day', 'is not a day written YYYY-MM-DD');
  if (purpose !== undefined && !isPurpose(purpose)) throw invalid('purpose', 'names no purpose of the hub');
  if (outcome !== undefined && !isLookOutcome(outcome))
    throw invalid('outcome', 'is none of shown, not-found and done');
  return {
    ...(child === undefined ? {} : { child: child.toLowerCase() }),
    ...(who === undefined ? {} : { who }),
    ...(day === undefined ? {} : { day }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}
