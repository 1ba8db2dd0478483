import { Sessions } from '../../apps/portal/sign-in/sessions.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { SessionStore } from '../../libs/platform/reading/session-store.js';
import type { PortalServer } from '../acceptance/portal-server.js';

type Fields = Readonly<Record<string, string>>;
type Answer = Promise<{ readonly status: number; readonly text: string }>;

export interface PartnerForms {
  ask(viewer: Viewer, path: string): Answer;
  /** Tries a pasted message; the form has the viewer's own token unless another is given. */
  attempt(viewer: Viewer, fields: Fields, formToken?: string): Answer;
  /** As the page's form does it: in parts, with a file or, as browsers do, an empty one without a name. */
  attemptFile(
    viewer: Viewer,
    fields: Fields,
    file?: { readonly name: string; readonly content: string | Uint8Array<ArrayBuffer> },
    sent?: { readonly formToken?: string; readonly type?: string },
  ): Answer;
  /** Sends a form byte by byte as it is. */
  attemptBytes(viewer: Viewer, body: (formToken: string) => string, type: string): Answer;
}

/** The partner's pages as somebody who has just signed in asks for them. */
export function partnerForms({ hub, url }: PortalServer): PartnerForms {
  const sessions = new Sessions(new SessionStore(hub.database), hub.keys, hub.clock);
  const signedIn = async (viewer: Viewer) => {
    const id = await sessions.begin({ viewer, name: viewer.who, idToken: '' });
    return { cookie: `hub_session=${id}`, formToken: (await sessions.find(id))?.formToken ?? '' };
  };
  const answer = async (path: string, init: RequestInit): Answer => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, text: await response.text() };
  };
  return {
    ask: async (viewer, path) => {
      const { cookie } = await signedIn(viewer);
      return answer(path, { headers: { cookie }, redirect: 'manual' });
    },
    attempt: async (viewer, fields, formToken) => {
      const { cookie, ...own } = await signedIn(viewer);
      const body = new URLSearchParams({ ...fields, formToken: formToken ?? own.formToken });
      return answer('/partner/try', { method: 'POST', headers: { cookie }, body });
    },
    attemptBytes: async (viewer, body, type) => {
      const { cookie, formToken } = await signedIn(viewer);
      const headers = { cookie, 'content-type': type };
      return answer('/partner/try', { method: 'POST', headers, body: body(formToken) });
    },
    attemptFile: async (viewer, fields, file, { formToken, type } = {}) => {
      const { cookie, ...own } = await signedIn(viewer);
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...fields, formToken: formToken ?? own.formToken }))
        body.set(name, value);
      body.set('file', new File(file ? [file.content] : [], file?.name ?? ''));
      const headers = { cookie, ...(type === undefined ? {} : { 'content-type': type }) };
      return answer('/partner/try', { method: 'POST', headers, body });
    },
  };
}
