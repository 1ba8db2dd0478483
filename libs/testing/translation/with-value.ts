/** A copy of a JSON document with the value at a pointer replaced. Throws when the pointer leads through nothing. */
export function withValue(document: unknown, pointer: string, value: unknown): unknown {
  const path = pointer.split('/').slice(1);
  const last = path.pop();
  const copy: unknown = structuredClone(document);
  const place = path.reduce<unknown>((parent, name) => Reflect.get(asObject(parent, pointer), name), copy);
  if (last !== undefined) Reflect.set(asObject(place, pointer), last, value);
  return copy;
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  const path = pointer.split('/').slice(1);
  return path.reduce<unknown>((parent, name) => Reflect.get(asObject(parent, pointer), name), document);
}

function asObject(value: unknown, pointer: string): object {
  if (typeof value !== 'object' || value === null) throw new TypeError(`there is nothing on the way to ${pointer}`);
  return value;
}
