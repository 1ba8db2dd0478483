import { readFileSync } from 'node:fs';
import { usualSources, type SourceBook } from './cadence.js';
import { readSourceBook, SourceBookError } from './source-book.js';

/** What the hub expects of its sources: the file at `path`, or what is usual where none is named. Throws `SourceBookError`. */
export function loadSources(path: string | undefined): SourceBook {
  if (path === undefined) return usualSources;
  try {
    return readSourceBook(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SourceBookError) throw error;
    throw new SourceBookError('HUB_SOURCES names a file that cannot be read');
  }
}
