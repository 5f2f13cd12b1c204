import type { Context } from './context.js';

/**
 * Creates a value once per request. It is garbage-collected with the request, so that no data is shared between users
 * (R-60).
 */
export function perRequest<Value>(create: (context: Context) => Value): (context: Context) => Value {
  const values = new WeakMap<Context, Value>();
  return (context) => {
    const value = values.get(context) ?? create(context);
    values.set(context, value);
    return value;
  };
}
