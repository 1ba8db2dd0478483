import { errors, Provider } from 'oidc-provider';
import type { CredentialKind } from '../credential-store.js';
import { AUDIENCE, type PortalClient } from '../portal-client.js';
import { noRefusals, type Refusals } from '../revocations.js';
import { demoPeople, demoSystems } from './demo.js';
import { memoryStore } from './memory-store.js';
import { errorPage, loggedOutPage, logoutPage } from './pages.js';
import type { SigningKeys } from './signing-keys.js';

const HOUR = 3_600;
const RESOURCE = `urn:${AUDIENCE}`;

/**
 * The development issuer: demo systems by client credentials, demo people by authorization code and PKCE. State lives in
 * memory; keys do not. Refuses production: its secrets are printed in the README.
 */
export function createIssuer(
  portal: PortalClient,
  keys: SigningKeys,
  production: boolean,
  refusals: Refusals = noRefusals,
): Provider {
  if (production) throw new Error('The bundled issuer is for development: set OIDC_ISSUER in production');
  const provider = new Provider(portal.issuer, {
    adapter: memoryStore(),
    clients: [...demoSystems.map(systemClient), portalRegistration(portal)],
    jwks: { keys: keys.jwks.keys.map((key) => ({ ...key })) },
    cookies: {
      keys: keys.cookies,
      names: { session: 'hub_issuer', interaction: 'hub_issuer_step', resume: 'hub_issuer_resume' },
    },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'hub_agency', 'hub_roles', 'hub_area'] },
    // The portal wants the claims with the id token, not a second call for them.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    ttl: {
      AccessToken: HOUR,
      ClientCredentials: HOUR,
      IdToken: HOUR,
      Session: 12 * HOUR,
      Grant: 12 * HOUR,
      Interaction: HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => void (ctx.body = logoutPage(form)),
        postLogoutSuccessSource: (ctx) => void (ctx.body = loggedOutPage()),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'publish read',
          audience: AUDIENCE,
          accessTokenTTL: HOUR,
          accessTokenFormat: 'jwt' as const,
          jwt: { sign: { alg: 'ES256' as const } },
        }),
      },
    },
    interactions: { url: (_ctx, interaction) => `/oauth2/sign-in/${interaction.uid}` },
    findAccount: (_ctx, username) => {
      const claims = claimsOf(username);
      return claims && { accountId: username, claims: () => ({ sub: username, ...claims }) };
    },
    extraTokenClaims: (_ctx, token) => {
      if ('accountId' in token && typeof token.accountId === 'string') {
        refuse(refusals, 'person', token.accountId);
        return claimsOf(token.accountId);
      }
      refuse(refusals, 'system', token.clientId ?? '');
      return systemClaims(token.clientId);
    },
    // Nobody is asked for consent: the portal is the hub's own.
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(RESOURCE, 'read');
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(out.error_description ?? out.error);
    },
  });
  return provider;
}

// Here the client has proved who it is: nobody else hears that a credential was taken back.
function refuse(refusals: Refusals, kind: CredentialKind, subject: string): void {
  if (!refusals.refuses(kind, subject, Number.MAX_SAFE_INTEGER)) return;
  throw new errors.UnauthorizedClient('this credential was revoked by the operators of the hub');
}

function systemClient({ name, secret }: (typeof demoSystems)[number]) {
  return {
    client_id: name,
    client_secret: secret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}

function portalRegistration({ clientId, clientSecret, redirectUri, postLogoutRedirectUri }: PortalClient) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [postLogoutRedirectUri],
  };
}

function claimsOf(
  username: string,
): { name: string; hub_agency: string; hub_roles: string[]; hub_area?: string } | undefined {
  const person = demoPeople.find((one) => one.username === username);
  if (!person) return undefined;
  const { name, agency, roles, area } = person;
  return { name, hub_agency: agency, hub_roles: [...roles], ...(area === undefined ? {} : { hub_area: area }) };
}

function systemClaims(clientId: string | undefined): { hub_system: string; hub_agency: string } | undefined {
  const system = demoSystems.find((one) => one.name === clientId);
  return system && { hub_system: system.name, hub_agency: system.agency };
}
