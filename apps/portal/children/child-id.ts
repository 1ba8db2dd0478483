const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The id in an address. What cannot be an id is nobody's, so that it is looked up, recorded and answered like any other. */
export function childId(text: string): string {
  return UUID.test(text) ? text.toLowerCase() : NOBODY;
}
