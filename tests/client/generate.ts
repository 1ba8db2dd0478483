import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { Docs } from '../../apps/portal/docs/docs.js';

const place = new URL('../../libs/client/gen/openapi.ts', import.meta.url);

/** The types of every call, made from the OpenAPI document that the hub serves. */
export async function clientTypes(): Promise<string> {
  const document = JSON.stringify(new Docs('http://localhost:3000').openApi());
  return `// Generated from the OpenAPI document by npm run client. Never edited.\n${astToString(await openapiTS(document))}`;
}

export function committedTypes(): string {
  return readFileSync(place, 'utf8');
}

if (process.argv[1]?.endsWith('generate.ts') === true) writeFileSync(place, await clientTypes());
