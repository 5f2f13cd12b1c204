/** Of an error of the database the first line: in the others it quotes rows. */
const inOneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

/**
 * Does pieces of work one after the other, of which each may fail by itself: those after it have their turn all the
 * same.
 *
 * @param what the whole of it, for who reads the log
 * @throws {AggregateError} which names every piece that failed, with its reason
 */
export async function runAll(what: string, tasks: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  for (const [name, work] of Object.entries(tasks)) {
    await work().catch((error: unknown) => failed.push({ name, error }));
  }
  if (failed.length === 0) return;
  throw new AggregateError(
    failed.map(({ error }) => error),
    `${what}: ${failed.map(({ name, error }) => `${name} failed: ${inOneLine(error)}`).join('; ')}`,
  );
}
