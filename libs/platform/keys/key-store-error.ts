/** The key store cannot be used as it is; `message` says what to do, never a key. */
export class KeyStoreError extends Error {
  readonly code = 'key-store';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyStoreError';
  }
}
