/** The agencies around a child. An event type, a policy row and a timeline lane all name one of these. */
export const agencies = [
  'police',
  'court',
  'health',
  'education',
  'probation',
  'social-care',
  'secure-estate',
  'yos',
] as const;

export type Agency = (typeof agencies)[number];

export function isAgency(name: string): name is Agency {
  return (agencies as readonly string[]).includes(name);
}

/** The hub's own system: what its users say of entries comes from it. No partner may be called so. */
export const HUB_SYSTEM = 'hub';
