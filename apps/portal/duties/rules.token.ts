/** Injects `Rules`: the rulebook, as the engine reads it. */
export const RULES = Symbol('RULES');
