import { isAgency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { agencyWords } from '../pages/words.js';
import type { SourcesView } from './read-sources.js';

export function sourcesModel({ sources, silences, waiting }: SourcesView, watched: boolean) {
  return {
    watched,
    sources: sources.map(({ system, heardAt, oldestWaiting, ...source }) => ({
      ...source,
      name: nameOf(system),
      heard: heardAt === undefined ? 'Never' : instantInWords(heardAt),
      oldest: oldestWaiting === undefined ? 'None' : instantInWords(oldestWaiting),
    })),
    silences: silences.map(({ system, format, heardAt, beganAt, endedAt }) => ({
      name: `${nameOf(system)}${format === '' ? '' : ` (${format})`}`,
      heard: instantInWords(heardAt),
      began: instantInWords(beganAt),
      ended: endedAt === undefined ? undefined : instantInWords(endedAt),
    })),
    waiting: waiting.map(({ system, status, reason, messages }) => ({
      name: nameOf(system),
      status: status === 'held' ? 'Held' : 'Quarantined',
      reason: reason.replaceAll('-', ' '),
      messages,
    })),
  };
}

const nameOf = (system: string): string => (isAgency(system) ? agencyWords[system].name : system);
