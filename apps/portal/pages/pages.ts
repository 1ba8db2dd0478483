import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import nunjucks from 'nunjucks';
import type { Config } from '../../../libs/platform/config.js';
import { CORRELATION_HEADER, correlationOf } from '../../../libs/platform/problems/correlation.js';
import { issuerOf } from '../../../libs/platform/sign-in/portal-client.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';
import { purposeOf } from '../../../libs/disclosure/pages.js';
import type { Session } from '../sign-in/sessions.js';
import type { Guide } from '../docs/guides.js';
import { navigationFor } from './navigation.js';
import { assets, templateFolders } from './page-plugins.js';

export type View =
  | 'start'
  | 'children'
  | 'timeline'
  | 'shown'
  | 'entry-significant'
  | 'entry-wrong'
  | 'withheld-why'
  | 'chronology'
  | 'signed-out'
  | 'audit'
  | 'break-glass'
  | 'break-glass-queue'
  | 'today'
  | 'inbox'
  | 'sources'
  | 'duties'
  | 'board'
  | 'loop'
  | 'loop-interview'
  | 'loop-prevention'
  | 'loop-use'
  | 'meetings'
  | 'meeting'
  | 'meeting-pack'
  | 'meeting-record'
  | 'meeting-done'
  | 'rota'
  | 'rota-change'
  | `docs/${Guide | 'events' | 'event'}`
  | 'partner'
  | 'partner-receipt'
  | 'partner-try'
  | 'quarantine'
  | 'quarantine-group'
  | 'quarantine-message'
  | 'error';

export interface Page {
  readonly view: View;
  readonly status?: number;
  /** Shown in the header and needed by its forms; absent before sign-in. */
  readonly session?: Session;
  readonly model: object;
}

/** Renders pages on the server, with the headers that a page about children needs. */
export class Pages {
  readonly #templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(templateFolders), { autoescape: true });
  readonly #secure: boolean;
  readonly #formTargets: readonly string[];

  /** `waiting`: how many notices wait in somebody's inbox. */
  constructor(
    config: Config,
    private readonly waiting: (viewer: Viewer) => Promise<number>,
  ) {
    this.#secure = config.url.startsWith('https:');
    // Signing out posts to us and is sent on to the issuer, which browsers count as the form's target.
    this.#formTargets = [...new Set(["'self'", new URL(issuerOf(config)).origin])];
  }

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    { view, status = 200, session, model }: Page,
  ): Promise<void> {
    const cspNonce = randomBytes(16).toString('base64url');
    const correlation = correlationOf(request);
    const navigation = session ? await this.#navigation(request, session) : [];
    const shared = { session, navigation, assets, cspNonce, correlation };
    const html = this.#templates.render(`${view}.njk`, { ...model, ...shared });
    this.#secureHeaders(reply, cspNonce);
    await reply
      .status(status)
      .headers({ [CORRELATION_HEADER]: correlation, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(html);
  }

  async #navigation(request: FastifyRequest, { viewer }: Session) {
    const waiting = purposeOf(viewer, 'inbox') === undefined ? 0 : await this.waiting(viewer);
    return navigationFor(viewer, new URL(request.url, 'http://hub').pathname, waiting);
  }

  #secureHeaders(reply: FastifyReply, nonce: string): void {
    reply.helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", `'nonce-${nonce}'`],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          formAction: [...this.#formTargets],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      // The address of a child's page must not reach another site.
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: this.#secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    });
  }
}
