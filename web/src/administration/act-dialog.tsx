import { useState } from 'react';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { AreaField } from '../form/area-field.js';
import { Form } from '../form/form.js';
import { SelectField } from '../form/select-field.js';
import type { Typed } from '../form/typed.js';
import type { Role } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { acts, rolesBelow, type ActName } from './acts.js';
import { useAdministrationWords } from './words.js';

/** The longest reason (in characters). */
const LONGEST_REASON = 500;

/** Everything that an act can change of what is shown. */
const REFRESHED = ['User', 'Session', 'TwoFactor', 'ApiToken'];

interface ActDialogProps {
  readonly name: ActName;
  readonly user: { readonly id: string; readonly username: string; readonly role: Role };
  readonly onClose: () => void;
}

/**
 * Asks for the reason of an act and carries it out. What is to be handed over is shown this once, and forgotten with
 * this.
 */
export function ActDialog({ name, user, onClose }: ActDialogProps) {
  const { acts: words, link, token } = useAdministrationWords();
  const announce = useAnnounce();
  const { mutation, tone, status } = acts[name];
  const act = useAction(mutation, REFRESHED);
  const [secret, setSecret] = useState<string | null>(null);
  const submit = async (form: Typed) => {
    const payload = await act.run({
      input: {
        userId: user.id,
        reason: form.text('reason'),
        ...(status ? { status } : {}),
        ...(form.has('role') ? { role: form.text('role') as Role } : {}),
      },
    });
    if (!payload) return;
    const handedOver = payload.resetLink ?? payload.token ?? null;
    setSecret(handedOver);
    if (handedOver !== null) return;
    announce(words[name].done);
    onClose();
  };
  if (secret !== null)
    return <SecretDialog {...(name === 'serviceToken' ? token : link)} secret={secret} onSaved={onClose} />;
  return (
    <Dialog title={words[name].title} onClose={onClose} mustStay={act.isUnderWay}>
      <p>
        <strong>
          <bdi>{user.username}</bdi>
        </strong>
      </p>
      <p>{words[name].explanation}</p>
      <Form action={act} onSubmit={submit} submit={words[name].name} tone={tone} onCancel={onClose}>
        {name === 'role' && <NewRole role={user.role} />}
        <ReasonField />
      </Form>
    </Dialog>
  );
}

function NewRole({ role }: { readonly role: Role }) {
  const { newRole } = useAdministrationWords();
  const { roles } = useWords();
  const viewer = useViewer();
  return (
    <SelectField
      name="role"
      label={newRole}
      defaultValue={role}
      options={rolesBelow(viewer.role).map((one) => [one, roles[one]] as const)}
    />
  );
}

/** Why an administrator does something. */
export function ReasonField() {
  const { reason, reasonHint } = useAdministrationWords();
  return <AreaField name="reason" label={reason} hint={reasonHint} rows={2} maxLength={LONGEST_REASON} required />;
}
