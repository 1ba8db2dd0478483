// `node --import` this to run a .ts program of this repository without building it: SWC, as in the build, turns each
// file into JavaScript, and the `.js` endings of relative imports lead to their sources.
import { transformFileSync } from '@swc/core';
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const swcrc = fileURLToPath(new URL('../../.swcrc', import.meta.url));

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
    const { code } = transformFileSync(fileURLToPath(url), { configFile: swcrc, sourceMaps: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
