import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { loggedError } from './logged-error.js';

export type { Logger };

/**
 * The hub's log: JSON lines. Only what is listed in calls goes in, and by rule no name, no identifier, no message body.
 * The paths below are a second fence, for objects a library logs by itself.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: {},
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: loggedError },
    redact: {
      paths: ['*.headers.authorization', '*.headers.cookie', 'body', 'req.body', '*.password', '*.secret', 'token'],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
