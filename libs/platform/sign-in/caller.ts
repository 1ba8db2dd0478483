import { HUB_SYSTEM, isAgency, type Agency } from '../../kernel/agency.js';

/** Who a token speaks for: a system that publishes as itself, or a person with roles in an agency. */
export interface Caller {
  readonly subject: string;
  /** Set for a partner's system. */
  readonly system?: string;
  readonly agency: Agency;
  readonly roles: readonly string[];
  readonly scopes: ReadonlySet<string>;
  /** The authority or force, of several, that the caller works for: its code or number. Absent: the area that the hub serves. */
  readonly area?: string;
  /** Set for a person whose issuer says it. */
  readonly name?: string;
}

/**
 * Undefined when the claims do not say for which agency the caller speaks, or name the hub's own system: then it speaks for
 * nobody.
 */
export function callerFrom(claims: Readonly<Record<string, unknown>>): Caller | undefined {
  const agency = claims['hub_agency'];
  const subject = claims['sub'];
  if (typeof subject !== 'string' || typeof agency !== 'string' || !isAgency(agency)) return undefined;
  const system = claims['hub_system'];
  if (system === HUB_SYSTEM) return undefined;
  const name = claims['name'];
  const area = claims['hub_area'];
  return {
    subject,
    agency,
    roles: texts(claims['hub_roles']),
    scopes: new Set(scopesOf(claims)),
    ...(typeof system === 'string' && system !== '' ? { system } : {}),
    ...(typeof area === 'string' && area !== '' ? { area } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

// RFC 9068 says `scope`, one string; some providers send `scp`, a list.
function scopesOf(claims: Readonly<Record<string, unknown>>): string[] {
  const scope = claims['scope'] ?? claims['scp'];
  return typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : texts(scope);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
