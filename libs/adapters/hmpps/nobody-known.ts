import type { Reason } from '../../kernel/fact.js';

/** Nine in ten of these are about adults, and nothing in them says so. */
export const aboutNobodyKnown: Reason = {
  code: 'not-shown-to-be-a-child',
  detail: 'the event names nobody and no age: recorded only for a child the hub knows by this number',
};
