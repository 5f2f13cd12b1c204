import { Link } from 'wouter';
import { Moment } from '../elements/moment.js';
import type { CallKey, Intent } from './call-keys.js';
import { useKeysWords } from './words.js';

interface KeyActionsProps {
  readonly callKey: CallKey;
  readonly onIntent: (what: Intent) => void;
  readonly onToggle: () => void;
}

/** What can be done to one key, in the last cell of its row. */
export function KeyActions({ callKey: { id, name, status, oldKeyValidUntil }, onIntent, onToggle }: KeyActionsProps) {
  const words = useKeysWords();
  const toggle = status === 'DISABLED' ? words.turnOn : words.turnOff;
  return (
    <div className="row-actions">
      <div className="buttons">
        <button type="button" className="link" aria-label={words.of(words.edit, name)} onClick={() => onIntent('edit')}>
          {words.edit}
        </button>
        <button
          type="button"
          className="link"
          aria-label={words.of(words.rotate, name)}
          onClick={() => onIntent('rotate')}
        >
          {words.rotate}
        </button>
        <button type="button" className="link" aria-label={words.of(toggle, name)} onClick={onToggle}>
          {toggle}
        </button>
        <Link href={`/logs?key=${encodeURIComponent(id)}`} aria-label={words.of(words.logs, name)}>
          {words.logs}
        </Link>
      </div>
      {oldKeyValidUntil && (
        <p className="grace">
          {words.grace} {words.graceUntil} <Moment at={oldKeyValidUntil} as="moment" />.{' '}
          <button
            type="button"
            className="link"
            aria-label={words.of(words.endGrace, name)}
            onClick={() => onIntent('endGrace')}
          >
            {words.endGrace}
          </button>
        </p>
      )}
    </div>
  );
}
