/** Somebody is on duty from an instant until, and not at, another: RFC 3339. */
export interface Turn {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Who is on duty now, as the rota says; absent where the service keeps none. */
export interface OnDuty {
  /** Sign-in names of everybody whom the rota names now. */
  readonly named: readonly string[];
  /** It names nobody now, or only people who are away. */
  readonly gap: boolean;
}

export const DUTY_OFFICER = 'duty-officer';

/**
 * A reader as they are told: whom the rota names is a duty officer for as long, whatever they sign in as. Only in the service whose rota
 * it is, and never a machine or somebody of another area.
 */
export function onRota<One extends { who: string; agency: string; roles: readonly string[]; area?: string }>(
  reader: One,
  duty: OnDuty | undefined,
): One {
  const { who, agency, roles, area } = reader;
  const named = agency === 'yos' && area === undefined && !roles.includes('system') && duty?.named.includes(who);
  return named !== true || roles.includes(DUTY_OFFICER) ? reader : { ...reader, roles: [...roles, DUTY_OFFICER] };
}

/** When nobody is on duty between two instants (RFC 3339), in order. Turns may overlap, and come in any order. */
export function gapsOf(turns: readonly Turn[], from: string, until: string): Turn[] {
  const gaps: Turn[] = [];
  const ends = Date.parse(until);
  let covered = Date.parse(from);
  for (const { startsAt, endsAt } of turns.toSorted((one, other) => time(one.startsAt) - time(other.startsAt))) {
    const starts = Math.min(time(startsAt), ends);
    if (starts > covered) gaps.push(turn(covered, starts));
    covered = Math.max(covered, time(endsAt));
  }
  if (covered < ends) gaps.push(turn(covered, ends));
  return gaps;
}

const time = (at: string): number => Date.parse(at);
const turn = (from: number, until: number): Turn => ({
  startsAt: new Date(from).toISOString(),
  endsAt: new Date(until).toISOString(),
});
