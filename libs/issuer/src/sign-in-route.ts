import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import type { Accounts } from './accounts.js';
import type { Attempts } from './attempts.js';
import { fromElsewhere, pageHeaders, readForm, sendPage } from './pages/layout.js';
import { type Demonstration, signInPage } from './pages/pages.js';
import { type Texts, textsFor } from './pages/texts.js';

export interface SignInRouteOptions {
  readonly provider: Provider;
  readonly accounts: Accounts;
  readonly prefix: string;
  readonly attempts: Attempts;
  readonly demonstration: Demonstration | null;
  /** For who has no account yet. */
  readonly apply: string | null;
  readonly formToken: { make(uid: string): string; check(uid: string, token: string): boolean };
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** The page where people say who they are: `<prefix>/sign-in/<uid>`. */
export class SignInRoute {
  constructor(private readonly options: SignInRouteOptions) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The interaction's cookie is bound to this very path, so a form cannot answer another sign-in than its own.
    const interaction = await this.options.provider.interactionDetails(request, response);
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const wish = searchParams.get('lang') ?? (interaction.params['ui_locales'] as string | undefined);
    if (request.method === 'GET' || request.method === 'HEAD') {
      return this.#show(response, interaction, textsFor(wish, request.headers['accept-language']), { email: String(interaction.params['login_hint'] ?? '') });
    }
    if (request.method !== 'POST') return void response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();

    const form = await readForm(request);
    if (!form) return void response.writeHead(413).end();
    if (fromElsewhere(request) || !this.options.formToken.check(interaction.uid, form.get('token') ?? '')) {
      throw new errors.SessionNotFound('form of another sign-in');
    }
    return this.#submit(request, response, interaction, form, textsFor(form.get('lang') ?? wish, request.headers['accept-language']));
  }

  async #submit(request: IncomingMessage, response: ServerResponse, interaction: Interaction, form: URLSearchParams, t: Texts): Promise<void> {
    const { provider, accounts, attempts } = this.options;
    const { email, password } = this.#credentials(form);
    const address = provider.createContext(request, response).ip;
    const wait = attempts.begin(email, address);
    if (wait > 0) {
      return this.#show(response, interaction, t, { email, error: t.tooMany(Math.ceil(wait / 60)), status: 429, headers: { 'retry-after': String(wait) } });
    }
    const account = await accounts.authenticate(email, password);
    if (!account) return this.#show(response, interaction, t, { email, error: t.wrong, status: 401 });
    attempts.succeeded(email, address);
    const returnTo = await provider.interactionResult(request, response, { login: { accountId: account.id, remember: true } }, { mergeWithLastSubmission: false });
    // The path alone: the host is the one this page was asked at, where its cookies are.
    response.writeHead(303, { location: new URL(returnTo).pathname, 'cache-control': 'no-store' }).end();
  }

  /** A demonstration account is chosen with one click. */
  #credentials(form: URLSearchParams): { email: string; password: string } {
    const { demonstration } = this.options;
    const chosen = demonstration?.accounts.find((account) => account.email === form.get('account'));
    if (demonstration && chosen) return { email: chosen.email, password: demonstration.password };
    return { email: (form.get('email') ?? '').trim().toLowerCase().slice(0, 254), password: (form.get('password') ?? '').slice(0, 200) };
  }

  #show(response: ServerResponse, interaction: Interaction, t: Texts, page: { email: string; error?: string; status?: number; headers?: Record<string, string> }): void {
    const { formToken, demonstration, apply } = this.options;
    const body = signInPage(t, {
      token: formToken.make(interaction.uid), email: page.email, error: page.error ?? null, demonstration, apply,
      otherLanguage: `?lang=${t.language === 'fr' ? 'en' : 'fr'}`,
    });
    sendPage(response, page.status ?? 200, body, { ...pageHeaders(String(interaction.params['redirect_uri'] ?? '')), ...page.headers });
  }
}
