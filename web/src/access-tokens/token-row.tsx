import { Button } from '../elements/button.js';
import { useMessages } from '../language/language.js';
import type { AccessToken, TokenDialogName } from './access-token-documents.js';
import { useTokenMessages } from './messages.js';
import { TokenSummary } from './token-summary.js';

interface TokenRowProps {
  readonly accessToken: AccessToken;
  readonly isSelected: boolean;
  /** Selects the token; undefined if it is the only one. */
  readonly onToggle?: (() => void) | undefined;
  readonly onOpen: (dialog: TokenDialogName) => void;
}

/** A token with its actions. An expired one can only be removed. */
export function TokenRow({ accessToken, isSelected, onToggle, onOpen }: TokenRowProps) {
  const messages = useTokenMessages();
  const { lists, punctuation } = useMessages();
  const isExpired = accessToken.status === 'EXPIRED';
  const { name } = accessToken;
  const actions: TokenDialogName[] = isExpired ? ['revoke'] : ['edit', 'rotate', 'revoke'];
  return (
    <li id={accessToken.id} className={isSelected ? 'selected' : ''}>
      {onToggle && (
        <input type="checkbox" aria-label={lists.select(name)} checked={isSelected} onChange={() => onToggle()} />
      )}
      <TokenSummary accessToken={accessToken} />
      <span className="buttons">
        {actions.map((action) => (
          <Button
            key={action}
            className={`small ${action}`}
            aria-label={punctuation.labeled(messages.actions[action], name)}
            onClick={() => onOpen(action)}
          >
            {messages.actions[action]}
          </Button>
        ))}
      </span>
    </li>
  );
}
