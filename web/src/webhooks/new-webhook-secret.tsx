import { SecretDialog } from '../elements/secret-dialog.js';
import { useWebhookMessages } from './messages.js';

/** Shows a new secret once, and says how to verify messages with it. */
export function NewWebhookSecret({ secret, onSaved }: { readonly secret: string; readonly onSaved: () => void }) {
  const messages = useWebhookMessages().secret;
  return (
    <SecretDialog title={messages.title} explanation={messages.explanation} secret={secret} onSaved={onSaved}>
      <p className="hint">
        {messages.verify}
        <a href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer">
          standardwebhooks.com
        </a>
        {messages.documentation}
      </p>
    </SecretDialog>
  );
}
