import { useState } from 'react';
import { Button } from '../elements/button.js';
import { Section } from '../elements/section.js';
import { useFormats } from '../language/language.js';
import { ActionDialog } from './action-dialog.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** The devices where a user is signed in, each with a button that signs it out. */
export function UserSessions({ user }: { readonly user: ViewedUser }) {
  const { user: messages, actions } = useAdministrationMessages();
  const { ago, device: deviceName } = useFormats();
  const [openId, setOpenId] = useState<string | null>(null);
  const sessions = user.sessions ?? [];
  const canRevoke = user.allowedActions?.includes('REVOKE_SESSIONS');
  return (
    <Section id="sessions" level={2} title={messages.sessions}>
      {sessions.length === 0 && <p className="hint">{messages.noSessions}</p>}
      <ul className="rows">
        {sessions.map(({ id, device, ip, lastSeenAt }) => (
          <li key={id}>
            <span className="row-main">
              <strong>{deviceName(device)}</strong>
              <small>{[ip, messages.lastUsed(ago(lastSeenAt))].filter(Boolean).join(' · ')}</small>
            </span>
            {canRevoke && (
              <Button
                className="small"
                aria-label={messages.signOutDevice(deviceName(device))}
                onClick={() => setOpenId(id)}
              >
                {actions.revokeOne.name}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {openId !== null && (
        <ActionDialog name="revokeOne" user={user} sessionId={openId} onClose={() => setOpenId(null)} />
      )}
    </Section>
  );
}
