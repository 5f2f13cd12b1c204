import { graphql } from '../api/graphql.js';
import type { ProfileData } from '../profile/my-profile.js';

/** Creates an access token. */
export const CreateAccessToken = graphql(`
  mutation CreateAccessToken($input: CreateAccessTokenInput!) {
    createAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }
  }
`);

/** Changes the name and the addresses of an access token. */
export const UpdateAccessToken = graphql(`
  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {
    updateAccessToken(input: $input) { accessToken { id } userErrors { code field message } }
  }
`);

/** Replaces an access token. */
export const RotateAccessToken = graphql(`
  mutation RotateAccessToken($input: RotateAccessTokenInput!) {
    rotateAccessToken(input: $input) { token accessToken { id } userErrors { code field message } }
  }
`);

/** Revokes access tokens. */
export const RevokeAccessTokens = graphql(`
  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {
    revokeAccessTokens(input: $input) { revokedIds userErrors { code field message } }
  }
`);

/** An access token of the user. */
export type AccessToken = NonNullable<ProfileData['accessTokens']>[number];

/** The actions on a token that open a dialog. */
export type TokenDialogName = 'edit' | 'rotate' | 'revoke';
