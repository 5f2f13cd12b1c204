import { useState } from 'react';
import { Button } from '../elements/button.js';
import { CopyButton } from '../elements/copy-button.js';
import { Dialog } from '../elements/dialog.js';
import { useUnloadWarning } from '../elements/use-unload-warning.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from './messages.js';

interface BackupCodesProps {
  readonly codes: readonly string[];
  readonly username: string;
  readonly onSaved: () => void;
}

/** Shows backup codes once. The dialog stays open until the user confirms that they are saved. */
export function BackupCodes({ codes, username, onSaved }: BackupCodesProps) {
  const { actions } = useMessages();
  const { twoFactor: messages } = useProfileMessages();
  const [isSaved, setIsSaved] = useState(false);
  const text = `${messages.codesFile(username)}\n\n${codes.join('\n')}\n`;
  useUnloadWarning();
  return (
    <Dialog title={messages.codesTitle} onClose={onSaved} preventClose isWide>
      <p>{messages.codesExplanation}</p>
      <div className="backup-codes">
        <p className="only-printed">{messages.codesFile(username)}</p>
        <ol>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </div>
      <div className="buttons">
        <CopyButton text={text} findText={(button) => button.closest('dialog')?.querySelector('.backup-codes')} />
        <Button onClick={() => download('postern-backup-codes.txt', text)}>{actions.download}</Button>
        <Button onClick={() => window.print()}>{actions.print}</Button>
      </div>
      <label className="check">
        <input type="checkbox" checked={isSaved} onChange={(event) => setIsSaved(event.currentTarget.checked)} />{' '}
        {messages.codesSaved}
      </label>
      <div className="buttons">
        <Button tone="main" disabled={!isSaved} onClick={onSaved}>
          {actions.done}
        </Button>
      </div>
    </Dialog>
  );
}

/** Saves a text as a file. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
