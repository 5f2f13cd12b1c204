import { useState } from 'react';
import { Button } from '../elements/button.js';
import { useViewer } from '../session/viewer.js';
import { ActionDialog } from './action-dialog.js';
import { getActions, adminActions, type AdminActionName } from './admin-actions.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** The buttons that manage an account, or the reason why there are none. */
export function UserActions({ user }: { readonly user: ViewedUser }) {
  const { user: messages, actions: names } = useAdministrationMessages();
  const viewer = useViewer();
  const [open, setOpen] = useState<AdminActionName | null>(null);
  if (viewer.id === user.id) return <p className="hint">{messages.ownAccount}</p>;
  const actions = getActions(user);
  if (actions.length === 0) return <p className="hint">{messages.higherRole}</p>;
  return (
    <>
      <div className="buttons" role="group" aria-label={messages.actions}>
        {actions.map((name) => (
          <Button
            key={adminActions[name].status ? 'status' : name}
            className={`small ${adminActions[name].tone === 'danger' ? 'dangerous' : ''}`}
            onClick={() => setOpen(name)}
          >
            {names[name].name}
          </Button>
        ))}
      </div>
      {open && <ActionDialog name={open} user={user} onClose={() => setOpen(null)} />}
    </>
  );
}
