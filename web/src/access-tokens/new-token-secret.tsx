import { CopyButton, textBeside } from '../elements/copy-button.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { useTokenMessages } from './messages.js';

/** A command that asks the server which token this is. Every token may ask that, whatever its scopes. */
const commandWith = (token: string): string =>
  [
    `curl -s ${location.origin}/graphql`,
    "-H 'content-type: application/json'",
    `-H 'authorization: Bearer ${token}'`,
    `-d '{"query":"{ accessToken { name scopes expiresAt } }"}'`,
  ].join(' \\\n  ');

interface NewTokenSecretProps {
  readonly token: string;
  readonly onSaved: () => void;
}

/** Shows a new token once, with a command to try it. */
export function NewTokenSecret({ token, onSaved }: NewTokenSecretProps) {
  const { created } = useTokenMessages();
  const command = commandWith(token);
  return (
    <SecretDialog title={created.title} explanation={created.explanation} secret={token} onSaved={onSaved}>
      <div className="field" role="group" aria-label={created.command}>
        <span className="label">{created.command}</span>
        <div className="secret command">
          <code tabIndex={0}>{command}</code>
          <CopyButton text={command} findText={textBeside} />
        </div>
      </div>
    </SecretDialog>
  );
}
