import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Nest's own lines in the hub's log. What Nest says when all goes well is of no use to an operator: debug. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...more: unknown[]) => {
      const context = more.findLast((one): one is string => typeof one === 'string' && !one.includes('\n'));
      // An error's own message may quote what it was given.
      if (message instanceof Error) logger[level]({ context, err: message }, message.name);
      else logger[level]({ context }, String(message));
    };
  return {
    log: write('debug'),
    debug: write('debug'),
    verbose: write('debug'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  };
}
