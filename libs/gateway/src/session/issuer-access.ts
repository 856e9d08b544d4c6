import inject from 'light-my-request';
import type { CustomFetch } from 'openid-client';
import type { Handler } from '../gateway.js';

/** Who signs people in, and how the gateway speaks with them. */
export interface IssuerAccess {
  /** What tokens say (`iss`). */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Its pages are below the gateway's own address, whichever that is to the browser. */
  readonly own: boolean;
  readonly fetch: CustomFetch;
}

/** Our own issuer, in this process: asked without a network, so that it is reached whatever the gateway listens on. */
export function ownIssuer(issuer: { readonly issuer: string; readonly gateway: { readonly clientId: string; readonly clientSecret: string }; readonly handler: Handler }): IssuerAccess {
  const fetch: CustomFetch = async (url, { method, headers, body, signal }) => {
    const { host, pathname, search } = new URL(url);
    const answer = await inject(issuer.handler, { method: method as 'GET' | 'POST', url: pathname + search, headers: { ...headers, host }, ...(signal && { signal }), ...(body != null && { payload: String(body) }) });
    const given = Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
    return new Response(answer.statusCode === 204 ? null : answer.payload, { status: answer.statusCode, headers: given });
  };
  return { issuer: issuer.issuer, ...issuer.gateway, own: true, fetch };
}

export interface OtherIssuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The address at which the gateway reaches it, where that is not the one that people use. */
  readonly inside: string;
}

/** Any other, such as Keycloak. */
export function otherIssuer({ inside, ...issuer }: OtherIssuer): IssuerAccess {
  const through = (url: string): string => (url.startsWith(issuer.issuer) ? inside + url.slice(issuer.issuer.length) : url);
  return { ...issuer, own: false, fetch: (url, options) => fetch(through(url), options as RequestInit) };
}
