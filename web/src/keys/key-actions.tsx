import { Link } from 'wouter';
import { useFormats } from '../language/language.js';
import type { CallKey, KeyDialogName } from './call-keys.js';
import { useKeysWords } from './words.js';

interface KeyActionsProps {
  readonly callKey: CallKey;
  readonly onOpen: (dialog: KeyDialogName) => void;
  readonly onToggle: () => void;
}

/** The actions of one key, in the last cell of its row. */
export function KeyActions({ callKey: { id, name, status, oldKeyValidUntil }, onOpen, onToggle }: KeyActionsProps) {
  const words = useKeysWords();
  const { dateTime } = useFormats();
  const toggle = status === 'DISABLED' ? words.enable : words.disable;
  return (
    <div className="row-actions">
      <div className="buttons">
        <button
          type="button"
          className="link"
          aria-label={words.actionOn(words.edit, name)}
          onClick={() => onOpen('edit')}
        >
          {words.edit}
        </button>
        <button
          type="button"
          className="link"
          aria-label={words.actionOn(words.rotate, name)}
          onClick={() => onOpen('rotate')}
        >
          {words.rotate}
        </button>
        <button type="button" className="link" aria-label={words.actionOn(toggle, name)} onClick={onToggle}>
          {toggle}
        </button>
        <Link href={`/logs?key=${encodeURIComponent(id)}`} aria-label={words.actionOn(words.logs, name)}>
          {words.logs}
        </Link>
      </div>
      {oldKeyValidUntil && (
        <p className="grace">
          {words.oldKeyWorksUntil(dateTime(oldKeyValidUntil))}{' '}
          <button
            type="button"
            className="link"
            aria-label={words.actionOn(words.stopOldKey, name)}
            onClick={() => onOpen('endGrace')}
          >
            {words.stopOldKey}
          </button>
        </p>
      )}
    </div>
  );
}
