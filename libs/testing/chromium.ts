import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import bundledChromium from '@sparticuz/chromium';

/** What `playwright-core` needs to start a browser. */
export interface Browser {
  readonly executablePath: string;
  readonly args: string[];
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
export async function chromium(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const named = env['CHROMIUM_PATH'];
  if (named) return { executablePath: existing(named, 'CHROMIUM_PATH'), args: ARGS };

  const installed = installedIn(env['PATH'] ?? '');
  if (installed) return { executablePath: installed, args: ARGS };

  const unpacked = existing(await bundledChromium.executablePath(), '@sparticuz/chromium');
  return { executablePath: unpacked, args: [...new Set([...bundledChromium.args, ...ARGS])] };
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
