import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty as pretty } from 'pino-pretty';
import { logDestination } from './log-destination.js';
import { currentRequestIds } from './request-record.js';

export type { Logger };

/** Names of fields that can contain a secret. Their values are redacted in logs. */
const SECRET_NAMES = [
  'password',
  'currentPassword',
  'newPassword',
  'confirmPassword',
  'token',
  'setupToken',
  'challenge',
  'code',
  'authorization',
  'cookie',
];

/** The ORM adds the rejected row to the message and the stack of a database error. */
const CONSTRAINT_DETAIL = /\n - detail: .*?(?=\n {4}at |$)/gs;

/**
 * Serializes only type, message and stack of an error, since other fields of a database error contain rows and
 * parameters.
 */
function serializeError(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message: message.replaceAll(CONSTRAINT_DETAIL, ''), stack: stack.replaceAll(CONSTRAINT_DETAIL, '') };
}

/**
 * Logs JSON lines to standard output, or colored text if it is a terminal. A custom destination always gets JSON lines.
 * A line that belongs to a request has its ID, and the ID of its trace if there is one.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: serializeError },
    mixin: () => ({ ...currentRequestIds() }),
  };
  if (!destination && process.stdout.isTTY)
    return pino(options, pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', destination: 1, sync: true }));
  return pino(options, destination ?? logDestination());
}
