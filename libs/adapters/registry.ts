import { canonicalType } from '../contracts/catalogue.js';
import { defineAdapter, type Adapter, type Format } from '../kernel/adapter.js';
import { HUB_SYSTEM, type Agency } from '../kernel/agency.js';
import { placedInFile } from '../kernel/delivery.js';
import type { Message } from '../kernel/fact.js';
import { quarantined, type Translation } from '../kernel/outcome.js';
import type { SnapshotReading } from '../kernel/snapshots.js';
import { annotationFormats } from './annotations/annotations.adapter.js';
import { unknownType } from './canonical/canonical.adapter.js';
import { courtAdapter } from './court/court.adapter.js';
import { educationAdapter } from './education/education.adapter.js';
import { healthAdapter } from './health/health.adapter.js';
import { probationAdapter } from './hmpps/hmpps.adapter.js';
import { policeAdapter } from './police/police.adapter.js';
import { secureEstateAdapter } from './secure-estate/secure-estate.adapter.js';
import { socialCareAdapter } from './social-care/social-care.adapter.js';
import { yosAdapter } from './yos/yos.adapter.js';

const adapters: Readonly<Record<Agency, Adapter>> = {
  court: courtAdapter,
  'social-care': socialCareAdapter,
  police: policeAdapter,
  probation: probationAdapter,
  health: healthAdapter,
  education: educationAdapter,
  'secure-estate': secureEstateAdapter,
  yos: yosAdapter,
};

export function adapterFor(agency: Agency): Adapter {
  return adapters[agency];
}

function adapterOf({ system, agency }: Message): Adapter {
  return system === HUB_SYSTEM ? defineAdapter({ agency, formats: annotationFormats }) : adapterFor(agency);
}

const snapshots: ReadonlyMap<string, SnapshotReading> = new Map(
  Object.values(adapters).flatMap((adapter) => Object.entries(adapter.snapshots ?? {})),
);

/** How the snapshots of a canonical type are compared; undefined for a type that is none. */
export function snapshotReading(type: string): SnapshotReading | undefined {
  return snapshots.get(type);
}

/** What becomes of a kept message. Never throws: a message that no adapter can read is quarantined. */
export function translate(message: Message): Translation {
  try {
    return placedInFile(message, withAdapter(adapterOf(message), message));
  } catch {
    // An adapter must not throw, and this one has. Its exception may quote the message: only the code goes on.
    return quarantined(
      'unreadable',
      'the adapter could not read the message: the hub has to be mended, then try again',
    );
  }
}

function withAdapter(adapter: Adapter, message: Message): Translation {
  const format = canonicalType(message.format || adapter.recognise?.(message) || '');
  const read = formatOf(adapter, format) ?? formatOf(adapter, adapter.formatNamed?.(message) ?? '');
  if (read) return read(message);
  if (format.startsWith('hub.')) return unknownType(adapter.agency, format);
  return quarantined('unknown-format', 'not a format the hub knows of this agency');
}

function formatOf(adapter: Adapter, name: string): Format | undefined {
  return Object.hasOwn(adapter.formats, name) ? adapter.formats[name] : undefined;
}
