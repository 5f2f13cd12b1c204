import { hasWebauthn } from '../form/has-webauthn.js';
import { useState } from 'react';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { useErrorMessage } from '../form/use-error-message.js';
import { useFormats } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { useNewPasskey } from './add-passkey.js';
import type { ProfileData, ProfilePasskey } from './my-profile.js';
import { DeletePasskeyDialog, RenamePasskeyDialog } from './passkey-dialogs.js';
import { useProfileMessages } from './messages.js';

interface PasskeysProps {
  readonly passkeys: readonly ProfilePasskey[];
  readonly twoFactor: ProfileData['twoFactor'];
}

/** An open dialog, and the passkey as it was when the dialog opened. */
interface OpenDialog {
  readonly name: 'rename' | 'delete';
  readonly passkey: ProfilePasskey;
}

/** The user's passkeys: add, rename and delete them. */
export function Passkeys({ passkeys, twoFactor }: PasskeysProps) {
  const { passkeys: messages } = useProfileMessages();
  const { policy } = useSession();
  const toMessage = useErrorMessage();
  const { start, isPending, failure, userErrors, dialog } = useNewPasskey();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const close = () => setOpen(null);
  const isOffered = policy.passkeys && hasWebauthn();
  const isLastFactor = passkeys.length === 1 && twoFactor?.factors.includes('TOTP') === false;
  return (
    <Section id="passkeys" title={messages.title} explanation={messages.explanation}>
      {passkeys.length > 0 && (
        <ul className="rows passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onOpen={(name) => setOpen({ name, passkey })} />
          ))}
        </ul>
      )}
      {failure && <FailureNotice failure={failure} />}
      {userErrors.map((error) => (
        <Notice key={error.code} tone="danger">
          {toMessage(error)}
        </Notice>
      ))}
      {isOffered ? (
        <div className={`buttons ${passkeys.length > 0 ? 'section-end' : 'section-start'}`}>
          {passkeys.length === 0 && <p className="fact-line">{messages.none}</p>}
          <Button tone={passkeys.length > 0 ? 'plain' : 'main'} isBusy={isPending} onClick={start}>
            {messages.add}
          </Button>
        </div>
      ) : (
        <p className="notice plain section-end">
          {messages.unavailable[policy.passkeys ? 'browser' : isAddressSuitable() ? 'setting' : 'address']}
        </p>
      )}
      {dialog}
      {open?.name === 'rename' && <RenamePasskeyDialog passkey={open.passkey} onClose={close} />}
      {open?.name === 'delete' && <DeletePasskeyDialog passkey={open.passkey} {...{ isLastFactor }} onClose={close} />}
    </Section>
  );
}

/** Whether browsers offer passkeys at this address: https or localhost, with a name instead of an IP address. */
const isAddressSuitable = (): boolean =>
  window.isSecureContext && !/^(?:[\d.]+|\[.*\])$/.test(window.location.hostname);

interface PasskeyRowProps {
  readonly passkey: ProfilePasskey;
  readonly onOpen: (dialog: OpenDialog['name']) => void;
}

function PasskeyRow({ passkey, onOpen }: PasskeyRowProps) {
  const { passkeys: messages } = useProfileMessages();
  const { ago } = useFormats();
  const { name, provider, synced, signsIn, createdAt, lastUsedAt } = passkey;
  const use = lastUsedAt ? messages.lastUsed(ago(lastUsedAt)) : messages.neverUsed;
  const kind = [
    provider !== name && provider,
    synced ? messages.synced : messages.oneDevice,
    signsIn ? messages.signsIn : messages.secondStep,
  ];
  return (
    <li>
      <span className="row-main">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <small>
          {messages.created(ago(createdAt))} · {use}
        </small>
        <small>{kind.filter(Boolean).join(' · ')}</small>
      </span>
      <span className="buttons">
        <Button className="small" aria-label={messages.renameOne(name)} onClick={() => onOpen('rename')}>
          {messages.rename}
        </Button>
        <Button className="small" aria-label={messages.deleteOne(name)} onClick={() => onOpen('delete')}>
          {messages.delete}
        </Button>
      </span>
    </li>
  );
}
