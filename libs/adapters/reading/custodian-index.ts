import type { Message } from '../../kernel/fact.js';
import { ignored, type Translation } from '../../kernel/outcome.js';
import { holds } from './bad-part.js';
import { placeOf } from './content.js';

/** A custodian's index of the records it holds of many people (Department for Education, single unique identifier). */
export const custodianIndexFormat = 'custodian-index';

export function looksLikeCustodianIndex(message: Message): boolean {
  return holds(() => {
    const index = placeOf(message);
    return !index.at('orgType').absent && index.at('records').list().length >= 0 && !index.at('records').absent;
  });
}

/** It says where records are and not when anybody saw them: what it repeats of a record has no time to be placed at. */
export function custodianIndex(): Translation {
  return ignored(
    'custodian-index',
    'an index says where records are, not when they were seen: each record is published by itself, with Hub-Subject and Hub-Observed-At',
  );
}
