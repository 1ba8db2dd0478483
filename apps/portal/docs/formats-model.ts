import { agencies } from '../../../libs/kernel/agency.js';
import { agencyWords } from '../pages/words.js';
import { nativeFormats } from './formats.js';

/** The formats that are read, by agency, for the guide. */
export function formatsModel() {
  return {
    agencies: agencies.map((agency) => ({ agency, name: agencyWords[agency].name, formats: nativeFormats[agency] })),
  };
}
