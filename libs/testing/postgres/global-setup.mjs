// Jest loads this file outside its own module system, so Node itself strips the types; only the endings need a hint.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
});

/** Starts the run's PostgreSQL once, however many projects ask for it. */
export default async function globalSetup() {
  if (globalThis.hubTestServer !== undefined) return;
  const { startTestServer } = await import(new URL('./server.ts', import.meta.url).href);
  globalThis.hubTestServer = await startTestServer();
  process.env.HUB_TEST_POSTGRES = globalThis.hubTestServer.base;
}
