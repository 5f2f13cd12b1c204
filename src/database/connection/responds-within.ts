import { sql } from 'kysely';
import { select, type Reader } from '../read/select.js';

const ping = select('ping', (db) => db.selectNoFrom(sql<number>`1`.as('one')));

/** Whether the database responds to a minimal read in time. */
export async function respondsWithin(reader: Reader, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const response = ping(reader, {}).then(
    () => true,
    () => false,
  );
  return Promise.race([response, timeout]).finally(() => clearTimeout(timer));
}
