import type { ReactNode } from 'react';
import { useKeysWords } from './words.js';

/** What there is to know where there is no key yet. */
export function NoKeys({ children }: { readonly children: ReactNode }) {
  const { empty } = useKeysWords();
  return (
    <section className="card no-keys" aria-labelledby="no-keys">
      <h2 id="no-keys">{empty.title}</h2>
      <p>{empty.text}</p>
      <ul>
        {empty.limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      {children}
    </section>
  );
}
