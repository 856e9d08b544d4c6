import type { Health } from '@lacollecte/runtime';

/** A demonstration account. */
export interface Account {
  readonly email: string;
  readonly role: { readonly fr: string; readonly en: string };
}

export interface StatusPageInput {
  readonly states: readonly Health[];
  readonly accounts: readonly Account[];
  readonly password: string | null;
  readonly acceptLanguage: string | undefined;
  readonly url: string;
}

const TEXTS = {
  fr: {
    title: 'LaCollecte', lead: "Du don d'une entreprise à la personne équipée : réception, remise en état, stock, attribution, expédition.",
    running: 'Ce qui tourne', service: 'Service', state: 'État', waiting: 'Événements à envoyer', parked: 'Arrêtés',
    ready: 'en marche', degraded: 'en marche, des événements sont arrêtés', down: "à l'arrêt",
    accounts: 'Comptes de démonstration', role: 'Rôle', email: 'Adresse', password: 'Mot de passe de tous :',
    token: "Un jeton pour l'API :", reference: "Référence de l'API", health: 'État au format JSON', console: 'La console', other: 'English', otherLang: 'en',
    names: { directory: 'annuaire', intake: 'réception des dons', refurbishment: 'remise en état', inventory: 'stock', matching: 'attribution', dispatch: 'expédition', traceability: 'traçabilité' },
  },
  en: {
    title: 'LaCollecte', lead: "From a company's gift to the person who gets it: intake, refurbishment, inventory, matching, dispatch.",
    running: 'What runs', service: 'Service', state: 'State', waiting: 'Events to send', parked: 'Parked',
    ready: 'running', degraded: 'running, events are parked', down: 'down',
    accounts: 'Demonstration accounts', role: 'Role', email: 'Address', password: 'Password of all:',
    token: 'A token for the API:', reference: 'API reference', health: 'State as JSON', console: 'The console', other: 'Français', otherLang: 'fr',
    names: { directory: 'directory', intake: 'intake', refurbishment: 'refurbishment', inventory: 'inventory', matching: 'matching', dispatch: 'dispatch', traceability: 'traceability' },
  },
} as const;

const STYLE = `
  :root { color-scheme: light dark; --ink: #1b2a33; --paper: #fbfaf7; --line: #e5e1d8; --accent: #0b7a75; --done: #1e6b3c; --wait: #8a6d1f; --fail: #9b2c2c }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8e6e0; --paper: #14201f; --line: #2f3d3c; --accent: #4fc3bd; --done: #7fd39a; --wait: #e3c46a; --fail: #f0958f } }
  body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 52rem; margin: 3rem auto; padding: 0 1.25rem }
  h1 { font-size: 2rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem } header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums }
  th { font-weight: 600; font-size: .85rem } td.n, th.n { text-align: right } a { color: var(--accent) } code { font-size: .9em }
  .ready { color: var(--done) } .degraded { color: var(--wait) } .down { color: var(--fail) } .scroll { overflow-x: auto }`;

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** French unless the address or the browser asks for English. */
function language({ url, acceptLanguage }: StatusPageInput): 'fr' | 'en' {
  const asked = new URL(url, 'http://localhost').searchParams.get('lang');
  if (asked === 'fr' || asked === 'en') return asked;
  const first = (acceptLanguage ?? '').split(',').map((tag) => tag.trim().slice(0, 2)).find((tag) => tag === 'fr' || tag === 'en');
  return first === 'en' ? 'en' : 'fr';
}

/** What runs, who may sign in to a demonstration, where the API is described. */
export function statusPage(input: StatusPageInput): string {
  const lang = language(input);
  const t = TEXTS[lang];
  const mark = { ready: '●', degraded: '▲', down: '■' } as const;
  const states = input.states
    .map(
      (s) => `<tr><td>${escape(t.names[s.service as keyof typeof t.names] ?? s.service)}</td><td class="${s.status}">${mark[s.status]} ${t[s.status]}</td>
        <td class="n">${s.outboxPending ?? '—'}</td><td class="n">${s.parkedKeys ?? '—'}</td></tr>`,
    )
    .join('');
  const accounts = input.accounts.map((a) => `<tr><td>${escape(a.role[lang])}</td><td><code>${escape(a.email)}</code></td></tr>`).join('');
  const demo =
    input.accounts.length === 0
      ? ''
      : `<h2>${t.accounts}</h2><div class="scroll"><table><thead><tr><th>${t.role}</th><th>${t.email}</th></tr></thead><tbody>${accounts}</tbody></table></div>
         <p>${t.password} <code>${escape(input.password ?? '')}</code></p>
         <p>${t.token} <code>npm run token -- ${escape(input.accounts[0]!.email)}</code></p>`;
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${t.title}</title><style>${STYLE}</style></head><body>
    <header><h1>${t.title}</h1><a href="/status?lang=${t.otherLang}" lang="${t.otherLang}">${t.other}</a></header><p>${t.lead}</p>
    <main><h2>${t.running}</h2><div class="scroll"><table><thead><tr><th>${t.service}</th><th>${t.state}</th><th class="n">${t.waiting}</th><th class="n">${t.parked}</th></tr></thead><tbody>${states}</tbody></table></div>
    <p><a href="/">${t.console}</a> · <a href="/api/reference">${t.reference}</a> · <a href="/health">${t.health}</a></p>${demo}</main></body></html>`;
}
