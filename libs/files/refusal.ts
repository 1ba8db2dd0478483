/** A file, or the rest of one, that cannot go to the hub. Says why in plain words and never quotes the content. */
export class FileRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** From where on nothing was sent: `row N`, `line N`, `entry N`. */
    readonly place?: string,
  ) {
    super(message);
    this.name = 'FileRefused';
  }
}
