import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import type { Provider } from 'oidc-provider';
import { demoPeople } from './demo.js';
import { errorPage, signInPage } from './pages.js';

const PREFIX = '/oauth2';
const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const FORM_LIMIT = 10_000;

/** Serves the issuer under /oauth2. It reads requests itself, so they leave Fastify before any body is parsed. */
export function mountIssuer(fastify: FastifyInstance, provider: Provider): void {
  const answer = provider.callback();
  fastify.route({
    method: METHODS,
    url: `${PREFIX}/*`,
    onRequest: async (request, reply) => {
      reply.hijack();
      const { raw } = request;
      if (/^\/oauth2\/sign-in\/[\w-]+$/.test(pathOf(raw))) return signIn(provider, raw, reply.raw);
      // The provider finds out where it is mounted by comparing the two.
      Object.assign(raw, { originalUrl: raw.url, url: raw.url?.slice(PREFIX.length) });
      return answer(raw, reply.raw);
    },
    handler: async () => undefined,
  });
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await provider.interactionDetails(request, response);
  } catch {
    // A bookmark, an old tab, or cookies refused: there is no sign-in under way to go on with.
    end(response, 400, errorPage('This sign-in is no longer under way.'));
    return;
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    end(response, 200, signInPage(pathOf(request)));
    return;
  }
  const username = new URLSearchParams(await formOf(request)).get('username');
  if (request.method !== 'POST' || !demoPeople.some((person) => person.username === username)) {
    end(response, 400, signInPage(pathOf(request)));
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: username ?? '' } });
}

async function formOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > FORM_LIMIT) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function end(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'`,
  });
  response.end(html);
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? '';
