import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty as pretty } from 'pino-pretty';

export type { Logger };

/** Names under which a secret could reach a log line; what stands there is never written. */
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

/** The ORM tells, in the message and so in the stack, which row a database refused, with every column of it. */
const CONSTRAINT_DETAIL = /\n - detail: .*?(?=\n {4}at |$)/gs;

/** Of an error what it is and where it comes from: a database's error quotes rows and parameters in its other parts. */
function withoutRows(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message: message.replaceAll(CONSTRAINT_DETAIL, ''), stack: stack.replaceAll(CONSTRAINT_DETAIL, '') };
}

/**
 * JSON lines on standard output, each written before the next thing happens; on a terminal the same in colours, for
 * people. A destination of one's own gets JSON lines.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: withoutRows },
  };
  if (!destination && process.stdout.isTTY)
    return pino(options, pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', destination: 1, sync: true }));
  return pino(options, destination ?? pino.destination({ dest: 1, sync: true }));
}
