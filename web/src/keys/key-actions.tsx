import { Link } from 'wouter';
import { useFormats, useMessages } from '../language/language.js';
import type { CallKey, KeyDialogName } from './call-keys.js';
import { useKeysMessages } from './messages.js';

interface KeyActionsProps {
  readonly callKey: CallKey;
  readonly onOpen: (dialog: KeyDialogName) => void;
  readonly onToggle: () => void;
}

/** The action buttons of a key. */
export function KeyActions({ callKey: { id, name, status, oldKeyValidUntil }, onOpen, onToggle }: KeyActionsProps) {
  const messages = useKeysMessages();
  const { punctuation } = useMessages();
  const { dateTime } = useFormats();
  const toggle = status === 'DISABLED' ? messages.enable : messages.disable;
  return (
    <div className="row-actions">
      <div className="buttons">
        <button
          type="button"
          className="link"
          aria-label={punctuation.labeled(messages.edit, name)}
          onClick={() => onOpen('edit')}
        >
          {messages.edit}
        </button>
        <button
          type="button"
          className="link"
          aria-label={punctuation.labeled(messages.rotate, name)}
          onClick={() => onOpen('rotate')}
        >
          {messages.rotate}
        </button>
        <button type="button" className="link" aria-label={punctuation.labeled(toggle, name)} onClick={onToggle}>
          {toggle}
        </button>
        <Link href={`/logs?key=${encodeURIComponent(id)}`} aria-label={punctuation.labeled(messages.logs, name)}>
          {messages.logs}
        </Link>
        <button
          type="button"
          className="link"
          aria-label={punctuation.labeled(messages.remove, name)}
          onClick={() => onOpen('delete')}
        >
          {messages.remove}
        </button>
      </div>
      {oldKeyValidUntil && (
        <p className="grace">
          {messages.oldKeyWorksUntil(dateTime(oldKeyValidUntil))}{' '}
          <button
            type="button"
            className="link"
            aria-label={punctuation.labeled(messages.stopOldKey, name)}
            onClick={() => onOpen('endGrace')}
          >
            {messages.stopOldKey}
          </button>
        </p>
      )}
    </div>
  );
}
