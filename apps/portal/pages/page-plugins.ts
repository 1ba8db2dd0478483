import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const { resolve } = createRequire(import.meta.url);
const govuk = join(dirname(resolve('govuk-frontend/package.json')), 'dist');
const moj = dirname(resolve('@ministryofjustice/frontend/package.json'));
const own = fileURLToPath(new URL('./assets', import.meta.url));

/** Folders in which templates of the design systems lie, under the names they import each other by. */
export const templateFolders = [fileURLToPath(new URL('./views', import.meta.url)), govuk, moj];

/** What pages link to: address under /assets → file. Addresses carry the content's hash, so browsers may keep them for good. */
const linked = {
  govukStyles: join(govuk, 'govuk', 'govuk-frontend.min.css'),
  govukScript: join(govuk, 'govuk', 'govuk-frontend.min.js'),
  mojStyles: join(moj, 'moj', 'moj-frontend.min.css'),
  hubStyles: join(own, 'hub.css'),
  hubScript: join(own, 'hub.js'),
  icon: join(own, 'icon.svg'),
};

export type Assets = Readonly<Record<keyof typeof linked, string>>;

/** The addresses that pages link to. */
export const assets = Object.fromEntries(
  Object.entries(linked).map(([name, file]) => [name, `/assets/${hashOf(file)}/${fileNameOf(file)}`]),
) as Assets;

/** Cookies, security headers and static files for the pages. Call before routes are registered. */
export function installPages(fastify: FastifyInstance): void {
  fastify.register(cookie);
  // Set page by page: an API answer has headers of its own, and every page its own nonce.
  fastify.register(helmet, { global: false });
  fastify.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(guards)) {
      if (name === CSP && !isJson(String(reply.getHeader('content-type') ?? ''))) continue;
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
  });
  fastify.register(files, {
    // The style sheets name fonts and images by these addresses; their file names carry hashes or never change.
    root: [join(govuk, 'govuk', 'assets'), join(moj, 'moj', 'assets')],
    prefix: '/assets/',
    index: false,
    maxAge: '7d',
  });
  for (const file of Object.values(linked)) {
    fastify.get(`/assets/${hashOf(file)}/${fileNameOf(file)}`, async (_request, reply) =>
      reply.sendFile(fileNameOf(file), dirname(file), { maxAge: '365d', immutable: true }),
    );
  }
}

const CSP = 'content-security-policy';

/** What every answer says that says nothing else: it is of the type it says, and JSON is nothing that a browser may run or frame. */
const guards = { 'x-content-type-options': 'nosniff', [CSP]: `default-src 'none'; frame-ancestors 'none'` };

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json\b/.test(type);

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 16);
}

function fileNameOf(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? '';
}
