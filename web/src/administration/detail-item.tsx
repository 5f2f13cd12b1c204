import type { ReactNode } from 'react';

/** A term of a description list and its value. */
export function DetailItem({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
