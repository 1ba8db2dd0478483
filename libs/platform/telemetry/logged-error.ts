import pg from 'pg';

/** What of an error goes into the log. */
export interface LoggedError {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  readonly severity?: string;
  /** Where in PostgreSQL it arose. */
  readonly routine?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/**
 * An error by name, code and place, and by its message where that cannot quote what the hub was given: PostgreSQL's can
 * (`invalid input syntax for type date: "…"`), and so can a parser's. Nothing else that hangs on it is logged.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(mayQuote(error) ? {} : { message: error.message }),
    ...texts(error, ['code', 'severity', 'routine']),
    ...(frames ? { stack: frames.join('\n') } : {}),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  };
}

function mayQuote(error: Error): boolean {
  return error instanceof pg.DatabaseError || error instanceof SyntaxError;
}

function texts(error: Error, names: readonly string[]): Record<string, string> {
  const all = new Map<string, unknown>(Object.entries(error));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = all.get(name);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
