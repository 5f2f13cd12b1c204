import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Dialog } from '../elements/dialog.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Section } from '../elements/section.js';
import { FactorField } from '../form/factor-field.js';
import { getSecondFactor } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import { OtpField } from '../form/otp-field.js';
import { PasswordField } from '../form/password-field.js';
import type { FormValues } from '../form/form-values.js';
import { useFormats, useMessages } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { BackupCodes } from './backup-codes.js';
import type { Enrolment } from './enrolment.js';
import type { ProfileData } from './my-profile.js';
import type { ProfileDialogs } from './profile-dialog.js';
import { useProfileMessages } from './messages.js';

const DisableTwoFactor = graphql(`
  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {
    disableTwoFactor(input: $input) { user { id twoFactor { enabled } } userErrors { code field message } }
  }
`);

const RegenerateBackupCodes = graphql(`
  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {
    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }
  }
`);

interface TwoFactorProps {
  readonly twoFactor: ProfileData['twoFactor'];
  readonly dialogs: ProfileDialogs;
  readonly enrolment: Enrolment;
}

/** Two-factor authentication: its status and its actions. */
export function TwoFactor({ twoFactor, dialogs, enrolment: { start, isPending, failure } }: TwoFactorProps) {
  const { twoFactor: messages } = useProfileMessages();
  const { date } = useFormats();
  const isEnabled = twoFactor?.enabled === true;
  const badge = (
    <span className={`badge ${isEnabled ? 'good' : 'warning'}`}>{isEnabled ? messages.on : messages.off}</span>
  );
  return (
    <Section id="two-factor" title={messages.title} explanation={messages.explanation} headerExtra={badge}>
      {failure && <FailureNotice failure={failure} />}
      {isEnabled ? (
        <>
          <p className="fact-line">
            {twoFactor.enabledAt && messages.enabledAt(date(twoFactor.enabledAt))}{' '}
            {messages.codesLeft(twoFactor.backupCodesLeft)}
          </p>
          <div className="buttons">
            <Button onClick={() => dialogs.open('NEW_BACKUP_CODES')}>{messages.newCodes}</Button>
            <Button isBusy={isPending} onClick={start}>
              {messages.replace}
            </Button>
            <Button onClick={() => dialogs.open('DISABLE_TWO_FACTOR')}>{messages.disable}</Button>
          </div>
        </>
      ) : (
        <>
          <p className="fact-line">{messages.apps}</p>
          <div className="buttons">
            <Button tone="main" isBusy={isPending} onClick={start}>
              {messages.enable}
            </Button>
          </div>
        </>
      )}
      {dialogs.current === 'DISABLE_TWO_FACTOR' && <DisableDialog onClose={dialogs.close} />}
      {dialogs.current === 'NEW_BACKUP_CODES' && <NewCodesDialog onClose={dialogs.close} />}
    </Section>
  );
}

function DisableDialog({ onClose }: { readonly onClose: () => void }) {
  const { fields } = useMessages();
  const { twoFactor: messages } = useProfileMessages();
  const announce = useAnnounce();
  const disable = useAction(DisableTwoFactor, ['Session', 'User']);
  const [needsPassword, action] = useRequestedProof(disable, 'PASSWORD_REQUIRED');
  const submit = async (form: FormValues) => {
    const factor = getSecondFactor(form);
    if (!factor || !(await disable.run({ input: { factor, ...getPasswordInput(form) } }))) return;
    onClose();
    announce(messages.disabled);
  };
  return (
    <Dialog title={messages.disable} onClose={onClose}>
      <p>{messages.disableExplanation}</p>
      <Form action={action} onSubmit={submit} submitLabel={messages.disable} tone="danger" onCancel={onClose}>
        <FactorField autoFocus />
        {needsPassword && (
          <PasswordField name="password" label={fields.password} autoComplete="current-password" autoFocus />
        )}
      </Form>
    </Dialog>
  );
}

function NewCodesDialog({ onClose }: { readonly onClose: () => void }) {
  const { fields } = useMessages();
  const { twoFactor: messages } = useProfileMessages();
  const { username } = useViewer();
  const announce = useAnnounce();
  const regenerate = useAction(RegenerateBackupCodes, ['User']);
  const [needsPassword, action] = useRequestedProof(regenerate, 'PASSWORD_REQUIRED');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const submit = async (form: FormValues) => {
    const payload = await regenerate.run({ input: { code: form.text('code'), ...getPasswordInput(form) } });
    if (payload?.backupCodes) setCodes(payload.backupCodes);
  };
  const saved = () => {
    onClose();
    announce(messages.codesReplaced);
  };
  if (codes) return <BackupCodes codes={codes} username={username} onSaved={saved} />;
  return (
    <Dialog title={messages.newCodes} onClose={onClose} preventClose={regenerate.isPending}>
      <p>{messages.newCodesExplanation}</p>
      <Form action={action} onSubmit={submit} submitLabel={messages.newCodesSubmit} onCancel={onClose}>
        <OtpField name="code" label={fields.totpCode} autoFocus />
        {needsPassword && (
          <PasswordField name="password" label={fields.password} autoComplete="current-password" autoFocus />
        )}
      </Form>
    </Dialog>
  );
}

/** The password of a form, if it has one. */
const getPasswordInput = (form: FormValues) => (form.has('password') ? { password: form.text('password') } : {});
