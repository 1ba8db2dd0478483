import { catalogue } from '../../../libs/contracts/catalogue.js';
import type { PartOutcome, ReceiptStatus } from '../../../libs/kernel/intake.js';

/** What became of a message, as its publisher reads it, and the colour of its tag. */
export const statusWords: Readonly<Record<ReceiptStatus, { readonly name: string; readonly colour: string }>> = {
  received: { name: 'Received', colour: 'grey' },
  recorded: { name: 'Recorded', colour: 'green' },
  'partly-recorded': { name: 'Partly recorded', colour: 'yellow' },
  ignored: { name: 'Not needed', colour: 'grey' },
  held: { name: 'Held', colour: 'blue' },
  quarantined: { name: 'Quarantined', colour: 'red' },
  withdrawn: { name: 'Withdrawn', colour: 'purple' },
};

export const statusMeanings: Readonly<Record<ReceiptStatus, string>> = {
  received: 'It is kept, and has not been read yet.',
  recorded: 'All of it is recorded.',
  'partly-recorded': 'Some of it is recorded. The rest is held, or could not be read.',
  ignored: 'There was nothing in it that the hub records.',
  held: 'It cannot be placed yet. The hub tries again by itself when it can.',
  quarantined: 'It could not be read, or it breaks the contract. It is kept, and somebody looks at it.',
  withdrawn: 'You took it back.',
};

const outcomeNames: Readonly<Record<string, string>> = {
  recorded: 'Recorded',
  corrected: 'Recorded as a correction',
  unchanged: 'Known already: nothing changed',
  historic: 'Recorded as history',
  retracted: 'Took back an earlier fact',
  withdrawn: 'Withdrawn',
  ignored: 'Not needed',
  held: 'Held',
  quarantined: 'Quarantined',
};

export const outcomeWords = (outcome: string): string => outcomeNames[outcome] ?? codeWords(outcome);

/** A code as a sentence begins. */
export function codeWords(code: string): string {
  const text = code.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why, in plain words: the hub's own, which never quote the message. */
export function whyWords({ reason, detail }: PartOutcome): string {
  // As it stands: it often begins with a field's name.
  if (detail !== undefined && detail !== '') return detail;
  return reason === undefined ? '' : codeWords(reason);
}

/** What the contract calls a type of event. */
export const eventWords = (type: string): string => catalogue.get(type)?.title ?? type;
