import type { JsonObject } from '@bufbuild/protobuf';
import type { Looker } from '../looks/looker.js';

/** What an agency's people recorded in the hub, and its system has not stated itself. Rejects with `Problem` 400, 403 or 503. */
export class ReadRecorded {
  constructor(
    readonly looker: Looker,
    readonly cursor?: string,
  ) {}
}

/** As the system would publish it. */
export interface RecordedEvent {
  /** Of the event in the hub: the same as often as it is read. */
  readonly id: string;
  readonly type: string;
  /** The system's own key for the child's record; absent where it has none, or the hub may not say. */
  readonly subject?: string;
  /** When it happened, and when it was recorded here. RFC 3339. */
  readonly time: string;
  readonly recordedtime: string;
  readonly data: JsonObject;
}

export interface RecordedPage {
  readonly recorded: readonly RecordedEvent[];
  /** Of the next page; absent on the last. */
  readonly next?: string;
}
