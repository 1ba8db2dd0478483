import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { openDoors, type PortalDoors } from '../acceptance/portal-server.js';

export const viewer = (who: string, agency: string, role: string, area?: string): Viewer => ({
  ...{ who, agency, roles: [role] },
  ...(area === undefined ? {} : { area }),
});

/** What came of a form. */
export interface Posted {
  readonly status: number;
  /** Where it leads; '' where it does not. */
  readonly location: string;
  readonly text: string;
}

/** A hub with its portal, at a time that a test says, and people who read there. */
export interface Inboxes {
  readonly hub: TestHub;
  readonly doors: PortalDoors;
  /** Minutes go by. */
  pass(minutes: number): void;
  /** So many minutes before now, RFC 3339. */
  ago(minutes: number): string;
  /** What a page says to somebody in its main part. Throws for one that does not open. */
  page(by: Viewer, path?: string): Promise<string>;
  /** As the badge says it. */
  waiting(by: Viewer): Promise<string | undefined>;
  /** A form of a page, as somebody sends it. */
  post(by: Viewer, path: string, fields: Readonly<Record<string, string>>): Promise<Posted>;
  asked(by: Viewer, path: string, purpose?: string, method?: string): Promise<Response>;
  close(): Promise<void>;
}

export async function openInboxes(): Promise<Inboxes> {
  let later = 0;
  const clock = { now: () => Date.now() + later };
  const opened = await openTestHub();
  const hub: TestHub = { ...opened, clock };
  const following = new AbortController();
  await hub.projections.prepare();
  const projections = hub.projections.run(following.signal);
  const doors = await openDoors(hub);
  const sessions = new Sessions(new SessionStore(hub.database), hub.keys, hub.clock);
  const html = async (by: Viewer, path: string): Promise<string> => {
    const cookie = `hub_session=${await sessions.begin({ viewer: by, name: by.who, idToken: '' })}`;
    const answer = await fetch(`${doors.url}${path}`, { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status} to ${by.who}`);
    return answer.text();
  };
  return {
    ...{ hub, doors },
    pass: (minutes) => void (later += minutes * 60_000),
    ago: (minutes) => new Date(clock.now() - minutes * 60_000).toISOString(),
    page: async (by, path = '/inbox') => /<main[^>]*>(.*)<\/main>/s.exec(await html(by, path))?.[1] ?? '',
    waiting: async (by) => /<span data-waiting>(\d+)/.exec(await html(by, '/children'))?.[1],
    post: async (by, path, fields) => {
      const id = await sessions.begin({ viewer: by, name: by.who, idToken: '' });
      const formToken = (await sessions.find(id))?.formToken ?? '';
      const answer = await fetch(`${doors.url}${path}`, {
        ...{ method: 'POST', redirect: 'manual', headers: { cookie: `hub_session=${id}` } },
        body: new URLSearchParams({ formToken, ...fields }),
      });
      return {
        ...{ status: answer.status, location: answer.headers.get('location') ?? '' },
        text: await answer.text(),
      };
    },
    asked: async (by, path, purpose, method = 'GET') =>
      fetch(`${doors.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await doors.token(by)}`,
          ...(purpose === undefined ? {} : { 'hub-purpose': purpose }),
        },
      }),
    close: async () => {
      await doors.close();
      following.abort();
      await projections;
      await hub.close();
    },
  };
}
