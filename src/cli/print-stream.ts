import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes text to standard output with backpressure. Stops without an error if the reader closes early, as `head` does.
 */
export async function printStream(chunks: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/**
 * Writes text to standard output, and waits while its reader is slow. If the reader closes early, the text is dropped
 * and the command goes on with its work.
 */
export async function printChunk(text: string): Promise<void> {
  if (process.stdout.destroyed || process.stdout.write(text)) return;
  await once(process.stdout, 'drain').catch(() => undefined);
}
