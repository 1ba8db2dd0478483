import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

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
    redact: {
      paths: [
        '*.headers.authorization',
        '*.headers.cookie',
        'body',
        'req.body',
        '*.password',
        '*.secret',
        'token',
        'err.parameters',
        'err.detail',
        'err.where',
      ],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
