import { useWords } from '../language/language.js';

/** Something is on its way; it shows itself only where that takes a while. */
export function Loading() {
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {useWords().states.loading}
    </p>
  );
}
