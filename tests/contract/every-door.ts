import { setTimeout as sleep } from 'node:timers/promises';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { purposeOf } from '../../libs/disclosure/pages.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { pdfText } from '../acceptance/pdf-text.js';
import type { PortalServer } from '../acceptance/portal-server.js';

/** All that left by one door: status, headers and body, whatever it was. */
export interface Left {
  readonly door: string;
  readonly purpose: string;
  readonly status: number;
  readonly text: string;
}

const FOLLOW_MS = 150;
/** By then a stream has said what every stream says first, also where much else runs. */
const SAID_MS = 30_000;
/** Everything is known by then; always the same, so that answers compare. */
const LATER = '2099-01-01';
const SINCE = new Date(Date.now() - 30 * 86_400_000).toISOString();

/** Everything that a viewer is answered about a child, through every door of the portal that there is. */
export function everyDoor(portal: PortalServer) {
  const take = async (door: string, purpose: string, path: string, headers: Record<string, string>): Promise<Left> => {
    const left = new AbortController();
    const response = await fetch(`${portal.url}${path}`, { headers, redirect: 'manual', signal: left.signal });
    const said = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    const body = await bodyOf(response, left, path);
    return { door, purpose, status: response.status, text: `${said}\n\n${body}` };
  };
  return {
    /** As the API answers, for a purpose that is stated. */
    api: async (viewer: Viewer, purpose: string, child: string, search: string): Promise<Left[]> => {
      const headers = { authorization: `Bearer ${await portal.token(viewer)}`, 'hub-purpose': purpose };
      const paths = [
        `/${child}/timeline`,
        `/${child}/timeline?asKnownAt=${LATER}`,
        `/${child}/timeline?from=2020-01-01&category=missing`,
        `/${child}/shown`,
        `/${child}/shown?agency=yos&wanted=all`,
        `/${child}/changes`,
        `?q=${encodeURIComponent(search)}`,
        '',
      ];
      const first = await Promise.all(paths.map(async (path) => take(path, purpose, `/v1/children${path}`, headers)));
      const rest: Left[] = [];
      for (let last = first[0]; last;) {
        const next: string | undefined = /"next":"([^"]+)"/.exec(last.text)?.[1];
        if (next === undefined) break;
        last = await take('next page', purpose, `/v1/children/${child}/timeline?cursor=${next}`, headers);
        rest.push(last);
      }
      const beside = [
        '/v1/audit',
        `/v1/audit?child=${child}`,
        '/v1/requests',
        '/v1/notifications',
        `/v1/notifications?since=${SINCE}`,
        '/v1/webhooks',
        `/v1/children/${child}/chronology`,
      ];
      const others = await Promise.all(beside.map(async (path) => take(path, purpose, path, headers)));
      return [...first, ...rest, ...others];
    },
    /** As pages answer somebody who has signed in. A machine has no pages. */
    pages: async (viewer: Viewer, child: string): Promise<Left[]> => {
      const sessions = new Sessions(new SessionStore(portal.hub.database), portal.hub.keys, portal.hub.clock);
      const cookie = `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}`;
      const doors = [
        ['timeline', `/children/${child}`],
        ['timeline', `/children/${child}?asKnownAt=${LATER}`],
        ['timeline', `/children/${child}/changes`],
        ['chronology', `/children/${child}/chronology`],
        ['chronology', `/children/${child}/chronology.pdf`],
        ['review', `/children/${child}/review`],
        ['review', `/children/${child}/shown`],
        ['caseload', '/children'],
        ['audit', '/audit'],
        ['audit', `/audit?child=${child}`],
        ['today', '/today'],
        ['boards', '/boards/missing'],
        ['boards', '/boards/exploitation'],
        ['boards', `/children/${child}/loop`],
        ['duties', '/duties'],
        ['duties', `/duties?child=${child}`],
        ['quarantine', '/quarantine'],
        ['partner', '/partner'],
        ['partner', '/partner/try'],
        ['inbox', '/inbox'],
        ['inbox', '/inbox/changes'],
      ] as const;
      return Promise.all(
        doors.map(async ([page, path]) => take(path, purposeOf(viewer, page) ?? '', path, { cookie })),
      );
    },
  };
}

/** A body as its reader reads it: a PDF’s text and all it says of itself. */
async function bodyOf(response: Response, left: AbortController, path: string): Promise<string> {
  const type = response.headers.get('content-type') ?? '';
  if (type === 'text/event-stream') return begin(response, left, path);
  if (!type.startsWith('application/pdf')) return response.text();
  const { pages, info, outline } = await pdfText(new Uint8Array(await response.arrayBuffer()));
  return [...pages, JSON.stringify(info), ...outline].join('\n');
}

/** What a stream says at once, and a moment more: it has no end. */
async function begin(response: Response, left: AbortController, path: string): Promise<string> {
  const always = path.startsWith('/inbox') ? /^event: count\ndata: \d+\n\n/m : /^retry: \d+\n/m;
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
  })().catch((error: unknown) => {
    if (!left.signal.aborted) throw error;
  });
  for (const end = Date.now() + SAID_MS; !always.test(text) && Date.now() < end;) await sleep(10);
  await sleep(FOLLOW_MS);
  left.abort();
  await reading;
  return text;
}
