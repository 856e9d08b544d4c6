import type { Role } from '@lacollecte/contracts';
import { Html, html } from './html.js';
import { layout, SUBMIT } from './layout.js';
import type { Texts } from './texts.js';

/** Accounts that anyone may use, with the password they share. */
export interface Demonstration {
  readonly password: string;
  readonly accounts: readonly { readonly email: string; readonly name: string; readonly roles: readonly Role[] }[];
}

export interface SignInPage {
  /** Proves that the form is the one we sent. */
  readonly token: string;
  readonly email: string;
  readonly error: string | null;
  readonly demonstration: Demonstration | null;
  readonly apply: string | null;
  readonly otherLanguage: string;
}

function alert(error: string | null): Html | null {
  return error === null ? null : html`<p class="bad" role="alert" id="error">${error}</p>`;
}

export function signInPage(t: Texts, page: SignInPage): string {
  const hidden = html`<input type="hidden" name="token" value="${page.token}"><input type="hidden" name="lang" value="${t.language}">`;
  const described = page.error === null ? null : html` aria-describedby="error" aria-invalid="true"`;
  const demonstration = page.demonstration && html`<h2>${t.demonstration}</h2><p class="hint">${t.demonstrationHint}</p>
<form method="post">${hidden}${page.demonstration.accounts.map((account) => html`
<button class="quiet" name="account" value="${account.email}"><b>${account.name}</b>${account.roles.map((role) => t.roles[role]).join(', ')} · ${account.email}</button>`)}</form>`;
  return layout(t, t.signIn, html`${alert(page.error)}<form method="post">${hidden}
<label for="email">${t.email}</label><input id="email" name="email" type="email" autocomplete="username" required maxlength="254" autofocus value="${page.email}"${described}>
<label for="password">${t.password}</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${described}>
<button>${t.signIn}</button></form>${page.apply === null ? null : html`<p class="hint"><a href="${page.apply}">${t.apply}</a></p>`}${demonstration}`, page.otherLanguage);
}

export function invitationPage(t: Texts, token: string, error: string | null, otherLanguage: string): string {
  return layout(t, t.choosePassword, html`${alert(error)}<form method="post"><input type="hidden" name="token" value="${token}">
<input type="hidden" name="lang" value="${t.language}"><label for="password">${t.newPassword}</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="12" maxlength="200" autofocus aria-describedby="rule">
<p class="hint" id="rule">${t.passwordRule}</p><button>${t.choosePassword}</button></form>`, otherLanguage);
}

export function messagePage(t: Texts, title: string, hint: string, code?: string): string {
  return layout(t, title, html`<p>${hint}</p>${code === undefined ? null : html`<p><code>${code}</code></p>`}`);
}

/** `secret` is the provider's own protection of this form; `asked`: the person has said so already, where they come from. */
export function signOutPage(t: Texts, action: string, secret: string, asked = false): string {
  return layout(t, t.signOut, html`<form method="post" action="${action}"><input type="hidden" name="xsrf" value="${secret}"><p>${t.signOutAsk}</p>
<button name="logout" value="yes" autofocus>${t.signOut}</button><button class="quiet">${t.stay}</button></form>${asked ? html`<script>${new Html(SUBMIT)}</script>` : null}`);
}
