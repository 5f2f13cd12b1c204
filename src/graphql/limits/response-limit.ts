import type { FormattedExecutionResult } from 'graphql';
import { topLevelError } from '../../graphql-kit/errors.js';
import { currentRequest } from '../../telemetry/request-record.js';

/** Maximum size of a response (R-87; in bytes). */
const MAXIMUM_RESPONSE_BYTES = 1_024 * 1_024;

/** Serializes a response as a line of JSON. A response that is too large is replaced with an error. */
export function stringifyResponse(response: FormattedExecutionResult): string {
  const text = `${JSON.stringify(response)}\n`;
  const isWithinLimit = text.length * 3 <= MAXIMUM_RESPONSE_BYTES || Buffer.byteLength(text) <= MAXIMUM_RESPONSE_BYTES;
  if (isWithinLimit) return text;
  const record = currentRequest();
  if (record) record.code = 'ANSWER_TOO_LARGE';
  return `${JSON.stringify({ errors: [topLevelError('ANSWER_TOO_LARGE')] })}\n`;
}
