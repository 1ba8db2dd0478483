import { describeKeyStore } from './key-store.features.js';
import { memoryKeyStore } from './memory-key-store.js';

describeKeyStore('in memory', async () => {
  const store = memoryKeyStore();
  return { stores: [store, store], close: async () => store.close() };
});
