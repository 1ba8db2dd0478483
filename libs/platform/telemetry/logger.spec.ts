import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabases, type TestDatabases } from '../../testing/postgres/databases.js';
import { openPool, type Database } from '../database/pool.js';
import { createLogger } from './logger.js';
import { nestLogger } from './nest-logger.js';

describe('the log of an error', () => {
  let databases: TestDatabases;
  let database: Database;
  beforeAll(async () => {
    databases = await testDatabases();
    database = openPool(databases.hub, 'test', 1);
  });
  afterAll(async () => {
    await database.end();
    await databases.drop();
  });

  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => lines.push(line) });
  const logged = (write: () => void): Record<string, unknown> => {
    lines.length = 0;
    write();
    return JSON.parse(lines.join('')) as Record<string, unknown>;
  };
  const failing = async (): Promise<unknown> =>
    database.query('select $1::timestamptz', ['Kit Fennimoor']).catch((error: unknown) => error);

  it('of PostgreSQL says which and where, and quotes nothing', async () => {
    const error = await failing();
    const line = logged(() => logger.error({ err: error }, 'could not answer'));
    expect(line).toMatchObject({
      msg: 'could not answer',
      err: { type: 'error', code: '22007', severity: 'ERROR', routine: 'DateTimeParseError' },
    });
    expect(line['err']).toMatchObject({ stack: expect.stringMatching(/^\s+at /) });
    expect(JSON.stringify(line)).not.toMatch(/Fennimoor|invalid input/);
  });

  it('quotes nothing where one is the cause of another, nor through the framework', async () => {
    const error = await failing();
    const wrapped = logged(() => logger.error({ err: new Error('the look was not recorded', { cause: error }) }, 'x'));
    expect(wrapped).toMatchObject({ err: { message: 'the look was not recorded', cause: { code: '22007' } } });
    const framework = logged(() => {
      nestLogger(logger).error(error);
    });
    expect(framework).toMatchObject({ err: { code: '22007' } });
    expect(JSON.stringify([wrapped, framework])).not.toContain('Fennimoor');
  });

  it('of a parser quotes nothing either, and any other keeps its message', () => {
    const parse = (): unknown => {
      try {
        return JSON.parse('Kit Fennimoor') as unknown;
      } catch (error) {
        return error;
      }
    };
    expect(JSON.stringify(logged(() => logger.error({ err: parse() }, 'x')))).not.toMatch(/Kit|Fennimoor/);
    const own = Object.assign(new TypeError('no such stream'), { code: 'gone', detail: 'Kit Fennimoor' });
    const line = logged(() => logger.error({ err: own }, 'x'));
    expect(line).toMatchObject({ err: { type: 'TypeError', message: 'no such stream', code: 'gone' } });
    expect(JSON.stringify(line)).not.toContain('Fennimoor');
  });
});
