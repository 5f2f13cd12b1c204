import type { ComponentProps } from 'react';
import { Field } from './field.js';

/**
 * A field for an email address. Its type is not `email`, with which browsers reject what the server accepts, e.g. an
 * invisible character that was copied with the address, and explain it in their own language.
 */
export function EmailField(props: ComponentProps<typeof Field>) {
  return <Field autoComplete="email" {...props} inputMode="email" autoCapitalize="none" spellCheck={false} />;
}
