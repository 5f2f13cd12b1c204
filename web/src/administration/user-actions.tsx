import { useState } from 'react';
import { Button } from '../elements/button.js';
import { useViewer } from '../session/viewer.js';
import { ActionDialog } from './action-dialog.js';
import { actionsFor, adminActions, outranks, type AdminActionName } from './admin-actions.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationWords } from './words.js';

/** The buttons that manage an account, or why there are none. */
export function UserActions({ user }: { readonly user: ViewedUser }) {
  const { user: words, actions: names } = useAdministrationWords();
  const viewer = useViewer();
  const [open, setOpen] = useState<AdminActionName | null>(null);
  if (viewer.id === user.id) return <p className="hint">{words.self}</p>;
  if (!outranks(viewer.role, user.role)) return <p className="hint">{words.higherRole}</p>;
  return (
    <>
      <div className="buttons" role="group" aria-label={words.actions}>
        {actionsFor({ ...user, twoFactor: user.twoFactor ?? null }).map((name) => (
          <Button
            key={name}
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
