import type { IdentifierKind } from '../kernel/fact.js';

/**
 * What an identifier may do for linking: `alone` links records; `with-birth-date` links only records whose birth
 * dates are known and equal; `never` is shown and searched by, but links nobody.
 */
export type Trust = 'alone' | 'with-birth-date' | 'never';

export interface KindTrust {
  readonly trust: Trust;
  /** A person has one of these in a lifetime, so two different ones are two people (or one of them is wrong). */
  readonly single: boolean;
  readonly why: string;
}

/** Which kinds may link, and why. A wrong link shows one child's life on another's page: doubt means no. */
export const kinds: Readonly<Record<IdentifierKind, KindTrust>> = {
  nhs: { trust: 'alone', single: true, why: 'issued once, at birth, with a check digit' },
  pnc: { trust: 'alone', single: true, why: 'issued once, on fingerprints or first process, with a check letter' },
  // One of each arrest, so a person has many; those arrested together get neighbouring ones.
  asn: { trust: 'with-birth-date', single: false, why: 'of one arrest of one person, with a check letter' },
  upn: { trust: 'alone', single: true, why: 'issued once by the first school, with a check letter' },
  // A learner who registers twice gets two, so a second number says nothing against being one person.
  uln: { trust: 'alone', single: false, why: 'issued by one national register, with a check digit' },
  noms: { trust: 'with-birth-date', single: true, why: 'issued once but without a check: a slip is another prisoner' },
  crn: { trust: 'with-birth-date', single: false, why: 'no check, and probation opens duplicate records' },
  cro: { trust: 'never', single: false, why: 'opaque: no format or check the hub could hold it to' },
};

/** `canonical` is what `check` gave. A temporary UPN (last place a letter) is local and reissued: it links nobody. */
export function trusted(kind: IdentifierKind, canonical: string): Trust {
  if (kind === 'upn' && /[A-Z]$/.test(canonical)) return 'never';
  return kinds[kind].trust;
}
