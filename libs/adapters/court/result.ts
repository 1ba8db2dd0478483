import { required, type Place } from '../reading/place.js';

/** A judicial result, on whatever it is: an offence, an application. */
export interface Result {
  readonly pointer: string;
  readonly id: string;
  readonly code?: string | undefined;
  readonly title?: string | undefined;
  readonly category?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly orderedOn?: string | undefined;
  readonly terms: readonly { readonly label: string; readonly value: string }[];
}

/** Throws `BadPart`. */
export function readResult(result: Place): Result {
  // The copies that HMPPS receives have lost the result's own id and kept the id of its type.
  const id = result.at('judicialResultId').id() ?? result.at('judicialResultTypeId').id();
  const prompts = result.at('judicialResultPrompts').list();
  const inOrder = prompts.toSorted((one, other) => sequence(one) - sequence(other));
  return {
    pointer: result.pointer,
    id: required(id, result.at('judicialResultId')),
    code: result.at('cjsCode').text(),
    title: result.at('label').text(),
    category: result.at('category').text(),
    orderedOn: result.at('orderedDate').date(),
    terms: inOrder.map((prompt) => ({
      label: prompt.at('label').text() ?? '',
      value: prompt.at('value').text() ?? '',
    })),
  };
}

function sequence(prompt: Place): number {
  return prompt.at('promptSequence').number() ?? Number.MAX_SAFE_INTEGER;
}
