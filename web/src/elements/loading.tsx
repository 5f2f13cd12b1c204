import { useMessages } from '../language/language.js';

/** A loading indicator. It appears after a delay, so that short loads don't flicker. */
export function Loading() {
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {useMessages().states.loading}
    </p>
  );
}
