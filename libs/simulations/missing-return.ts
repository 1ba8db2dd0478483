/** A row of the missing table of the SSDA903 return. Dates `YYYY-MM-DD`: the file writes them `dd/mm/yyyy`. */
export interface SimulatedEpisode {
  readonly child: string;
  readonly birthDate: string;
  readonly kind: 'M' | 'A';
  readonly start: string;
  /** Absent while it lasts. */
  readonly end?: string;
}

export function missingReturn(episodes: readonly SimulatedEpisode[]): string {
  const rows = episodes.map(({ child, birthDate, kind, start, end }) =>
    [child, british(birthDate), kind, british(start), end === undefined ? '' : british(end)].join(','),
  );
  return ['CHILD,DOB,MISSING,MIS_START,MIS_END', ...rows, ''].join('\r\n');
}

function british(day: string): string {
  return day.split('-').toReversed().join('/');
}
