import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { purposeOf, type Page } from '../../../libs/disclosure/pages.js';
import { correlationOf } from '../../../libs/platform/problems/correlation.js';
import { forbidden } from '../../../libs/platform/problems/problem.js';
import type { Looker } from '../looks/looker.js';
import type { Session, Sessions, SignedIn } from '../sign-in/sessions.js';

const ATTEMPT_SECONDS = 600;

/** Nobody is signed in here: the page is for after. */
export class SignInFirst extends Error {
  readonly code = 'sign-in-first';
}

/** The cookies of the pages: who is signed in, and the sign-in under way. */
export class PageSession {
  readonly #session: string;
  readonly #attempt: string;

  constructor(
    private readonly sessions: Sessions,
    private readonly secure: boolean,
  ) {
    // With the prefix, no other host of the domain can plant one.
    this.#session = secure ? '__Host-hub_session' : 'hub_session';
    this.#attempt = secure ? '__Host-hub_sign_in' : 'hub_sign_in';
  }

  async find(request: FastifyRequest): Promise<Session | undefined> {
    return this.sessions.find(request.cookies[this.#session]);
  }

  /** Throws `SignInFirst`. */
  async require(request: FastifyRequest): Promise<Session> {
    const session = await this.find(request);
    if (!session) throw new SignInFirst();
    return session;
  }

  /** Always a new id: whatever the browser brought along is not kept. */
  async begin(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): Promise<void> {
    await this.end(request, reply);
    reply.setCookie(this.#session, await this.sessions.begin(signedIn), this.#options());
  }

  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const id = request.cookies[this.#session];
    if (id !== undefined) await this.sessions.end(id);
    reply.clearCookie(this.#session, this.#options());
  }

  attempt(request: FastifyRequest): string | undefined {
    return request.cookies[this.#attempt];
  }

  rememberAttempt(reply: FastifyReply, sealed: string): void {
    reply.setCookie(this.#attempt, sealed, { ...this.#options(), maxAge: ATTEMPT_SECONDS });
  }

  forgetAttempt(reply: FastifyReply): void {
    reply.clearCookie(this.#attempt, this.#options());
  }

  #options(): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure };
  }
}

/** Who looks at a page, and why: the purpose follows from role and page. Throws a 403 when the page is not for them. */
export function pageLooker(request: FastifyRequest, { viewer }: Session, page: Page): Looker {
  const purpose = purposeOf(viewer, page);
  if (purpose === undefined) throw forbidden('not-for-role', 'Your role does not open this page.');
  return { viewer, purpose, correlationId: correlationOf(request) };
}

/** Fields of a form that one of our own pages sent; `body`: where it was not read with the request. Throws a 403 when it did not. */
export function formOf(
  request: FastifyRequest,
  { formToken }: Session,
  body: unknown = request.body,
): Readonly<Record<string, string>> {
  const fields = Object.fromEntries(
    Object.entries(body ?? {}).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
  const sent = Buffer.from(fields['formToken'] ?? '');
  const expected = Buffer.from(formToken);
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) {
    throw forbidden(
      'form-not-ours',
      'The form did not come from a page of this sign-in. Go back, reload the page and try again.',
    );
  }
  return fields;
}
