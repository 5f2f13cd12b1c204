import type pg from 'pg';

/** Whether connections stay with one process of the server between transactions; poolers of transactions change it. */
export async function keepsSessions(pool: pg.Pool): Promise<boolean> {
  const [idle, busy] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    const before = await processOf(idle);
    // A pooler now gives the process that it used last to this transaction.
    await busy.query('begin');
    await processOf(busy);
    const after = await processOf(idle);
    await busy.query('rollback');
    return before === after;
  } finally {
    idle.release();
    busy.release();
  }
}

async function processOf(client: pg.ClientBase): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid;
}
