import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findAccessTokensById, type AccessTokenRow } from './find-access-tokens.js';

/** Loads access tokens of any owner by ID, also revoked ones, in one query per request. */
export const accessTokenLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<string, AccessTokenRow | null>(async (ids) => {
      const byId = new Map((await findAccessTokensById(reader, { ids, now })).map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
