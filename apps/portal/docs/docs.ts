import type { JsonObject } from '@bufbuild/protobuf';
import type { Meanings } from '../../../libs/contracts/json-schema.js';
import type { CloudEvent } from '../../../libs/simulations/cloud-event.js';
import { asyncApi } from './asyncapi.js';
import { eventModel } from './event-model.js';
import { examples } from './examples.js';
import { readMeanings } from './meanings.js';
import { openApi } from './openapi/document.js';

/** What the hub says of itself to partners: made from the contract once, when somebody first asks. `url`: where the hub is. */
export class Docs {
  #read?: { readonly examples: ReadonlyMap<string, CloudEvent>; readonly meaning: Meanings };

  constructor(
    readonly url: string,
    /** Port of the gRPC door; 0: there is none. */
    readonly grpc = 3001,
  ) {}

  openApi(): JsonObject {
    const example = this.#contract.examples.get('hub.police.v1.MissingReported');
    if (!example) throw new Error('the example of every call is not among the simulations');
    return openApi(this.url, example);
  }

  asyncApi(): JsonObject {
    const { examples: all, meaning } = this.#contract;
    return asyncApi(this.url, all, meaning);
  }

  event(type: string): ReturnType<typeof eventModel> {
    const { examples: all, meaning } = this.#contract;
    return eventModel(type, all, meaning);
  }

  get #contract() {
    this.#read ??= { examples: examples(), meaning: readMeanings() };
    return this.#read;
  }
}
