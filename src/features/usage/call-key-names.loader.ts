import DataLoader from 'dataloader';
import { sql } from 'kysely';
import { select } from '../../database/read/select.js';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';

/** Finds the names of call keys. If nothing else is left of a deleted key, its newest log has its last name. */
const findCallKeyNames = select('call_key_names', (db, { ids }: { ids: readonly string[] }) =>
  db
    .selectFrom(sql`unnest(${ids}::uuid[])`.as<'keys'>(sql`keys (id)`))
    .leftJoin('call_keys', (join) => join.on('call_keys.id', '=', sql`keys.id`))
    .leftJoin('deleted_call_keys', (join) => join.on('deleted_call_keys.id', '=', sql`keys.id`))
    .select([
      sql<string>`keys.id`.as('id'),
      sql<string | null>`coalesce(call_keys.name, deleted_call_keys.name,
        (select call_key_name from usage_logs where call_key_id = keys.id order by usage_logs.id desc limit 1))`.as(
        'name',
      ),
    ]),
);

/** Loads the names of call keys of any owner, in one query per request. The name of an erased user's key is empty. */
export const callKeyNamesLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, string>(async (ids) => {
      const byId = new Map((await findCallKeyNames(reader, { ids })).map(({ id, name }) => [id, name]));
      return ids.map((id) => byId.get(id) ?? '');
    }),
);
