import { useState } from 'react';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { AreaField } from '../form/area-field.js';
import { Form } from '../form/form.js';
import { SelectField } from '../form/select-field.js';
import type { FormValues } from '../form/form-values.js';
import type { Role } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { adminActions, type AdminActionName } from './admin-actions.js';
import { useAdministrationMessages } from './messages.js';

/** The server's limit for a reason (in characters). */
const MAX_REASON_LENGTH = 500;

/** The GraphQL types that an action can change. */
const REFRESHED = ['User', 'Session', 'TwoFactor', 'ApiToken', 'AccessToken'];

interface ActionDialogProps {
  readonly name: AdminActionName;
  readonly user: { readonly id: string; readonly username: string; readonly role: Role };
  /** The session, for an action on one. */
  readonly sessionId?: string;
  readonly onClose: () => void;
}

/** Prompts for a reason and runs an action. Shows a returned link or token once. */
export function ActionDialog({ name, user, sessionId, onClose }: ActionDialogProps) {
  const { actions, link, token, revokeTokens } = useAdministrationMessages();
  const messages = actions[name];
  const announce = useAnnounce();
  const { mutation, tone, status } = adminActions[name];
  const action = useAction(mutation, REFRESHED);
  const [secret, setSecret] = useState<string | null>(null);
  const submit = async (form: FormValues) => {
    const payload = await action.run({
      input: {
        userId: user.id,
        reason: form.text('reason'),
        ...(status ? { status } : {}),
        ...(sessionId === undefined ? {} : { sessionIds: [sessionId] }),
        ...(form.has('tokens') ? { tokens: true } : {}),
        ...(form.has('role') ? { role: form.text('role') as Role } : {}),
      },
    });
    if (!payload) return;
    const returnedSecret = payload.resetLink ?? payload.token ?? null;
    setSecret(returnedSecret);
    if (returnedSecret !== null) return;
    announce(messages.done);
    onClose();
  };
  if (secret !== null)
    return <SecretDialog {...(name === 'serviceToken' ? token : link)} secret={secret} onSaved={onClose} />;
  return (
    <Dialog title={messages.title} onClose={onClose} preventClose={action.isPending}>
      <p>
        <strong>
          <bdi>{user.username}</bdi>
        </strong>
      </p>
      <p>{messages.explanation}</p>
      <Form action={action} onSubmit={submit} submitLabel={messages.name} tone={tone} onCancel={onClose}>
        {name === 'role' && <NewRole role={user.role} />}
        {name === 'revoke' && (
          <label className="check">
            <input type="checkbox" name="tokens" />
            {revokeTokens}
          </label>
        )}
        <ReasonField role={user.role} />
      </Form>
    </Dialog>
  );
}

/** The roles that anyone who may set a role can assign. The dialog offers those that the user doesn't have. */
const assignableRoles = ['USER', 'ADMIN'] as const;

function NewRole({ role }: { readonly role: Role }) {
  const { newRole } = useAdministrationMessages();
  const { roles } = useMessages();
  return (
    <SelectField
      name="role"
      label={newRole}
      options={assignableRoles.filter((option) => option !== role).map((option) => [option, roles[option]] as const)}
    />
  );
}

/** The reason of an action. A service has no email. */
export function ReasonField({ role }: { readonly role: Role }) {
  const { reason, reasonHint, serviceReasonHint } = useAdministrationMessages();
  const hint = role === 'SERVICE' ? serviceReasonHint : reasonHint;
  return <AreaField name="reason" label={reason} hint={hint} rows={2} maxLength={MAX_REASON_LENGTH} required />;
}
