import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Dialog } from '../elements/dialog.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Section } from '../elements/section.js';
import { FactorField } from '../form/factor-field.js';
import { factorIn } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import { OtpField } from '../form/otp-field.js';
import { PasswordField } from '../form/password-field.js';
import type { FormValues } from '../form/form-values.js';
import { useFormats, useWords } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { BackupCodes } from './backup-codes.js';
import type { Enrolment } from './enrolment.js';
import type { ProfileData } from './my-profile.js';
import type { Tasks } from './task.js';
import { useProfileWords } from './words.js';

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
  readonly tasks: Tasks;
  readonly enrolment: Enrolment;
}

/** Two-factor authentication: its status and its actions. */
export function TwoFactor({ twoFactor, tasks, enrolment: { start, isPending, failure } }: TwoFactorProps) {
  const { twoFactor: words } = useProfileWords();
  const { date } = useFormats();
  const isOn = twoFactor?.enabled === true;
  const badge = <span className={`badge ${isOn ? 'good' : 'warning'}`}>{isOn ? words.on : words.off}</span>;
  return (
    <Section id="two-factor" title={words.title} explanation={words.explanation} beside={badge}>
      {failure && <FailureNotice failure={failure} />}
      {isOn ? (
        <>
          <p className="fact-line">
            {twoFactor.enabledAt && words.enabledAt(date(twoFactor.enabledAt))}{' '}
            {words.codesLeft(twoFactor.backupCodesLeft)}
          </p>
          <div className="buttons">
            <Button onClick={() => tasks.start('NEW_BACKUP_CODES')}>{words.newCodes}</Button>
            <Button isBusy={isPending} onClick={start}>
              {words.replace}
            </Button>
            <Button onClick={() => tasks.start('DISABLE_TWO_FACTOR')}>{words.disable}</Button>
          </div>
        </>
      ) : (
        <>
          <p className="fact-line">{words.apps}</p>
          <div className="buttons">
            <Button tone="main" isBusy={isPending} onClick={start}>
              {words.enable}
            </Button>
          </div>
        </>
      )}
      {tasks.current === 'DISABLE_TWO_FACTOR' && <DisableDialog onClose={tasks.end} />}
      {tasks.current === 'NEW_BACKUP_CODES' && <NewCodesDialog onClose={tasks.end} />}
    </Section>
  );
}

function DisableDialog({ onClose }: { readonly onClose: () => void }) {
  const { fields } = useWords();
  const { twoFactor: words } = useProfileWords();
  const announce = useAnnounce();
  const disable = useAction(DisableTwoFactor, ['Session', 'User']);
  const [needsPassword, action] = useRequestedProof(disable, 'PASSWORD_REQUIRED');
  const submit = async (form: FormValues) => {
    const factor = factorIn(form);
    if (!factor || !(await disable.run({ input: { factor, ...passwordIn(form) } }))) return;
    onClose();
    announce(words.disabled);
  };
  return (
    <Dialog title={words.disable} onClose={onClose}>
      <p>{words.disableExplanation}</p>
      <Form action={action} onSubmit={submit} submit={words.disable} tone="danger" onCancel={onClose}>
        <FactorField autoFocus />
        {needsPassword && (
          <PasswordField name="password" label={fields.password} autoComplete="current-password" autoFocus />
        )}
      </Form>
    </Dialog>
  );
}

function NewCodesDialog({ onClose }: { readonly onClose: () => void }) {
  const { fields } = useWords();
  const { twoFactor: words } = useProfileWords();
  const { username } = useViewer();
  const announce = useAnnounce();
  const regenerate = useAction(RegenerateBackupCodes, ['User']);
  const [needsPassword, action] = useRequestedProof(regenerate, 'PASSWORD_REQUIRED');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const submit = async (form: FormValues) => {
    const payload = await regenerate.run({ input: { code: form.text('code'), ...passwordIn(form) } });
    if (payload?.backupCodes) setCodes(payload.backupCodes);
  };
  const saved = () => {
    onClose();
    announce(words.codesReplaced);
  };
  if (codes) return <BackupCodes codes={codes} username={username} onSaved={saved} />;
  return (
    <Dialog title={words.newCodes} onClose={onClose} mustStay={regenerate.isPending}>
      <p>{words.newCodesExplanation}</p>
      <Form action={action} onSubmit={submit} submit={words.newCodesSubmit} onCancel={onClose}>
        <OtpField name="code" label={fields.totpCode} autoFocus />
        {needsPassword && (
          <PasswordField name="password" label={fields.password} autoComplete="current-password" autoFocus />
        )}
      </Form>
    </Dialog>
  );
}

/** The password, if the server requested it. */
const passwordIn = (form: FormValues) => (form.has('password') ? { password: form.text('password') } : {});
