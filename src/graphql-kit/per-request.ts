import type { Context } from './context.js';

/**
 * Creates a value once per request and discards it with the request, so that no data is shared between users.
 */
export function perRequest<Value>(make: (context: Context) => Value): (context: Context) => Value {
  const made = new WeakMap<Context, Value>();
  return (context) => {
    const value = made.get(context) ?? make(context);
    made.set(context, value);
    return value;
  };
}
