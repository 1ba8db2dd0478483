/** As much of a browser as signing in needs: keeps cookies and follows redirects. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** The answer at the end of all redirects. */
  async go(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    let url = address;
    let body = form;
    for (let hop = 0; hop < 10; hop++) {
      const response = await this.#once(url, body);
      const location = response.headers.get('location');
      if (location === null) return response;
      url = new URL(location, url).href;
      body = undefined;
    }
    throw new Error(`too many redirects at ${url}`);
  }

  /** Signs in as one of the demonstration's people; resolves to the page they come to. */
  async signIn(hub: string, username: string): Promise<Response> {
    const page = await this.go(`${hub}/sign-in`);
    return this.go(page.url, { username });
  }

  async #once(url: string, form: Readonly<Record<string, string>> | undefined): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}
