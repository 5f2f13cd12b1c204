import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty as pretty } from 'pino-pretty';

export type { Logger };

/** Names under which a secret could reach a log line. Their values are redacted. */
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

/** The ORM adds the row that a database rejected, with every column, to the message, and so to the stack. */
const CONSTRAINT_DETAIL = /\n - detail: .*?(?=\n {4}at |$)/gs;

/** Keeps the type, message and stack of an error: other fields of a database error quote rows and parameters. */
function serializeError(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message: message.replaceAll(CONSTRAINT_DETAIL, ''), stack: stack.replaceAll(CONSTRAINT_DETAIL, '') };
}

/**
 * JSON lines on standard output, written synchronously; on a terminal in color, for people. A custom destination gets
 * JSON lines.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: serializeError },
  };
  if (!destination && process.stdout.isTTY)
    return pino(options, pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', destination: 1, sync: true }));
  return pino(options, destination ?? pino.destination({ dest: 1, sync: true }));
}
