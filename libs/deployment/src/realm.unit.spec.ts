import { ROLES } from '@lacollecte/contracts';
import { demonstration } from '@lacollecte/directory/demonstration';
import { authenticator } from '@lacollecte/http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { composeFile } from './compose.js';
import { read } from './process.js';

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}
interface User {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly attributes: Readonly<Record<string, string[]>>;
  readonly realmRoles: readonly string[];
  readonly credentials: readonly { readonly value: string; readonly temporary: boolean }[];
}
interface Realm {
  readonly realm: string;
  readonly defaultSignatureAlgorithm: string;
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly clients: readonly { readonly clientId: string; readonly protocolMappers: readonly Mapper[] }[];
  readonly users: readonly User[];
  readonly components: Readonly<Record<string, readonly { readonly config: Readonly<Record<string, string[]>> }[]>>;
}

const realm = JSON.parse(read('deploy/keycloak/lacollecte-realm.json')) as Realm;
const ISSUER = 'http://localhost:8080/realms/lacollecte';

/** What Keycloak's mappers of these kinds put into an access token. */
function claimsOf({ protocolMapper, config }: Mapper, user: User): JWTPayload {
  if (config['access.token.claim'] !== 'true') return {};
  if (protocolMapper === 'oidc-audience-mapper') return { aud: config['included.custom.audience'] };
  const claim = config['claim.name']!;
  if (protocolMapper === 'oidc-usermodel-realm-role-mapper') return { [claim]: user.realmRoles };
  if (protocolMapper !== 'oidc-usermodel-attribute-mapper') throw new Error(`not known here: ${protocolMapper}`);
  const values = user.attributes[config['user.attribute']!];
  return values ? { [claim]: config['multivalued'] === 'true' ? values : values[0] } : {};
}

it('has the roles of the contracts and no other', () => {
  expect(realm.roles.realm.map(({ name }) => name)).toEqual(ROLES);
});

it('has the accounts of the demonstration, under their ids', () => {
  expect(realm.users.map(({ id, username, email, firstName, lastName, credentials }) => ({ id, username, email, name: `${firstName} ${lastName}`, credentials }))).toEqual(
    demonstration.accounts.map(({ id, email, name }) => ({ id, username: email, email, name, credentials: [{ type: 'password', value: demonstration.password, temporary: false }] })),
  );
});

it('gives them tokens that services take for who they are', async () => {
  const { publicKey, privateKey } = await generateKeyPair(realm.defaultSignatureAlgorithm);
  const key = { ...(await exportJWK(publicKey)), kid: 'a', alg: realm.defaultSignatureAlgorithm };
  const actorOf = authenticator({ issuer: ISSUER, audience: composeFile().services['intake']!.environment!['OIDC_AUDIENCE'] as string, jwks: { keys: [key] } });
  for (const client of realm.clients) {
    for (const [n, user] of realm.users.entries()) {
      const claims = Object.assign({ typ: 'Bearer' }, ...client.protocolMappers.map((mapper) => claimsOf(mapper, user))) as JWTPayload;
      const token = await new SignJWT(claims).setProtectedHeader({ alg: key.alg, typ: 'JWT', kid: 'a' }).setIssuer(ISSUER).setSubject(user.id).setExpirationTime('10 min').sign(privateKey);
      const { id, roles, organisationId, siteIds } = demonstration.accounts[n]!;
      expect(await actorOf(`Bearer ${token}`)).toEqual({ subject: id, roles, organisationId, siteIds });
    }
  }
});

it('lets nobody choose an organisation or a site of their own', () => {
  const { attributes } = JSON.parse(realm.components['org.keycloak.userprofile.UserProfileProvider']![0]!.config['kc.user.profile.config']![0]!) as {
    attributes: { name: string; multivalued?: boolean; permissions: { edit: string[] } }[];
  };
  for (const name of ['organisation', 'sites']) expect(attributes.find((attribute) => attribute.name === name)!.permissions.edit).toEqual(['admin']);
});

it('is where the Compose file says that tokens come from', () => {
  const { environment } = composeFile().services['intake']!;
  expect(environment).toMatchObject({ OIDC_ISSUER: ISSUER, OIDC_JWKS_URL: `http://keycloak:8080/realms/${realm.realm}/protocol/openid-connect/certs` });
  expect(ISSUER).toBe(`${composeFile().services['keycloak']!.environment!['KC_HOSTNAME']}/realms/${realm.realm}`);
});
