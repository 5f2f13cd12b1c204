import type { Context } from './context.js';

/**
 * Makes something once for each request, and forgets it with the request: no answer is ever shared between two people
 * (R-60).
 */
export function perRequest<Value>(make: (context: Context) => Value): (context: Context) => Value {
  const made = new WeakMap<Context, Value>();
  return (context) => {
    const value = made.get(context) ?? make(context);
    made.set(context, value);
    return value;
  };
}
