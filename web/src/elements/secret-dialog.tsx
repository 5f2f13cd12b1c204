import { useState, type ReactNode } from 'react';
import { useMessages } from '../language/language.js';
import { Button } from './button.js';
import { CopyButton, textBeside } from './copy-button.js';
import { Dialog } from './dialog.js';
import { useUnloadWarning } from './use-unload-warning.js';

interface SecretDialogProps {
  readonly title: string;
  readonly explanation: string;
  readonly secret: string;
  /** Called when the user confirms that the secret is saved. The caller must then discard it. */
  readonly onSaved: () => void;
  /** Shown below the secret, e.g. how to use it. */
  readonly children?: ReactNode;
}

/**
 * Shows a secret once. The dialog stays open until the user confirms that the secret is saved; the browser warns before
 * the page is left.
 */
export function SecretDialog({ title, explanation, secret, onSaved, children }: SecretDialogProps) {
  const { lists, actions } = useMessages();
  const [isSaved, setIsSaved] = useState(false);
  useUnloadWarning();
  return (
    <Dialog title={title} onClose={onSaved} preventClose isWide>
      <p>{explanation}</p>
      <div className="secret">
        <code tabIndex={0}>{secret}</code>
        <CopyButton text={secret} findText={textBeside} />
      </div>
      {children}
      <label className="check">
        <input type="checkbox" checked={isSaved} onChange={() => setIsSaved(!isSaved)} /> {lists.saved}
      </label>
      <div className="form-buttons">
        <Button tone="main" disabled={!isSaved} onClick={onSaved}>
          {actions.done}
        </Button>
      </div>
    </Dialog>
  );
}
