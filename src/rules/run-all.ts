/** The first line of an error's message, since the other lines of a database error contain rows. */
const getFirstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

/**
 * Runs tasks in order; one failure does not stop the rest.
 *
 * @param name the name of all tasks together, in the error message
 * @throws {AggregateError} that names every failed task and its reason
 */
export async function runAll(name: string, tasks: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  const failed: { readonly name: string; readonly error: unknown }[] = [];
  for (const [name, work] of Object.entries(tasks)) {
    await work().catch((error: unknown) => failed.push({ name, error }));
  }
  if (failed.length === 0) return;
  throw new AggregateError(
    failed.map(({ error }) => error),
    `${name}: ${failed.map(({ name, error }) => `${name} failed: ${getFirstLine(error)}`).join('; ')}`,
  );
}
