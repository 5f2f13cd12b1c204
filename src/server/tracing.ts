import type { Config } from '../config/config.js';
import type { PasswordHashing } from '../crypto/password-hash.js';
import type { Logger } from '../telemetry/logger.js';
import { inSpan, type Tracer } from '../telemetry/spans.js';

/**
 * Opens the tracer of a server. OpenTelemetry is loaded only then (docs/decisions/056-opentelemetry.md).
 *
 * @returns null if nothing is traced
 */
export async function openTracer({ tracing }: Pick<Config, 'tracing'>, logger: Logger): Promise<Tracer | null> {
  if (tracing === null) return null;
  const { openOtlpTracer } = await import('../telemetry/otlp/open-otlp-tracer.js');
  return openOtlpTracer(tracing, logger);
}

/** Password hashing whose hashes are spans. */
export const traceHashes = (passwords: PasswordHashing, tracer: Tracer | null): PasswordHashing =>
  tracer === null
    ? passwords
    : {
        ...passwords,
        hash: (password) => inSpan('password.hash', () => passwords.hash(password)),
        verify: (phc, password) => inSpan('password.verify', () => passwords.verify(phc, password)),
      };
