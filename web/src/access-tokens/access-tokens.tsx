import { useState } from 'react';
import { Button } from '../elements/button.js';
import { Section } from '../elements/section.js';
import { useMessages } from '../language/language.js';
import type { AccessToken, TokenDialogName } from './access-token-documents.js';
import { useTokenMessages } from './messages.js';
import { NewTokenSecret } from './new-token-secret.js';
import { CreateTokenDialog, EditTokenDialog, RevokeTokensDialog, RotateTokenDialog } from './token-dialogs.js';
import { TokenRow } from './token-row.js';

/** An open dialog, and the tokens as they were when it opened: the list may change meanwhile. */
interface OpenDialog {
  readonly name: TokenDialogName | 'create';
  readonly accessTokens: readonly AccessToken[];
}

/** The user's access tokens: create, change, rotate and revoke them. */
export function AccessTokens({ accessTokens }: { readonly accessTokens: readonly AccessToken[] }) {
  const messages = useTokenMessages();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const hasTokens = accessTokens.length > 0;
  return (
    <Section id="access-tokens" title={messages.title} explanation={messages.explanation}>
      {hasTokens && (
        <TokenList accessTokens={accessTokens} onOpen={(name, opened) => setOpen({ name, accessTokens: opened })} />
      )}
      <div className={`buttons ${hasTokens ? 'section-end' : 'section-start'}`}>
        {!hasTokens && <p className="fact-line">{messages.none}</p>}
        <Button tone={hasTokens ? 'plain' : 'main'} onClick={() => setOpen({ name: 'create', accessTokens: [] })}>
          {messages.form.create}
        </Button>
      </div>
      {open && <TokenDialog {...open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

interface TokenListProps {
  readonly accessTokens: readonly AccessToken[];
  readonly onOpen: (dialog: TokenDialogName, accessTokens: readonly AccessToken[]) => void;
}

/** The tokens, newest first. Several can be selected, to revoke them together. */
function TokenList({ accessTokens, onOpen }: TokenListProps) {
  const { actions } = useTokenMessages();
  const { lists } = useMessages();
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set());
  const canSelect = accessTokens.length > 1;
  const selectedTokens = canSelect ? accessTokens.filter(({ id }) => selected.has(id)) : [];
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  return (
    <>
      <ul className="rows tokens">
        {accessTokens.map((accessToken) => (
          <TokenRow
            key={accessToken.id}
            accessToken={accessToken}
            isSelected={selectedTokens.includes(accessToken)}
            onToggle={canSelect ? () => toggle(accessToken.id) : undefined}
            onOpen={(dialog) => onOpen(dialog, [accessToken])}
          />
        ))}
      </ul>
      {selectedTokens.length > 0 && (
        <div className="selection-bar">
          <span role="status">{lists.selected(selectedTokens.length)}</span>
          <Button tone="danger" className="small" onClick={() => onOpen('revoke', selectedTokens)}>
            {actions.revoke}
          </Button>
        </div>
      )}
    </>
  );
}

function TokenDialog({ name, accessTokens, onClose }: OpenDialog & { readonly onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null);
  const [accessToken] = accessTokens;
  if (token !== null) return <NewTokenSecret token={token} onSaved={onClose} />;
  if (name === 'revoke') return <RevokeTokensDialog accessTokens={accessTokens} onClose={onClose} />;
  if (!accessToken) return <CreateTokenDialog onClose={onClose} onToken={setToken} />;
  return name === 'edit' ? (
    <EditTokenDialog accessToken={accessToken} onClose={onClose} />
  ) : (
    <RotateTokenDialog accessToken={accessToken} onClose={onClose} onToken={setToken} />
  );
}
