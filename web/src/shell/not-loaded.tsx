import { Button } from '../elements/button.js';
import { Notice } from '../elements/notice.js';
import { useWords } from '../language/language.js';

/**
 * In place of the page where a part of it fails, most often a script that does not come: a page that was renewed has
 * others.
 */
export function NotLoaded() {
  const { states } = useWords();
  return (
    <main className="alone">
      <h1>{states.notLoaded}</h1>
      <Notice tone="danger">
        <p>{states.notLoadedWhy}</p>
        <Button onClick={() => window.location.reload()}>{states.reload}</Button>
      </Notice>
    </main>
  );
}
