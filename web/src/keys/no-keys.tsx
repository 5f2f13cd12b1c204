import type { ReactNode } from 'react';
import { useKeysMessages } from './messages.js';

/** Shown if the user has no key yet. */
export function NoKeys({ children }: { readonly children: ReactNode }) {
  const { empty } = useKeysMessages();
  return (
    <section className="card no-keys" aria-labelledby="no-keys">
      <h2 id="no-keys">{empty.title}</h2>
      <p>{empty.text}</p>
      <ul>
        {empty.features.map((feature) => (
          <li key={feature}>{feature}</li>
        ))}
      </ul>
      {children}
    </section>
  );
}
