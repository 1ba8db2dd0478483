import type { JsonObject } from '@bufbuild/protobuf';
import type { CloudEvent } from '../../../../libs/simulations/cloud-event.js';
import { refusalResponses } from './describe.js';
import { operatingPaths } from './operating.js';
import { publishingPaths, requestPaths } from './publishing.js';
import { publishingSchemas } from './publishing-schemas.js';
import { readingPaths } from './reading.js';
import { readingSchemas } from './reading-schemas.js';
import { tellingPaths, tellingSchemas } from './telling.js';

/** Every HTTP call of the hub but its pages (OpenAPI 3.1). `url` is where the hub is; `example` is an event of the catalogue. */
export function openApi(url: string, example: CloudEvent): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Youth Justice Hub',
      version: '1',
      summary: 'What partners and readers call',
      description: 'Guides are at `/docs`, every event at `/docs/events`. Refusals are problem documents (RFC 9457).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    tags: [
      'Signing in',
      'Publishing',
      'Sandbox',
      'Receipts',
      'Requests',
      'Reading',
      'Being told',
      'Health',
      'Documents',
    ].map((name) => ({
      name,
    })),
    paths: { ...publishingPaths(example), ...requestPaths, ...readingPaths, ...tellingPaths, ...operatingPaths },
    components: {
      securitySchemes: {
        hub: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: `${url}/oauth2/token`,
              scopes: { publish: 'Publish messages and see their receipts', read: 'Read, for a stated purpose' },
            },
          },
        },
      },
      schemas: { ...publishingSchemas, ...readingSchemas, ...tellingSchemas },
      responses: refusalResponses(),
    },
  };
}
