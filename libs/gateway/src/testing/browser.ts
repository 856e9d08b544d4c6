interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** What of a browser matters for signing in: cookies by path, one redirect after the other, forms. */
export class Browser {
  readonly cookies = new Map<string, Cookie>();
  /** Every Set-Cookie header it was given. */
  readonly given: string[] = [];

  constructor(readonly home: string) {}

  /** One request, no redirect followed. */
  async send(path: string, { body, ...init }: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.home);
    const headers = new Headers(init.headers);
    const own = this.#cookiesFor(url);
    if (own) headers.set('cookie', [own, headers.get('cookie')].filter(Boolean).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual', ...(body != null && { body }) });
    this.#keep(response, url);
    return response;
  }

  /** Follows redirects, to the page that is shown in the end; stops where it would leave for another host. */
  async visit(path: string, init: RequestInit = {}): Promise<{ url: URL; response: Response; text: string }> {
    let url = new URL(path, this.home);
    let response = await this.send(url.href, { ...init, headers: { accept: 'text/html', ...init.headers } });
    for (let step = 0; step < 10; step += 1) {
      const location = response.headers.get('location');
      if (location === null || new URL(location, url).origin !== new URL(this.home).origin) break;
      await response.text();
      url = new URL(location, url);
      response = await this.send(url.href, { headers: { accept: 'text/html' } });
    }
    return { url, response, text: await response.text() };
  }

  /** Fills in the form of the page; an existing session at the issuer shows none. */
  async signIn(email: string, password: string, to = '/'): Promise<{ url: URL; response: Response; text: string }> {
    const shown = await this.visit(`/auth/sign-in?${new URLSearchParams({ to })}`);
    const token = /name="token" value="([^"]+)"/.exec(shown.text)?.[1];
    return token === undefined ? shown : this.visit(shown.url.href, { method: 'POST', body: new URLSearchParams({ token, email, password }) });
  }

  /** As the page does it: with the token of its session. */
  async change(path: string, init: RequestInit = {}): Promise<Response> {
    const { csrf } = await this.me();
    return this.send(path, { method: 'POST', ...init, headers: { 'x-csrf-token': csrf, ...init.headers } });
  }

  async me(): Promise<{ subject: string; csrf: string }> {
    return (await (await this.send('/auth/me')).json()) as { subject: string; csrf: string };
  }

  value(name: string): string | undefined {
    return [...this.cookies.values()].find((cookie) => cookie.name === name)?.value;
  }

  set(name: string, value: string): void {
    this.cookies.set(`${name} /`, { name, value, path: '/' });
  }

  #keep(response: Response, url: URL): void {
    for (const header of response.headers.getSetCookie()) {
      this.given.push(header);
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? url.pathname.replace(/\/[^/]*$/, '');
      if (value === '' || attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.cookies.delete(`${name} ${path}`);
      else this.cookies.set(`${name} ${path}`, { name, value, path });
    }
  }

  #cookiesFor({ pathname }: URL): string {
    const matching = [...this.cookies.values()].filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`));
    return matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}
