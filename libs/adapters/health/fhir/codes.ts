import { HealthService } from '../../../contracts/gen/hub/health/v1/involvement_pb.js';
import {
  ScoreRecorded_Rater as Rater,
  ScoreRecorded_Scale as Scale,
} from '../../../contracts/gen/hub/health/v1/assessment_pb.js';
import type { Place } from '../../reading/place.js';

/** Our own code systems, for what no national list has: a publisher maps its local codes to them. */
export const ours = {
  service: 'urn:youth-justice-hub:health-service',
  scale: 'urn:youth-justice-hub:rating-scale',
  screening: 'urn:youth-justice-hub:screening-part',
  exit: 'urn:youth-justice-hub:treatment-exit',
  need: 'urn:youth-justice-hub:health-need',
} as const;

/** A list of codes: national lists go under more than one address. */
interface CodeList<T> {
  readonly system: RegExp;
  readonly codes: ReadonlyMap<string, T>;
}

const services: readonly CodeList<HealthService>[] = [
  {
    system: /^urn:youth-justice-hub:health-service$/,
    codes: new Map([
      ['camhs', HealthService.CAMHS],
      ['liaison-and-diversion', HealthService.LIAISON_AND_DIVERSION],
      ['chat', HealthService.CHAT],
      ['substance-misuse', HealthService.SUBSTANCE_MISUSE],
      ['speech-and-language', HealthService.SPEECH_AND_LANGUAGE],
    ]),
  },
  // Service or team type referred to (mental health), of the mental health services data set.
  {
    system: /service[-_]?or[-_]?team[-_]?type/i,
    codes: new Map([
      ['D01', HealthService.SUBSTANCE_MISUSE],
      ['D02', HealthService.LIAISON_AND_DIVERSION],
    ]),
  },
  // Treatment function code.
  {
    system: /treatment[-_]?function/i,
    codes: new Map([
      ['711', HealthService.CAMHS],
      ['721', HealthService.SUBSTANCE_MISUSE],
      ['652', HealthService.SPEECH_AND_LANGUAGE],
    ]),
  },
  { system: /^http:\/\/snomed\.info\/sct$/, codes: new Map([['310117003', HealthService.CAMHS]]) },
];

export interface RatedScale {
  readonly scale: Scale;
  readonly rater: Rater;
  /** The most points there are. */
  readonly most: number;
}

const sdq = (rater: Rater): RatedScale => ({ scale: Scale.SDQ, rater, most: 40 });
const honosca: RatedScale = { scale: Scale.HONOSCA, rater: Rater.CLINICIAN, most: 60 };

const scales: readonly CodeList<RatedScale>[] = [
  {
    system: /^urn:youth-justice-hub:rating-scale$/,
    codes: new Map([
      ['sdq', sdq(Rater.UNSPECIFIED)],
      ['sdq-parent', sdq(Rater.PARENT)],
      ['sdq-teacher', sdq(Rater.TEACHER)],
      ['sdq-self', sdq(Rater.SELF)],
      ['honosca', honosca],
    ]),
  },
  {
    system: /^http:\/\/snomed\.info\/sct$/,
    codes: new Map([
      ['718133008', sdq(Rater.UNSPECIFIED)],
      ['717639006', sdq(Rater.SELF)],
    ]),
  },
];

/** Which service the concepts name; undefined when none of them is in a list of ours. */
export function serviceIn(concepts: readonly Place[]): HealthService | undefined {
  return codedIn(concepts, services);
}

export function scaleIn(concept: Place): RatedScale | undefined {
  return codedIn([concept], scales);
}

/** The code that a concept has in one of our own systems. */
export function ownCode(concept: Place, system: string): string | undefined {
  return codings(concept)
    .find((one) => one.at('system').text() === system)
    ?.at('code')
    .text();
}

/** What a concept is called: its text, else what a coding displays. */
export function wordsOf(concept: Place): string | undefined {
  return concept.at('text').text() ?? codings(concept).flatMap((one) => one.at('display').text() ?? [])[0];
}

function codedIn<T>(concepts: readonly Place[], lists: readonly CodeList<T>[]): T | undefined {
  for (const coding of concepts.flatMap(codings)) {
    const system = coding.at('system').text() ?? '';
    const code = coding.at('code').text() ?? '';
    const meant = lists.find((list) => list.system.test(system) && list.codes.has(code))?.codes.get(code);
    if (meant !== undefined) return meant;
  }
  return undefined;
}

function codings(concept: Place): readonly Place[] {
  return concept.at('coding').list();
}
