import { setTimeout as sleep } from 'node:timers/promises';
import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import { purposeOf } from '../../libs/disclosure/pages.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { pdfText } from '../acceptance/pdf-text.js';
import type { PortalServer } from '../acceptance/portal-server.js';
import { addressesOf, everyDoor, type Places } from './every-door.js';

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

/** Everything that a viewer is answered about these places, through every door that there is. */
export function leftBy(portal: PortalServer) {
  const take = async (door: string, purpose: string, path: string, headers: Record<string, string>): Promise<Left> => {
    const left = new AbortController();
    const response = await fetch(`${portal.url}${path}`, { headers, redirect: 'manual', signal: left.signal });
    const said = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    const body = await bodyOf(response, left, path);
    return { door, purpose, status: response.status, text: `${said}\n\n${body}` };
  };
  return {
    /** As the API answers, for a purpose that is stated. */
    api: async (viewer: Viewer, purpose: string, places: Places, search: string): Promise<Left[]> => {
      const token = await portal.token(viewer, 'read publish');
      const headers = { authorization: `Bearer ${token}`, 'hub-purpose': purpose };
      const paths = everyDoor
        .filter(({ method, by }) => method === 'GET' && by === 'token')
        .flatMap((door) => addressesOf(door, places));
      const all = await Promise.all(
        [...paths, `/v1/children?q=${encodeURIComponent(search)}`].map(async (path) =>
          take(path, purpose, path, headers),
        ),
      );
      const rest: Left[] = [];
      const timeline = `/v1/children/${places.child}/timeline`;
      for (let last = all.find(({ door }) => door === timeline); last;) {
        const next: string | undefined = /"next":"([^"]+)"/.exec(last.text)?.[1];
        if (next === undefined) break;
        last = await take('next page', purpose, `${timeline}?cursor=${next}`, headers);
        rest.push(last);
      }
      return [...all, ...rest];
    },
    /** As pages answer somebody who has signed in. A machine has no pages. */
    pages: async (viewer: Viewer, places: Places): Promise<Left[]> => {
      const sessions = new Sessions(new SessionStore(portal.hub.database), portal.hub.keys, portal.hub.clock);
      const cookie = `hub_session=${await sessions.begin({ viewer, name: viewer.who, idToken: '' })}`;
      const asked = everyDoor
        .filter(({ method }) => method === 'GET')
        .flatMap((door) =>
          door.page === undefined ? [] : addressesOf(door, places).map((path) => [door.page!, path] as const),
        );
      return Promise.all(
        asked.map(async ([page, path]) => take(path, purposeOf(viewer, page) ?? '', path, { cookie })),
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

/** Doors that tell of looks: they say more with every look. */
export const reviews = (door: string): boolean => door.includes('shown') || /^(\/v1)?\/audit/.test(door);

/** Without what differs from answer to answer by itself: times, nonces, ids of the request, sealed cursors and tokens. */
export function constant(text: string): string {
  return text
    .replace(
      /^(date|content-length|x-correlation-id|correlation-id|content-security-policy|set-cookie|keep-alive): .*$/gm,
      '',
    )
    .replace(/nonce="[^"]*"/g, '')
    .replace(/name="(formToken|once|since|cursor)" value="[^"]*"/g, '')
    .replace(/"(next|cursor|correlationId)":"[^"]*"/g, '')
    .replace(/(cursor|since|of)=[\w-]+/g, '')
    .replace(/ at \d{1,2}:\d\d/g, '')
    .replace(/"(CreationDate|ModDate)":"[^"]*"/g, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => at.slice(0, 10));
}
