import { JsonProperty, Utils, isRaw, type Platform } from '@mikro-orm/core';

/** A statement as a driver sends it: its text, and the values of its `$1`, `$2` and so on. */
export interface BoundStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A literal question mark, a name, or a value. */
const PLACEHOLDER = /\\\?|\?\??/g;

/**
 * Turns MikroORM's placeholders into numbered parameters: `?` is a value, `??` a name, `\?` a question mark. It reads
 * values as `platform.formatQuery` does, which writes them into the text (docs/decisions/026-bound-parameters.md).
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
    let used = 0;
    const bound = text.replace(PLACEHOLDER, (placeholder) => {
      if (placeholder === '\\?') return '?';
      const value = parameters[used++];
      return placeholder === '??' ? platform.quoteIdentifier(value as string) : bindValue(value);
    });
    if (used < parameters.length)
      throw new TypeError(`The statement has ${used} placeholders for ${parameters.length} values.`);
    return bound;
  };
  return { text: bindText(sql, parameters), values };
}

/** What both drivers take for a value: dates and JSON as text, all else as it is. */
function toDriverValue(value: unknown): unknown {
  if (value === undefined) throw new TypeError('A placeholder of the statement has no value.');
  if (value instanceof Date) return value.toISOString();
  return isJson(value) ? JSON.stringify(value) : value;
}

/** Whether a value is JSON: an object, or what MikroORM marked as the value of a JSON column. */
const isJson = (value: unknown): boolean =>
  Utils.isPlainObject(value) || (typeof value === 'object' && value !== null && JsonProperty in value);
