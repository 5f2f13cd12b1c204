import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findCallKeysById, type CallKeyRow } from './find-call-keys.js';

/** Loads call keys of any owner by ID, in one query per request. */
export const callKeyLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<string, CallKeyRow | null>(async (ids) => {
      const byId = new Map((await findCallKeysById(reader, { ids, now })).map((callKey) => [callKey.id, callKey]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
