import { useState } from 'react';
import { Button } from '../elements/button.js';
import { Notice } from '../elements/notice.js';
import { useProfileMessages } from '../profile/messages.js';
import { forgetRecovery, hasRecovered } from './recovery-note.js';
import { RevokeEverythingButton } from './revoke-everything.js';

/** After a password reset: offers to end what the reset leaves, in case someone else had access. */
export function AfterRecovery() {
  const { revokeEverything: messages } = useProfileMessages();
  const [isDeclined, setIsDeclined] = useState(false);
  if (isDeclined || !hasRecovered()) return null;
  const decline = () => {
    forgetRecovery();
    setIsDeclined(true);
  };
  return (
    <Notice tone="info">
      <p>{messages.afterRecovery}</p>
      <div className="buttons">
        <RevokeEverythingButton />
        <Button onClick={decline}>{messages.decline}</Button>
      </div>
    </Notice>
  );
}
