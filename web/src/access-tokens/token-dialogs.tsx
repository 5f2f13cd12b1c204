import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { splitEntries } from '../form/area-field.js';
import { readChosen } from '../form/checkbox-group.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import type { TokenScope } from '../generated/graphql.js';
import { AddressesField } from '../keys/addresses-field.js';
import { areEqual } from '../keys/changes.js';
import { GraceField } from '../keys/grace-field.js';
import { MAX_NAME_LENGTH } from '../keys/key-fields.js';
import { useSession } from '../session/viewer.js';
import {
  CreateAccessToken,
  RevokeAccessTokens,
  RotateAccessToken,
  UpdateAccessToken,
  type AccessToken,
} from './access-token-documents.js';
import { useTokenMessages } from './messages.js';
import { ScopesField } from './scopes-field.js';
import { getTokenExpiry } from './token-expiry.js';
import { TokenLifetimeField } from './token-lifetime-field.js';

interface NewTokenProps {
  readonly onClose: () => void;
  /** Receives the token, which the server returns only once. */
  readonly onToken: (token: string) => void;
}

interface TokenDialogProps {
  readonly accessToken: AccessToken;
  readonly onClose: () => void;
}

function NameField({ name }: { readonly name?: string }) {
  const { form } = useTokenMessages();
  return (
    <Field
      name="name"
      label={form.name}
      hint={form.nameHint}
      maxLength={MAX_NAME_LENGTH}
      defaultValue={name}
      autoComplete="off"
      autoFocus
    />
  );
}

/** Creates a token. */
export function CreateTokenDialog({ onClose, onToken }: NewTokenProps) {
  const { form: messages } = useTokenMessages();
  const { policy } = useSession();
  const create = useAction(CreateAccessToken, ['AccessToken']);
  const submit = async (form: FormValues) => {
    const payload = await create.run({
      input: {
        name: form.text('name'),
        scopes: readChosen<TokenScope>(form.text('scopes')),
        allowedIps: splitEntries(form.text('allowedIps')),
        expiresAt: getTokenExpiry(form, policy.accessTokenMaxDays),
      },
    });
    if (payload?.token) onToken(payload.token);
  };
  return (
    <Dialog title={messages.createTitle} onClose={onClose} preventClose={create.isPending} isWide>
      <Form action={create} onSubmit={submit} submitLabel={messages.create} onCancel={onClose}>
        <div className="fields-beside">
          <NameField />
          <TokenLifetimeField maxDays={policy.accessTokenMaxDays} />
        </div>
        <ScopesField />
        <AddressesField />
      </Form>
    </Dialog>
  );
}

/** Changes the name and the addresses of a token. */
export function EditTokenDialog({ accessToken: { id, name, allowedIps }, onClose }: TokenDialogProps) {
  const { form: messages, done } = useTokenMessages();
  const announce = useAnnounce();
  const update = useAction(UpdateAccessToken);
  const submit = async (form: FormValues) => {
    const [newName, newAddresses] = [form.text('name'), splitEntries(form.text('allowedIps'))];
    const changes = {
      ...(newName === name ? {} : { name: newName }),
      ...(areEqual(newAddresses, allowedIps) ? {} : { allowedIps: newAddresses }),
    };
    if (Object.keys(changes).length > 0 && !(await update.run({ input: { id, ...changes } }))) return;
    announce(done.saved);
    onClose();
  };
  return (
    <Dialog title={messages.editTitle(name)} onClose={onClose}>
      <p>{messages.editExplanation}</p>
      <Form action={update} onSubmit={submit} submitLabel={messages.save} onCancel={onClose}>
        <NameField name={name} />
        <AddressesField allowedIps={allowedIps} />
      </Form>
    </Dialog>
  );
}

/** Replaces a token. */
export function RotateTokenDialog({ accessToken, onClose, onToken }: TokenDialogProps & NewTokenProps) {
  const { rotation } = useTokenMessages();
  const rotate = useAction(RotateAccessToken);
  const submit = async (form: FormValues) => {
    const payload = await rotate.run({ input: { id: accessToken.id, graceHours: Number(form.text('graceHours')) } });
    if (payload?.token) onToken(payload.token);
  };
  return (
    <Dialog title={rotation.title(accessToken.name)} onClose={onClose} preventClose={rotate.isPending}>
      <p>{rotation.explanation}</p>
      <Form action={rotate} onSubmit={submit} submitLabel={rotation.submit} onCancel={onClose}>
        <GraceField label={rotation.grace} />
      </Form>
    </Dialog>
  );
}

interface RevokeTokensDialogProps {
  readonly accessTokens: readonly AccessToken[];
  readonly onClose: () => void;
}

/** Revokes tokens after listing them. */
export function RevokeTokensDialog({ accessTokens, onClose }: RevokeTokensDialogProps) {
  const { revocation } = useTokenMessages();
  const announce = useAnnounce();
  const revoke = useAction(RevokeAccessTokens, ['AccessToken']);
  const areExpired = accessTokens.every(({ status }) => status === 'EXPIRED');
  const submit = async () => {
    const payload = await revoke.run({ input: { ids: accessTokens.map(({ id }) => id) } });
    if (!payload) return;
    announce(revocation.done(payload.revokedIds?.length ?? 0));
    onClose();
  };
  return (
    <Dialog title={revocation.title(accessTokens.length)} onClose={onClose}>
      <p>{areExpired ? revocation.expiredExplanation : revocation.explanation(accessTokens.length)}</p>
      <ul className="named">
        {accessTokens.map(({ id, name, hint }) => (
          <li key={id}>
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
            <code>…{hint}</code>
          </li>
        ))}
      </ul>
      <Form action={revoke} onSubmit={submit} submitLabel={revocation.submit} tone="danger" onCancel={onClose} />
    </Dialog>
  );
}
