import type { Page } from '../../libs/disclosure/pages.js';

// Every route of the hub stands here once: every-door.spec.ts compares them with those that the running hub registers, so that a
// new one is asked what the others are asked (what leaves, wrong input, no sign-in) from its first day.

/** Ids to ask a door with, by what they are the id of. */
export interface Places {
  readonly child: string;
  readonly entry: string;
  /** A fact that a loop is about. */
  readonly fact: string;
  readonly meeting: string;
  readonly receipt: string;
  /** Of whatever has none here: a request, a webhook, an action, a thread. */
  readonly other: string;
}

export interface Door {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As registered: `/children/:id`. */
  readonly route: string;
  /** What it is opened with. */
  readonly by: 'session' | 'token' | 'nothing';
  /** Which page it is: the purpose follows from it. */
  readonly page?: Page;
  /** What it is asked with, beside nothing. */
  readonly queries: readonly string[];
}

/** Everything is known by then; always the same, so that answers compare. */
const LATER = '2099-01-01';
const SINCE = new Date(Date.now() - 30 * 86_400_000).toISOString();

type Pages = Readonly<Record<string, readonly [page: Page, ...queries: string[]]>>;

const pages: Pages = {
  '/children': ['caseload'],
  '/children/:id': ['timeline', `asKnownAt=${LATER}`, 'category=missing&from=2020-01-01'],
  '/children/:id/changes': ['timeline'],
  '/children/:id/chronology': ['chronology', 'all=yes'],
  '/children/:id/chronology.pdf': ['chronology'],
  '/children/:id/review': ['review', `asKnownAt=${LATER}`],
  '/children/:id/shown': ['review', 'agency=yos&entries=all'],
  '/children/:id/entries/:entry/significant': ['timeline'],
  '/children/:id/entries/:entry/wrong': ['timeline'],
  '/children/:id/withheld/:agency/why': ['timeline'],
  '/children/:id/break-glass': ['timeline'],
  '/children/:id/loop': ['boards'],
  '/children/:id/loop/:fact/interview': ['boards'],
  '/children/:id/loop/:fact/prevention': ['boards'],
  '/children/:id/loop/:fact/use': ['boards'],
  '/duties': ['duties', 'of=agency', 'state=met', 'child=:id'],
  '/boards': ['boards'],
  '/boards/:board': ['boards'],
  '/meetings': ['meetings'],
  '/meetings/:id': ['meetings'],
  '/meetings/:id/pack': ['meetings'],
  '/meetings/:id/pack.pdf': ['meetings'],
  '/meetings/:id/children/:child/record': ['meetings'],
  '/meetings/:id/children/:child/actions/:action': ['meetings'],
  '/rota': ['rota', 'done=added'],
  '/rota/:id/change': ['rota'],
  '/today': ['today'],
  '/inbox': ['inbox'],
  '/inbox/changes': ['inbox'],
  '/break-glass': ['break-glass'],
  '/audit': ['audit', 'child=:id'],
  '/sources': ['sources'],
  '/quarantine': ['quarantine'],
  '/quarantine/group': ['quarantine', 'of=x'],
  '/quarantine/messages/:receipt': ['quarantine'],
  '/partner': ['partner'],
  '/partner/receipts/:id': ['partner'],
  '/partner/try': ['partner'],
};

const forms: Pages = {
  '/children': ['search'],
  '/children/:id/break-glass': ['timeline'],
  '/children/:id/break-glass/end': ['timeline'],
  '/children/:id/entries/:entry/significant': ['timeline'],
  '/children/:id/entries/:entry/wrong': ['timeline'],
  '/children/:id/withheld/:agency/why': ['timeline'],
  '/children/:id/loop/acknowledge': ['boards'],
  '/children/:id/loop/:fact/interview': ['boards'],
  '/children/:id/loop/:fact/prevention': ['boards'],
  '/children/:id/loop/:fact/use': ['boards'],
  '/meetings': ['meetings'],
  '/meetings/:id/attendance': ['meetings'],
  '/meetings/:id/close': ['meetings'],
  '/meetings/:id/children/:child/record': ['meetings'],
  '/meetings/:id/children/:child/actions/:action': ['meetings'],
  '/rota': ['rota'],
  '/rota/:id/change': ['rota'],
  '/rota/:id/remove': ['rota'],
  '/today/:action': ['today'],
  '/inbox/:thread/acknowledge': ['inbox'],
  '/inbox/digest/acknowledge': ['inbox'],
  '/break-glass/:id/review': ['break-glass'],
  '/partner/try': ['partner'],
  '/quarantine/group/retry': ['quarantine'],
  '/quarantine/messages/:receipt/:action': ['quarantine'],
  '/sign-out': ['caseload'],
};

