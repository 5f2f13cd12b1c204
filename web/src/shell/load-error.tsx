import { Button } from '../elements/button.js';
import { Notice } from '../elements/notice.js';
import { useMessages } from '../language/language.js';

/** Shown when rendering fails, most often because a script can't be loaded: a new build has other file names. */
export function LoadError() {
  const { states } = useMessages();
  return (
    <main className="alone">
      <h1>{states.loadError}</h1>
      <Notice tone="danger">
        <p>{states.loadErrorReason}</p>
        <Button onClick={() => window.location.reload()}>{states.reload}</Button>
      </Notice>
    </main>
  );
}
