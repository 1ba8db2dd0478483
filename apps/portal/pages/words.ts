import { categories, handlings, isCategory, isHandling, type Handling } from '../../../libs/disclosure/terms.js';
import type { Agency } from '../../../libs/kernel/agency.js';

/** Agencies as staff call them, and the colour of their tags. */
export const agencyWords: Readonly<Record<Agency, { readonly name: string; readonly colour: string }>> = {
  police: { name: 'Police', colour: 'blue' },
  court: { name: 'Court', colour: 'purple' },
  health: { name: 'Health', colour: 'green' },
  education: { name: 'Education', colour: 'yellow' },
  probation: { name: 'Probation', colour: 'magenta' },
  'social-care': { name: 'Social care', colour: 'teal' },
  'secure-estate': { name: 'Secure estate', colour: 'red' },
  yos: { name: 'Youth offending service', colour: 'grey' },
};

const shortHandlings: Readonly<Record<Handling, string>> = {
  'professional-only': 'Professionals only',
  'existence-discloses': 'That it exists is sensitive',
  'conditions-apply': 'Conditions apply',
  'originator-only': 'Not beyond its publisher',
};

export function categoryWords(category: string): string {
  return isCategory(category) ? categories[category] : sentence(category);
}

export function handlingWords(handling: string): { readonly name: string; readonly meaning: string }[] {
  return handling
    .split(/\s+/)
    .filter((mark) => mark !== '')
    .map((mark) =>
      isHandling(mark)
        ? { name: shortHandlings[mark], meaning: handlings[mark] }
        : { name: sentence(mark), meaning: '' },
    );
}

function sentence(name: string): string {
  const text = name.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
