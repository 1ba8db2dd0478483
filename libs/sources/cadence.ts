/** When a source, or one of its formats, is expected to speak, in London's time. */
export interface Cadence {
  readonly system: string;
  /** A format of its own that is expected by itself; '' for any. */
  readonly format: string;
  readonly days: 'every-day' | 'working-days';
  /** Times of day between which it speaks, `HH:MM`; `24:00` is midnight. */
  readonly from: string;
  readonly to: string;
  /** So much of that time without a message is a silence, in hours. */
  readonly silentAfterHours: number;
}

/** What the hub knows of its sources: a file of this shape replaces the one that is shipped (`HUB_SOURCES`). */
export interface SourceBook {
  readonly cadences: readonly Cadence[];
  /** Systems that report missing children: what nobody can read of theirs may be such a report. */
  readonly mayReportMissing: readonly string[];
  /** Days on which nobody works besides weekends and bank holidays, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

const allDay = { from: '00:00', to: '24:00' } as const;

/** Shipped: what is usual. An area states its own partners' in a file of its own. */
export const usualSources: SourceBook = {
  cadences: [
    { system: 'police', format: '', days: 'every-day', ...allDay, silentAfterHours: 3 },
    // Nightly, with a little patience.
    { system: 'social-care', format: '', days: 'every-day', ...allDay, silentAfterHours: 26 },
    { system: 'court', format: '', days: 'working-days', from: '09:00', to: '18:00', silentAfterHours: 9 },
    { system: 'yos', format: '', days: 'working-days', from: '08:00', to: '18:00', silentAfterHours: 10 },
    { system: 'secure-estate', format: '', days: 'every-day', ...allDay, silentAfterHours: 48 },
    { system: 'probation', format: '', days: 'working-days', from: '09:00', to: '17:00', silentAfterHours: 24 },
    { system: 'health', format: '', days: 'working-days', from: '09:00', to: '17:00', silentAfterHours: 40 },
    { system: 'education', format: '', days: 'working-days', from: '09:00', to: '16:00', silentAfterHours: 35 },
  ],
  mayReportMissing: ['police', 'social-care'],
  holidays: [],
};

/** What is expected of a source, as staff say it. */
export function cadenceInWords({ days, from, to, silentAfterHours }: Cadence): string {
  const when = days === 'working-days' ? 'working days' : 'every day';
  const hours = from === '00:00' && to === '24:00' ? '' : `, ${from} to ${to}`;
  return `${when}${hours}; late after ${silentAfterHours} ${silentAfterHours === 1 ? 'hour' : 'hours'} of that time`;
}
