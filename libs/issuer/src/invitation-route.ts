import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Accounts } from './accounts.js';
import { fromElsewhere, readForm, sendPage } from './pages/layout.js';
import { invitationPage, messagePage } from './pages/pages.js';
import { textsFor } from './pages/texts.js';

/** Keep in step with the directory's `POST /invitations/accept`. */
const MIN_PASSWORD = 12;

/** Where a one-time link leads: `<issuer>/invitation?token=…`. The token is its own proof; a password chosen uses it up. */
export async function acceptInvitation(accounts: Accounts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const accept = request.headers['accept-language'];
  const other = (token: string, language: string) => `?${new URLSearchParams({ token, lang: language === 'fr' ? 'en' : 'fr' })}`;
  if (request.method === 'GET' || request.method === 'HEAD') {
    const t = textsFor(searchParams.get('lang'), accept);
    const token = searchParams.get('token') ?? '';
    return sendPage(response, 200, invitationPage(t, token, null, other(token, t.language)));
  }
  if (request.method !== 'POST') return void response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();

  const form = await readForm(request);
  if (!form || fromElsewhere(request)) return void response.writeHead(form ? 403 : 413).end();
  const t = textsFor(form.get('lang'), accept);
  const token = form.get('token') ?? '';
  const password = form.get('password') ?? '';
  if (password.length < MIN_PASSWORD || password.length > 200) {
    return sendPage(response, 422, invitationPage(t, token, t.passwordShort, other(token, t.language)));
  }
  if (!(await accounts.acceptInvitation(token, password))) return sendPage(response, 410, messagePage(t, t.linkUsed, t.linkUsedHint));
  sendPage(response, 200, messagePage(t, t.passwordSet, t.passwordSetHint));
}

/** The link to give to an invited person. */
export function invitationLink(issuerUrl: string, token: string): string {
  return `${issuerUrl}/invitation?${new URLSearchParams({ token })}`;
}
