// Counts what the runners themselves left: `node .ci/count.mjs FOLDER SECONDS`. The last line is `N passed, N failed`.
// Nothing may hide: a suite that could not run, a skipped test and a run that left no result are failures. Only what needs a program of
// another ecosystem may say that it did not run, and is told here, above the count.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DID_NOT_RUN = 'did not run';
const [folder, seconds] = process.argv.slice(2);

const counts = [...jest('together'), ...jest('alone'), ...checks()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);

for (const { name } of counts.filter((count) => count.failed > 0)) console.log(`failed: ${name}`);
for (const name of notRun()) console.log(`did not run: ${name}`);
console.log(`in ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function jest(run) {
  const file = join(folder, `jest-${run}.json`);
  if (!existsSync(file)) return [{ name: `the ${run} run of Jest left no result`, passed: 0, failed: 1 }];
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  return testResults.map(({ name, status, assertionResults }) => {
    const ok = assertionResults.filter((test) => test.status === 'passed').length;
    const others = assertionResults.length - ok;
    return { name, passed: ok, failed: others === 0 && status === 'failed' ? 1 : others };
  });
}

function checks() {
  const outcomes = checkFiles()
    .filter((file) => outcomeIn(file) !== DID_NOT_RUN)
    .map((file) => ({ name: file.replace('.check', ''), passed: outcomeIn(file) === 'passed' ? 1 : 0 }));
  const testsFound = counted('together') + counted('alone');
  return (
    outcomes
      // The tests are counted one by one; the command counts only when it failed although no test did.
      .filter(({ name, passed }) => name !== 'tests' || (passed === 0 && testsFound === 0))
      .map(({ name, passed }) => ({ name, passed, failed: 1 - passed }))
  );
}

function checkFiles() {
  return readdirSync(folder).filter((file) => file.endsWith('.check'));
}

function outcomeIn(file) {
  return readFileSync(join(folder, file), 'utf8').trim();
}

function notRun() {
  return checkFiles().flatMap((file) => (outcomeIn(file) === DID_NOT_RUN ? [file.replace('.check', '')] : []));
}

function counted(run) {
  return jest(run).reduce((sum, { failed }) => sum + failed, 0);
}
