/** An authority and the force that polices it (rulebook H). A partnership of others adds its own. */
interface Place {
  readonly authority: string;
  readonly name: string;
  readonly force: string;
}

const places: readonly Place[] = [
  { authority: 'E08000026', name: 'Coventry', force: '20' },
  { authority: 'E06000015', name: 'Derby', force: '30' },
  { authority: 'E06000016', name: 'Leicester', force: '33' },
];

/** The code of an authority that a source names in words or by code; what the source wrote where it is none of ours. */
export function authorityOf(text: string): string {
  return find(text)?.authority ?? text;
}

/** The number of the force that polices an authority; '' where the hub does not know. */
export function forceOf(authority: string): string {
  return find(authority)?.force ?? '';
}

function find(text: string): Place | undefined {
  const said = text.trim().toLowerCase();
  // As a word of its own: Derbyshire is another authority than Derby.
  const words = said.split(/[^a-z0-9]+/);
  return places.find(({ authority, name }) => authority.toLowerCase() === said || words.includes(name.toLowerCase()));
}

/** A place as its people call it: an authority by its name, a force by the authority that it polices. */
export function placeName(place: string): string {
  const force = places.find((one) => one.force === place);
  if (force) return `force ${place}, ${force.name}`;
  return find(place)?.name ?? (/^\d+$/.test(place) ? `force ${place}` : place);
}
