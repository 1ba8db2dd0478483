import { asProblem } from '../../../libs/platform/problems/as-problem.js';
import type { Problem } from '../../../libs/platform/problems/problem.js';

/** What is wrong with one item of many is its answer, and the others go on. Throws what is no property of the item. */
export function orProblem<T>(work: () => T): T | Problem {
  try {
    return work();
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status >= 500) throw error;
    return problem;
  }
}
