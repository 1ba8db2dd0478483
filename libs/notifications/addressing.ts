import type { Agency } from '../kernel/agency.js';
import { DUTY_OFFICER, type OnDuty } from './rota.js';

/** Whom a notice is for, and how it stands: what decides who is told of it now. */
export interface Addressed {
  readonly agency: Agency;
  /** A role of the disclosure policy; `named-case-manager`: whoever acts in the case. */
  readonly role: string;
  readonly purpose: string;
  /** Which of several authorities or forces; '': the one the hub serves. */
  readonly place: string;
  readonly urgency: 'urgent' | 'ordinary' | 'digest';
  /** RFC 3339. */
  readonly raisedAt: string;
  /** Sign-in names of those who hold or cover the case now; of a role that is nobody's case, empty. */
  readonly acting: readonly string[];
  /** Somebody of this agency, role and place reads their inbox. */
  readonly staffed: boolean;
  /** Somebody said that they have it. */
  readonly acknowledged: boolean;
}

/** Who reads. */
export interface Reader {
  readonly who: string;
  readonly agency: string;
  readonly roles: readonly string[];
  readonly area?: string;
}

/** The day as it stands for the service that overlooks what nobody has. */
export interface Watching {
  readonly now: number;
  readonly inHours: boolean;
  /** Minutes after which an urgent notice that nobody has acknowledged goes to the team manager too. */
  readonly escalateMinutes: number;
  /** Who is on duty by the rota; absent where none is kept: then whoever signs in as duty officer is. */
  readonly duty?: OnDuty | undefined;
}

/** In which role and for which purpose somebody is told, and why they are. */
export interface Told {
  readonly role: string;
  readonly purpose: string;
  /** `addressed`: it is theirs. `nobody-there`: nobody has the role or the case. `unacknowledged`: nobody has said they have it. */
  readonly why: 'addressed' | 'nobody-there' | 'unacknowledged';
}

const MACHINE = 'system';
const HEAD = 'head-of-service';
export const CASE_HOLDER = 'named-case-manager';

/** Whether and as what a reader, as `onRota` has them, is told of a notice now; undefined: it is not theirs. */
export function toldAs(reader: Reader, notice: Addressed, watching: Watching): Told | undefined {
  const { agency, role, purpose } = notice;
  if (isAddressed(reader, notice)) {
    return { role: reader.roles.includes(MACHINE) ? MACHINE : role, purpose, why: 'addressed' };
  }
  if (reader.agency !== 'yos') return undefined;
  const [gap, late] = [watching.duty?.gap === true, isLate(notice, watching)];
  const why = unowned(notice, watching) ? 'nobody-there' : late ? 'unacknowledged' : undefined;
  if (why === undefined || (agency === 'yos' && reader.roles.includes(role))) return undefined;
  // The team manager is at work in office hours; what waits at night is the duty officer's, and stays the manager's too once it is late,
  // or where nobody is on duty.
  const manages = reader.roles.includes('team-manager') && (watching.inHours || gap || late);
  if (manages) return { role: 'team-manager', purpose: 'supervision-of-staff', why };
  const onDuty = reader.roles.includes(DUTY_OFFICER) && (why === 'nobody-there' || !watching.inHours);
  if (onDuty) return { role: DUTY_OFFICER, purpose: 'duty', why };
  const heads = reader.roles.includes(HEAD) && gap && late;
  return heads ? { role: HEAD, purpose: 'supervision-of-staff', why } : undefined;
}

/** Those who, beside whom a notice is for, may be told of it now: nobody else need look for it. A reader as `onRota` has them. */
export function mayBeToldBeside({ agency, roles }: Reader, { duty }: Watching): boolean {
  const heads = duty?.gap === true && roles.includes(HEAD);
  return agency === 'yos' && (heads || roles.includes('team-manager') || roles.includes(DUTY_OFFICER));
}

function isAddressed({ who, agency, roles, area }: Reader, notice: Addressed): boolean {
  if (agency !== notice.agency) return false;
  // Of an area of their own, they are told what is addressed to it; everybody else is of the area that the hub serves.
  if (area !== undefined && area !== notice.place) return false;
  if (roles.includes(MACHINE)) return true;
  if (notice.role === CASE_HOLDER) return roles.includes('case-manager') && notice.acting.includes(who);
  return roles.includes(notice.role);
}

/** True where nobody would be told: nobody acts in the case, nobody is on duty, or nobody of that role and place reads an inbox. */
export function unowned({ role, acting, staffed }: Addressed, { duty }: Pick<Watching, 'duty'> = {}): boolean {
  if (role === CASE_HOLDER) return acting.length === 0;
  return role === DUTY_OFFICER && duty ? duty.gap : !staffed;
}

/** True for an urgent notice that nobody has acknowledged in time. */
export function isLate({ urgency, acknowledged, raisedAt }: Addressed, { now, escalateMinutes }: Watching): boolean {
  return urgency === 'urgent' && !acknowledged && now - Date.parse(raisedAt) >= escalateMinutes * 60_000;
}
