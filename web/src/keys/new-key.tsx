import { useState } from 'react';
import { SecretDialog } from '../elements/secret-dialog.js';
import { CreateKeyDialog } from './key-dialogs.js';
import { useKeysMessages } from './messages.js';

/** Creates a key and then shows its secret once. */
export function NewKey({ onClose }: { readonly onClose: () => void }) {
  const { created } = useKeysMessages();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret === null) return <CreateKeyDialog onClose={onClose} onSecret={setSecret} />;
  return <SecretDialog title={created.title} explanation={created.explanation} secret={secret} onSaved={onClose} />;
}