/** For machines, and for people with a token. */
const read: Readonly<Record<string, readonly string[]>> = {
  '/v1/children': [],
  '/v1/children/:id/timeline': [`asKnownAt=${LATER}`, 'from=2020-01-01&category=missing'],
  '/v1/children/:id/changes': [],
  '/v1/children/:id/chronology': [],
  '/v1/children/:id/shown': ['agency=yos&entries=all'],
  '/v1/audit': ['child=:id'],
  '/v1/notifications': [`since=${SINCE}`],
  '/v1/recorded': [],
  '/v1/webhooks': [],
  '/v1/receipts': [],
  '/v1/receipts/:id': [],
  '/v1/requests': [],
  '/v1/requests/:id': [],
};

const written = [
  'POST /v1/events',
  'POST /v1/native/:system',
  'POST /v1/sandbox/events',
  'POST /v1/sandbox/native/:system',
  'POST /v1/notifications/:id/acknowledge',
  'POST /v1/receipts/:id/withdraw',
  'POST /v1/requests/:id/answer',
  'POST /v1/webhooks',
  'POST /v1/webhooks/:id/replay',
  'POST /v1/webhooks/:id/rotate',
  'POST /v1/webhooks/:id/test',
  'DELETE /v1/webhooks/:id',
];

/** Open to everybody, because nothing about anybody is behind them. */
const open = [
  '/',
  '/sign-in',
  '/sign-in/callback',
  '/signed-out',
  '/docs',
  '/docs/:guide',
  '/docs/events',
  '/docs/events/:type',
  '/docs/openapi.json',
  '/docs/asyncapi.json',
  '/health/live',
  '/health/ready',
  '/metrics',
];

const ofPages = (method: 'GET' | 'POST', all: Pages): Door[] =>
  Object.entries(all).map(([route, [page, ...queries]]) => ({ method, route, by: 'session', page, queries }));

export const everyDoor: readonly Door[] = [
  ...ofPages('GET', pages),
  ...ofPages('POST', forms),
  ...Object.entries(read).map(([route, queries]): Door => ({ method: 'GET', route, by: 'token', queries })),
  ...written.map((one): Door => {
    const [method = '', route = ''] = one.split(' ');
    return { method: method === 'DELETE' ? 'DELETE' : 'POST', route, by: 'token', queries: [] };
  }),
  ...open.map((route): Door => ({ method: 'GET', route, by: 'nothing', queries: [] })),
];

/** Every address at which a door is asked about these places. */
export function addressesOf({ route, queries }: Door, places: Places): string[] {
  const [, last = ''] = /(children|meetings|receipts)\/:id/.exec(route) ?? [];
  const own = { children: places.child, meetings: places.meeting, receipts: places.receipt }[last] ?? places.other;
  const named: Readonly<Record<string, readonly string[]>> = {
    ...{ id: [own], entry: [places.entry], fact: [places.fact], child: [places.child], receipt: [places.receipt] },
    ...{ agency: ['health'], board: ['missing', 'exploitation'], action: [places.other], thread: [places.other] },
    ...{ system: ['police'], guide: ['events'], type: ['hub.police.v1.MissingReported'] },
  };
  const paths = [...route.matchAll(/:(\w+)/g)].reduce<string[]>(
    (all, [whole, name = '']) => all.flatMap((path) => (named[name] ?? []).map((id) => path.replace(whole, id))),
    [route],
  );
  const asked = queries.map((query) => `?${query.replace(':id', places.child)}`);
  return paths.flatMap((path) => ['', ...asked].map((query) => `${path}${query}`));
}
