import { useState } from 'react';
import { Button } from '../elements/button.js';
import { useViewer } from '../session/viewer.js';
import { ActDialog } from './act-dialog.js';
import { acts, actsOn, outranks, type ActName } from './acts.js';
import type { PersonSeen } from './person-query.js';
import { useAdministrationWords } from './words.js';

/** What can be done to an account, or why nothing can. */
export function Acts({ user }: { readonly user: PersonSeen }) {
  const { person: words, acts: names } = useAdministrationWords();
  const viewer = useViewer();
  const [open, setOpen] = useState<ActName | null>(null);
  if (viewer.id === user.id) return <p className="hint">{words.self}</p>;
  if (!outranks(viewer.role, user.role)) return <p className="hint">{words.above}</p>;
  return (
    <>
      <div className="buttons" role="group" aria-label={words.acts}>
        {actsOn({ ...user, twoFactor: user.twoFactor ?? null }).map((name) => (
          <Button
            key={name}
            className={`small ${acts[name].tone === 'danger' ? 'dangerous' : ''}`}
            onClick={() => setOpen(name)}
          >
            {names[name].name}
          </Button>
        ))}
      </div>
      {open && <ActDialog name={open} user={user} onClose={() => setOpen(null)} />}
    </>
  );
}
