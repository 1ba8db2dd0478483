import { defineCapability, type HeldFact } from '../../kernel/capability.js';
import type { Rules } from '../../kernel/rules.js';

/** A duty from each report until it is found, a notice of each report, and a reminder after two hours. */
export const searching = defineCapability({
  name: 'searching',
  version: 1,
  reads: ['hub.police.v1.MissingReported', 'hub.police.v1.MissingFound'],
  urgent: ['hub.police.v1.MissingReported'],
  ends: { search: ['hub.police.v1.MissingReported', 'hub.police.v1.MissingFound'] },
  fold: (facts: readonly HeldFact[]) => ({
    reports: facts.filter(({ type }) => type.endsWith('MissingReported')),
    found: facts.filter(({ type }) => type.endsWith('MissingFound')),
  }),
  derive: ({ reports, found }, _rules, at) => {
    const to = { agency: 'yos', role: 'duty-officer', purpose: 'safeguarding' } as const;
    const duties = reports.map((report) => {
      const met = found.find(({ content }) => content['reportReference'] === report.content['reportReference']);
      return {
        kind: 'search',
        causes: [report.fact],
        owner: { agency: 'police', role: 'officer', purpose: 'duty' } as const,
        rule: 'T1',
        verified: true,
        since: report.occurredAt,
        due: hoursAfter(report.occurredAt, 4),
        ...(met ? { met: { at: met.occurredAt, by: met.event } } : {}),
      };
    });
    const reminded = duties.filter(({ met, since }) => !met && hoursAfter(since, 2) <= at);
    return {
      duties,
      notices: [
        ...reports.map(({ fact, occurredAt }) => ({
          ...{ kind: 'reported', causes: [fact], to, urgency: 'urgent' as const, whenGone: 'recall' as const },
          tellUntil: hoursAfter(occurredAt, 72),
        })),
        ...reminded.map(({ causes, since }) => ({
          ...{ kind: 'reminder', causes, to, urgency: 'ordinary' as const, whenGone: 'lapse' as const },
          tellUntil: hoursAfter(since, 72),
        })),
      ],
      boards: duties.flatMap(({ met, causes, since }) => (met ? [] : [{ board: 'searching', causes, at: since }])),
      ...nextOf(duties.flatMap(({ met, since }) => (met ? [] : [hoursAfter(since, 2)])).filter((one) => one > at)),
    };
  },
});

/** A rulebook that nobody asks. */
export const noRules: Rules = {
  version: '1',
  rule: () => {
    throw new Error('asks no rule');
  },
  due: (_limit, { at }) => at,
  before: (_limit, at) => at,
  after: (_limit, at) => at,
};

function hoursAfter(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString();
}

function nextOf(instants: readonly string[]): { next?: string } {
  const next = instants.toSorted()[0];
  return next === undefined ? {} : { next };
}
