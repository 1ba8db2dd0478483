/** A row of the episodes table of the SSDA903 return. Days `YYYY-MM-DD`: the file writes them `dd/mm/yyyy`. */
export interface SimulatedCareEpisode {
  readonly child: string;
  readonly start: string;
  /** Codes of the return. */
  readonly began?: string;
  readonly legalStatus?: string;
  readonly need?: string;
  readonly placement?: string;
  readonly provider?: string;
  /** Absent while it lasts. */
  readonly end?: string;
  readonly ended?: string;
  readonly placementChanged?: string;
}

/** A row of the header table: who the child is. */
export interface SimulatedLookedAfterChild {
  readonly child: string;
  readonly birthDate: string;
  /** A unique pupil number, or the code for why there is none. */
  readonly upn?: string;
}

/** A row of the table of deprivation of liberty orders. */
export interface SimulatedLibertyOrder {
  readonly child: string;
  readonly birthDate: string;
  readonly start: string;
  /** Absent while it lasts. */
  readonly end?: string;
}

const episodeColumns = 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN';

export function careEpisodesReturn(episodes: readonly SimulatedCareEpisode[]): string {
  const rows = episodes.map((one) =>
    [
      one.child,
      british(one.start),
      one.began,
      one.legalStatus,
      one.need,
      one.placement,
      one.provider,
      british(one.end),
      one.ended,
      one.placementChanged,
      // Where the child's home and the placement are: no event says it.
      'FH1 1',
      'FH2 2',
      'SC000001',
    ].join(','),
  );
  return [episodeColumns, ...rows, ''].join('\r\n');
}

export function lookedAfterChildrenReturn(children: readonly SimulatedLookedAfterChild[]): string {
  const rows = children.map(({ child, birthDate, upn }) =>
    [child, '1', british(birthDate), 'WBRI', upn, '', ''].join(','),
  );
  return ['CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB', ...rows, ''].join('\r\n');
}

export function libertyOrdersReturn(orders: readonly SimulatedLibertyOrder[]): string {
  const rows = orders.map(({ child, birthDate, start, end }) =>
    [child, british(birthDate), british(start), british(end)].join(','),
  );
  return ['CHILD,DOB,DOLO_START,DOLO_END', ...rows, ''].join('\r\n');
}

function british(day = ''): string {
  return day.split('-').toReversed().join('/');
}
