import { defineAdapter } from '../../kernel/adapter.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { readable } from '../reading/bad-part.js';
import { looksLikeMissingReturn, missingFormat, missingReturn } from './missing-return.js';

export const socialCareAdapter = defineAdapter({
  agency: 'social-care',
  formats: { ...canonicalFormats('social-care'), [missingFormat]: readable(missingReturn) },
  recognise: (message) => (looksLikeMissingReturn(message) ? missingFormat : undefined),
});
