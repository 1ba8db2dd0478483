import { invalid, one, type Query } from '../looks/parameters.js';
import type { CaseloadOf } from './list-children.query.js';

const LONGEST = 200;

/** Which part of a caseload an address asks for. Throws `Problem` 400. */
export function caseloadOf(query: Query): CaseloadOf {
  const [as, worker, team] = [one(query, 'as'), one(query, 'worker'), one(query, 'team')];
  if (as !== undefined && as !== 'holder' && as !== 'cover') throw invalid('as', 'is holder or cover');
  if ((worker?.length ?? 0) > LONGEST) throw invalid('worker', `is longer than ${LONGEST} characters`);
  if ((team?.length ?? 0) > LONGEST) throw invalid('team', `is longer than ${LONGEST} characters`);
  return {
    ...(as === undefined ? {} : { as }),
    ...(worker === undefined ? {} : { worker }),
    ...(team === undefined ? {} : { team }),
  };
}
