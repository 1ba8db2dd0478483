import { pointerShown } from '../../../libs/adapters/masked/names.js';
import type { PartOutcome, ReceiptStatus } from '../../../libs/kernel/intake.js';
import { eventWords, outcomeWords, whyWords } from '../pages/receipt-words.js';

/** What a message would be, by what its receipt would say. */
export const states: Readonly<Record<ReceiptStatus, string>> = {
  received: 'Would be received',
  recorded: 'Would be recorded',
  'partly-recorded': 'Would be recorded in part',
  ignored: 'Not needed',
  held: 'Would be held',
  quarantined: 'Would be refused',
  withdrawn: 'Would take back another',
};

/** What would become of one part of a message, and why. */
export function partWords(part: PartOutcome) {
  return {
    fact: part.fact === undefined ? undefined : eventWords(part.fact),
    outcome: part.outcome === 'quarantined' ? 'Refused, for somebody to look at' : outcomeWords(part.outcome),
    why: whyWords(part),
    code: part.reason,
    pointer: placeOf(part.pointer),
  };
}

/** Where in a message, as far as it is nobody's word. */
export const placeOf = (pointer: string | undefined): string | undefined =>
  pointer === undefined || pointer === '' ? undefined : pointerShown(pointer);
