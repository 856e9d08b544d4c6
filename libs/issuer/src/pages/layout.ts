import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Html, html } from './html.js';
import type { Texts } from './texts.js';

const STYLE = `
:root{color-scheme:light dark;--ink:#1b2a33;--paper:#fbfaf7;--card:#fff;--line:#8a8578;--accent:#0b7a75;--on-accent:#fff;--bad:#9b2c2c;--bad-paper:#fce8e8}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecee;--paper:#12191d;--card:#1b2429;--line:#7f8b92;--accent:#4fc3bc;--on-accent:#08211f;--bad:#ffb4b4;--bad-paper:#4a1f1f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:8vh auto;padding:0 1.25rem}h1{font-size:1.6rem;margin:0 0 1.25rem}h2{font-size:1.05rem;margin:2.5rem 0 .25rem}
.brand{font-weight:600;color:var(--accent);margin:0 0 .25rem}label{display:block;font-weight:600;margin:1rem 0 .25rem}
input{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .8rem}
button{font:inherit;font-weight:600;width:100%;border-radius:.5rem;padding:.75rem 1rem;margin-top:1.25rem;cursor:pointer;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent)}
button.quiet{margin-top:.5rem;background:none;color:inherit;border-color:var(--line);font-weight:400;text-align:left}button.quiet b{display:block}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.bad{background:var(--bad-paper);color:var(--bad);border-radius:.5rem;padding:.7rem .8rem}
.hint{margin:.25rem 0 0;opacity:.85}footer{margin-top:2.5rem}a{color:var(--accent)}code{overflow-wrap:anywhere}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A whole page: no script, no request to another host. */
export function layout(t: Texts, title: string, body: Html, otherLanguage?: string): string {
  return html`<!doctype html>
<html lang="${t.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · LaCollecte</title><style>${new Html(STYLE)}</style></head>
<body><main><p class="brand">LaCollecte</p><h1>${title}</h1>${body}
${otherLanguage === undefined ? '' : html`<footer><a href="${otherLanguage}" lang="${t.language === 'fr' ? 'en' : 'fr'}">${t.otherLanguage}</a></footer>`}
</main></body></html>`.text;
}

/**
 * Headers of every page. `form-action` holds for the redirects after a form too, so the application that people return to
 * must be named. The referrer stays within this site: the forms' origin is checked, and links may hold a token.
 */
export function pageHeaders(returnsTo?: string): Record<string, string> {
  const target = returnsTo && URL.canParse(returnsTo) ? ` ${new URL(returnsTo).origin}` : '';
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'${target}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    vary: 'accept-language',
  };
}

/** Sends the page's form without a click; who runs no script clicks. */
export const SUBMIT = "document.querySelector('button').click()";
const SUBMIT_HASH = createHash('sha256').update(SUBMIT).digest('base64');

/** Headers of a page whose form sends itself: the only script of all pages. */
export function submittedPageHeaders(returnsTo?: string): Record<string, string> {
  const headers = pageHeaders(returnsTo);
  return { ...headers, 'content-security-policy': `${headers['content-security-policy']}; script-src 'sha256-${SUBMIT_HASH}'` };
}

export function sendPage(response: ServerResponse, status: number, page: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...pageHeaders(), ...headers }).end(page);
}

const MAX_FORM_BYTES = 8 * 1024;

/** The fields of a posted form; null where it is larger than any of ours. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Browsers say where a form was sent from; another site's form is refused. Programs that are no browser say nothing. */
export function fromElsewhere(request: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined) return site !== 'same-origin';
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}
