import type { Viewer } from '../../../libs/disclosure/terms.js';
import type { Purpose } from '../../../libs/disclosure/terms.js';

/** Who looks and why, as established by the door: a bearer token and `Hub-Purpose`, or a session and the page. */
export interface Looker {
  readonly viewer: Viewer;
  readonly purpose: Purpose;
  /** UUID; also in the answer and in the log. */
  readonly correlationId: string;
}

/** The looker as they stand towards any other child: what an emergency opens, it opens for one. */
export function daily(looker: Looker): Looker {
  const { emergency, ...viewer } = looker.viewer;
  return emergency === undefined ? looker : { ...looker, viewer, purpose: emergency };
}
