import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import bundledChromium, { inflate } from '@sparticuz/chromium';

/** Options for `playwright-core`'s `chromium.launch`: hand over the whole of it. */
export interface BrowserLaunch {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: NodeJS.ProcessEnv;
}

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const ARGS = [
  // Tests may run as root, where Chromium refuses its own sandbox; they open no page but the hub's.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  // A browser under test speaks to the hub and to nobody else.
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The Chromium for browser tests: `CHROMIUM_PATH`, else an installed one, else the one that `@sparticuz/chromium` unpacks.
 * Throws when there is none: a browser test fails without a browser, it is never skipped.
 */
export async function chromium(env: NodeJS.ProcessEnv = process.env): Promise<BrowserLaunch> {
  const named = env['CHROMIUM_PATH'];
  if (named) return { executablePath: existing(named, 'CHROMIUM_PATH'), args: ARGS, env: process.env };

  const installed = installedIn(env['PATH'] ?? '');
  return installed ? { executablePath: installed, args: ARGS, env: process.env } : bundled();
}

async function bundled(): Promise<BrowserLaunch> {
  const executablePath = existing(await bundledChromium.executablePath(), '@sparticuz/chromium');
  // A slim machine has neither NSS nor fonts. The package brings both, but unpacks the libraries by itself only in a cloud function.
  const archive = new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'));
  const libraries = join(await inflate(fileURLToPath(archive)), 'lib');
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };
  return {
    executablePath,
    // In one process the whole browser goes when a page's context is closed.
    args: [...new Set([...bundledChromium.args, ...ARGS])].filter((arg) => arg !== '--single-process'),
    env: { ...process.env, ...fonts, LD_LIBRARY_PATH: libraries },
  };
}

function installedIn(path: string): string | undefined {
  const onPath = path.split(delimiter).flatMap((folder) => INSTALLED.map((name) => join(folder, name)));
  return [...onPath, ...ELSEWHERE].find((candidate) => existsSync(candidate));
}

function existing(path: string, origin: string): string {
  if (!existsSync(path))
    throw new Error(`No browser for the browser tests: ${origin} says ${path}, which does not exist`);
  return path;
}
