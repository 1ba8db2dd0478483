/** Largest message of any door. */
export const MESSAGE_LIMIT = 10 * 1_048_576;

/** Where in its file a piece stands, counted as a spreadsheet or an editor does: from 1. */
export interface Place {
  readonly unit: 'row' | 'line' | 'file';
  readonly first: number;
  readonly last: number;
  /** Rows in between that hold nothing. */
  readonly blank?: readonly number[];
}

/** What of a file goes to the hub as one message. */
export interface Piece {
  readonly place: Place;
  readonly body: Buffer;
  /** `event`: a structured CloudEvent, which has an id of its own. */
  readonly door: 'native' | 'event';
  readonly contentType: string;
  /** Set on a piece of a file that was cut: then it has the file's header, and its id follows from content and place. */
  readonly cut?: true;
}

/** A file, or one in an archive: its bytes can be read more than once and are the same each time. */
export interface Readable {
  /** Bytes, uncompressed. */
  readonly size: number;
  read(): AsyncIterable<Buffer>;
}
