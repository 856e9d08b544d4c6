import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProblemText } from '@lacollecte/contracts';
import { commonProblems, languageOf } from '@lacollecte/http';
import { sendProblem } from '../problem.js';

/** What signing in and its session may answer with, besides what it gets right. */
export const sessionProblems = {
  unauthenticated: commonProblems.unauthenticated,
  csrf: {
    status: 403, fr: "L'en-tête X-CSRF-Token manque ou n'est pas celui de votre session. Rechargez la page, puis recommencez.",
    en: 'The X-CSRF-Token header is missing or is not that of your session. Load the page again, then repeat.',
  },
  'cross-site': { status: 403, fr: "Cette demande vient d'un autre site : elle est refusée, rien n'a été changé.", en: 'This request comes from another site: it is refused, nothing was changed.' },
  'sign-in-expired': {
    status: 400, fr: 'Cette connexion a expiré, ou a été commencée dans un autre navigateur. Connectez-vous à nouveau.', en: 'This sign-in has expired, or was begun in another browser. Sign in again.',
  },
  'sign-in-refused': { status: 403, fr: "La connexion n'a pas abouti. Connectez-vous à nouveau.", en: 'Signing in did not work. Sign in again.' },
  'sign-in-unavailable': {
    status: 503, fr: "Le service de connexion ne répond pas pour l'instant. Rien n'est perdu : réessayez dans un instant.", en: 'The sign-in service does not answer just now. Nothing is lost: try again in a moment.',
  },
} satisfies Record<string, ProblemText>;
export type SessionProblem = keyof typeof sessionProblems;

const AGAIN = { fr: 'Se connecter à nouveau', en: 'Sign in again' } as const;
const POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** To a script as problem details, to a person who is on the way to sign in as a page with the way back. */
export function answerProblem(request: IncomingMessage, response: ServerResponse, code: SessionProblem): void {
  const problem: ProblemText = sessionProblems[code];
  const headers: Record<string, string> = problem.status === 503 ? { 'retry-after': '5' } : {};
  if (request.headers.accept?.includes('text/html') !== true) return sendProblem(request, response, code, problem, headers);
  const language = languageOf(request.headers['accept-language']);
  response
    .writeHead(problem.status, {
      ...headers, 'content-type': 'text/html; charset=utf-8', 'content-language': language, vary: 'accept-language', 'cache-control': 'no-store',
      'content-security-policy': POLICY, 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY',
    })
    .end(`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>LaCollecte</title></head><body><main><h1>LaCollecte</h1><p>${problem[language]}</p><p><a href="/auth/sign-in">${AGAIN[language]}</a></p><p><code>${code}</code></p></main></body></html>`);
}
