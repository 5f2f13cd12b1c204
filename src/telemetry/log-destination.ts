import { pino, type DestinationStream } from 'pino';

/** The message of the line that each request has. */
export const REQUEST_MESSAGE = 'request';

/** How long such a line may wait (in ms), and how much may wait (in characters). */
const FLUSH_AFTER_MS = 100;
const MAXIMUM_WAITING_CHARACTERS = 16_384;

/** A destination to which pino passes the message of a line beside the line itself. */
type WithMetadata = DestinationStream & { lastMsg?: string | null };

/**
 * Writes log lines to standard output. Each write is a system call, so the lines of requests wait to be written
 * together; every other line is written immediately, after those that wait. The end of the process writes all.
 */
export function logDestination(
  output: DestinationStream = pino.destination({ dest: 1, sync: true }),
): DestinationStream {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = '';
    if (lines !== '') output.write(lines);
  };
  const destination: WithMetadata = {
    write: (line) => {
      waiting += line;
      if (destination.lastMsg !== REQUEST_MESSAGE || waiting.length > MAXIMUM_WAITING_CHARACTERS) flush();
      else timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
    },
  };
  process.once('exit', flush);
  return Object.assign(destination, { [Symbol.for('pino.metadata')]: true });
}
