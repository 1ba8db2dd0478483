/** What is expected of the sources, as read at start. */
export const SOURCE_BOOK = Symbol('SourceBook');
