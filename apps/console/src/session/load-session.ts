import { connection, lost, reached } from '../api/connection.js';
import { problemOf } from '../api/problem.js';
import { queryClient } from '../api/query-client.js';
import { language } from '../i18n/i18n.js';
import { type Session, session, sessionEnded, signInAddress } from './session.js';

/** Who was here last, without the means to change anything: a page opened with no network knows whose it is. */
const KEPT = 'lacollecte.session';

/** The one page that is for who has no account. */
export const APPLY = '/apply';

/** `leaving`: nobody has signed in, and the browser is on its way to where one does. `unknown`: the server does not answer, and nobody was here before. On the page that is for everyone, nobody is known. */
export async function loadSession(): Promise<'known' | 'unknown' | 'leaving'> {
  const found = await ask();
  if (found === 'nobody') {
    localStorage.removeItem(KEPT);
    if (location.pathname.replace(/\/$/, '') === APPLY) return 'known';
    location.assign(signInAddress(location.pathname + location.search));
    return 'leaving';
  }
  session.set(found === 'no-answer' ? kept() : found);
  connection.subscribe(() => void completed());
  return session.get() === null ? 'unknown' : 'known';
}

/** Asked when a person comes back to this page after signing in again in another: what waited goes on. Somebody else gets a page of their own. */
export async function resumeSession(): Promise<void> {
  const found = await ask();
  if (found === 'nobody' || found === 'no-answer') return;
  if (found.subject !== session.get()?.subject) return location.reload();
  session.set(found);
  sessionEnded.set(false);
  await queryClient.invalidateQueries();
}

/** @throws Problem where the server refuses */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/sign-out', { method: 'POST', headers: { 'x-csrf-token': session.get()?.csrf ?? '', 'accept-language': language() } });
  if (!response.ok && response.status !== 401) throw await problemOf(response);
  localStorage.removeItem(KEPT);
  const { to } = response.ok ? ((await response.json()) as { to: string }) : { to: '/' };
  location.assign(to);
}

async function ask(): Promise<Session | 'nobody' | 'no-answer'> {
  const response = await fetch('/auth/me', { cache: 'no-store', headers: { 'accept-language': language() } }).catch(() => null);
  if (response?.status === 401) {
    // Unread, it would keep its connection.
    await response.body?.cancel();
    return 'nobody';
  }
  if (!response?.ok) {
    lost();
    return 'no-answer';
  }
  reached();
  const found = (await response.json()) as Session;
  localStorage.setItem(KEPT, JSON.stringify({ ...found, csrf: '' }));
  return found;
}

function kept(): Session | null {
  const text = localStorage.getItem(KEPT);
  return text === null ? null : (JSON.parse(text) as Session);
}

/** The server is back: a session that was only remembered becomes one that may change things. */
async function completed(): Promise<void> {
  if (connection.get() === 'live' && session.get()?.csrf === '') await resumeSession();
}
