import { JsonProperty, Utils, isRaw, type Platform } from '@mikro-orm/core';

/** A statement in the form that drivers send: its text, and the values of `$1`, `$2`, …. */
export interface BoundStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Matches an escaped question mark, a name or a value. */
const PLACEHOLDER = /\\\?|\?\??/g;

/**
 * Turns MikroORM's placeholders into numbered parameters: `?` is a value, `??` a name, `\?` a question mark. It reads
 * values like `platform.formatQuery`, which writes them into the text (docs/decisions/026-bound-parameters.md).
 */
export function bindParameters(
  platform: Pick<Platform, 'quoteIdentifier'>,
  sql: string,
  parameters: readonly unknown[],
): BoundStatement {
  const values: unknown[] = [];
  const bindValue = (value: unknown): string => {
    if (isRaw(value)) return bindText(value.sql, value.params);
    if (Array.isArray(value) && !isJson(value)) return value.map(bindValue).join(', ');
    values.push(toDriverValue(value));
    return `$${values.length}`;
  };
  const bindText = (text: string, parameters: readonly unknown[]): string => {
    if (parameters.length === 0) return text;
    let boundCount = 0;
    const bound = text.replace(PLACEHOLDER, (placeholder) => {
      if (placeholder === '\\?') return '?';
      const value = parameters[boundCount++];
      return placeholder === '??' ? platform.quoteIdentifier(value as string) : bindValue(value);
    });
    if (boundCount < parameters.length)
      throw new TypeError(`The statement has ${boundCount} placeholders for ${parameters.length} values.`);
    return bound;
  };
  return { text: bindText(sql, parameters), values };
}

/** Converts a value for both drivers: dates and JSON to text, anything else unchanged. */
function toDriverValue(value: unknown): unknown {
  if (value === undefined) throw new TypeError('A placeholder of the statement has no value.');
  if (value instanceof Date) return value.toISOString();
  return isJson(value) ? JSON.stringify(value) : value;
}

/** Whether a value is JSON: an object, or a value that MikroORM marked as that of a JSON column. */
const isJson = (value: unknown): boolean =>
  Utils.isPlainObject(value) || (typeof value === 'object' && value !== null && JsonProperty in value);
