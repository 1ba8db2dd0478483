import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { randomFrom } from './random.js';
import { inputFor } from './targets.js';

// npm run fuzz -- [--seconds N] [--seed S]: every parser with messages that are nearly right. 1 and the input in a file when one of
// them throws, reads an adapter's fault as a message's, or does not come back. The same seed makes the same inputs.
const LONGEST_MS = 20_000;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!(seconds > 0) || !Number.isInteger(seed)) {
  process.stderr.write('--seconds is a number, --seed a whole one\n');
  process.exit(2);
}
process.stdout.write(`fuzz: seed ${seed}, ${seconds} s\n`);

/** Seed of the input in hand, and how many there were. */
const inHand = new Int32Array(new SharedArrayBuffer(8));
const worker = new Worker(new URL('./fuzz-worker.js', import.meta.url), {
  workerData: { seed, until: Date.now() + seconds * 1_000, inHand },
});
const outcome = Promise.withResolvers<{ failed?: number; why?: string; done?: number }>();
worker.on('message', (told: { failed?: number; why?: string; done?: number }) => outcome.resolve(told));
worker.on('error', (error: Error) =>
  outcome.resolve({ failed: Atomics.load(inHand, 0), why: error.stack ?? error.message }),
);

let [seen, since] = [-1, Date.now()];
const watching = setInterval(() => {
  const count = Atomics.load(inHand, 1);
  if (count !== seen) [seen, since] = [count, Date.now()];
  else if (Date.now() - since > LONGEST_MS)
    outcome.resolve({ failed: Atomics.load(inHand, 0), why: 'it does not come back' });
}, 500);

const { failed, why, done } = await outcome.promise;
clearInterval(watching);
await worker.terminate();
if (failed === undefined) process.stdout.write(`fuzz: ${done ?? 0} inputs, nothing found\n`);
else {
  const { bytes, ...about } = inputFor(randomFrom(failed));
  const folder = mkdtempSync(join(tmpdir(), 'hub-fuzz-found-'));
  writeFileSync(join(folder, 'input'), bytes);
  writeFileSync(join(folder, 'about.json'), JSON.stringify({ seed: failed, ...about, why }, undefined, 2));
  process.stdout.write(
    `fuzz: ${about.target}: ${why ?? ''}\nagain: npm run fuzz -- --seed ${failed} --seconds 1\nthe input: ${folder}\n`,
  );
  process.exitCode = 1;
}
