import { sql } from 'kysely';
import { select, type Reader } from '../read/select.js';

const ping = select('ping', (db) => db.selectNoFrom(sql<number>`1`.as('one')));

/** Whether the database answers a minimal read within a time (in ms). */
export async function answersWithin(reader: Reader, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const answer = ping(reader, {}).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
