import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './gen/openapi.js';

/** A system as it signs in: client credentials. */
export interface Credentials {
  /** Where the hub is, e.g. `http://localhost:3000`. */
  readonly url: string;
  readonly system: string;
  readonly secret: string;
  /** Defaults to `publish`. */
  readonly scope?: 'publish' | 'read' | 'publish read';
}

export type CloudEvent = components['schemas']['CloudEvent'];
export type ReceiptAnswer = components['schemas']['ReceiptAnswer'];
export type Problem = components['schemas']['Problem'];

/** What came of one event: its receipt, or what is wrong with it. */
export type Published = ReceiptAnswer | { readonly problem: Problem };

export interface HubClient {
  /** Every call of the hub, typed from its OpenAPI document; signs in by itself. Answers refusals as `error`, throws when no hub answers. */
  readonly api: Client<paths>;
  /** Publishes in one request and answers in order, an item an event. Throws `HubRefused` when nothing was kept. */
  publish(events: readonly CloudEvent[]): Promise<readonly Published[]>;
}

/** The hub refused a request as a whole: nothing of it was kept. */
export class HubRefused extends Error {
  readonly code = 'hub-refused';
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(`${status} ${problem.title}`);
    this.name = 'HubRefused';
  }
}

/** A partner's side of the hub. One for a system: it keeps the system's token until shortly before it ends. */
export function hubClient(credentials: Credentials): HubClient {
  const api = createClient<paths>({ baseUrl: credentials.url });
  api.use(signingIn(credentials));
  return { api, publish: async (events) => publish(api, events) };
}

async function publish(api: Client<paths>, events: readonly CloudEvent[]): Promise<readonly Published[]> {
  const { data, error, response } = await api.POST('/v1/events', {
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: [...events],
  });
  if (data) return data.receipts;
  throw new HubRefused(response.status, error);
}

// Before a token ends, so that none ends on its way.
const EARLY_MS = 30_000;

function signingIn({ url, system, secret, scope = 'publish' }: Credentials): Middleware {
  let held: { readonly token: Promise<Token>; readonly from: number } | undefined;
  const token = async (): Promise<string> => {
    const now = performance.now();
    const known = held && (await held.token);
    if (known && held && now - held.from < known.expires_in * 1_000 - EARLY_MS) return known.access_token;
    held = { token: tokenOf(url, system, secret, scope), from: now };
    // A sign-in that failed is tried anew by the next request.
    held.token.catch((error: unknown) => {
      held = undefined;
      return error;
    });
    return (await held.token).access_token;
  };
  return {
    onRequest: async ({ request }) => {
      request.headers.set('authorization', `Bearer ${await token()}`);
      return request;
    },
  };
}

type Token = paths['/oauth2/token']['post']['responses'][200]['content']['application/json'];

async function tokenOf(url: string, system: string, secret: string, scope: string): Promise<Token> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${encodeURIComponent(system)}:${encodeURIComponent(secret)}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  if (response.ok) return (await response.json()) as Token;
  const detail = 'The sign-in service gives this system no token.';
  throw new HubRefused(response.status, {
    type: '/problems/unauthorised',
    title: 'Sign in first',
    status: response.status,
    detail,
    correlationId: '',
  });
}
