import { execFile } from 'node:child_process';
import { chmod, chown } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs one of PostgreSQL's programs as a user it accepts. */
export type Execute = (program: string, options: readonly string[]) => Promise<void>;

// PostgreSQL refuses to run as root: as root, it runs as `nobody`, who owns nothing but this folder.
export async function ordinaryUser(folder: string, program: string): Promise<Execute> {
  if (process.getuid?.() !== 0) {
    return async (file, options) => {
      await run(file, options, { cwd: folder });
    };
  }
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error('this machine has no user nobody to run PostgreSQL as');
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  const reaches = await succeeds(
    run('/bin/sh', ['-c', `test -x '${folder}' -a -r '${program}'`], { uid, gid, cwd: '/' }),
  );
  if (reaches) {
    return async (file, options) => {
      await run(file, options, { uid, gid, cwd: folder });
    };
  }
  // A folder above is closed to others, as /root is: then `nobody` may pass through and read, and nothing more.
  const drop = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ];
  return async (file, options) => {
    await run('setpriv', [...drop, file, ...options], { cwd: folder });
  };
}

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch {
    // Whatever the reason, the answer is no.
    return false;
  }
}
