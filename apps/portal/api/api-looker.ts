import { allowedPurposes } from '../../../libs/disclosure/decide.js';
import { purposeOf, type Page } from '../../../libs/disclosure/pages.js';
import { isPurpose, purposes, type StatedPurpose, type Viewer } from '../../../libs/disclosure/terms.js';
import { badRequest, forbidden } from '../../../libs/platform/problems/problem.js';
import type { Caller } from '../../../libs/platform/sign-in/caller.js';
import type { Looker } from '../looks/looker.js';
import { viewerOf } from '../looks/viewer-of.js';

const HEADER = 'Hub-Purpose';

/** Who looks through the API and why. A machine states its purpose, a person may. Throws `Problem` 400 or 403. */
export function apiLooker(caller: Caller, page: Page, stated: string | undefined, correlationId: string): Looker {
  if (!caller.scopes.has('read')) throw forbidden('insufficient-scope', 'The token lacks the scope read.');
  const viewer = viewerOf(caller);
  if (stated !== undefined) return { viewer, purpose: allowed(viewer, stated), correlationId };
  if (caller.system !== undefined) {
    throw badPurpose(`State why you look in the header ${HEADER}: one of ${Object.keys(purposes).join(', ')}.`);
  }
  const purpose = purposeOf(viewer, page);
  if (purpose === undefined) throw forbidden('not-allowed', 'Your role does not open this.');
  return { viewer, purpose, correlationId };
}

function allowed(viewer: Viewer, stated: string): StatedPurpose {
  if (!isPurpose(stated)) throw badPurpose(`${HEADER} is one of ${Object.keys(purposes).join(', ')}.`);
  const purpose = allowedPurposes(viewer).find((one) => one === stated);
  if (purpose !== undefined) return purpose;
  throw forbidden('purpose-not-allowed', `${HEADER} names a purpose that is not yours to look for.`);
}

const badPurpose = (detail: string) => badRequest('purpose-required', detail, HEADER);
