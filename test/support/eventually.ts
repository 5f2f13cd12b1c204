/**
 * How long a test waits for something outside of requests, and how often it checks (in ms). Not part of the
 * specification.
 */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 20;

/** Resolves when a condition outside of requests becomes true. */
export async function eventually(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`it did not come about: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS);
    });
  }
}
