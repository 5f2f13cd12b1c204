import { Fragment, useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Dialog } from '../elements/dialog.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import type { FormValues } from '../form/form-values.js';
import { useFormats, useMessages } from '../language/language.js';
import { useProof } from '../session/use-proof.js';
import { useViewer } from '../session/viewer.js';
import { BackupCodes } from './backup-codes.js';
import type { Enrolment } from './enrolment.js';
import type { ProfileData } from './my-profile.js';
import type { ProfileDialogs } from './profile-dialog.js';
import { useProfileMessages } from './messages.js';

const DisableTwoFactor = graphql(`
  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {
    disableTwoFactor(input: $input) { user { id twoFactor { enabled factors } } userErrors { code field message } }
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
  const { punctuation } = useMessages();
  const isEnabled = twoFactor?.enabled === true;
  const factors = twoFactor?.factors ?? [];
  const hasApp = factors.includes('TOTP');
  const hasPasskey = factors.includes('PASSKEY');
  const badge = (
    <span className={`badge ${isEnabled ? 'good' : 'warning'}`}>{isEnabled ? messages.on : messages.off}</span>
  );
  return (
    <Section
      id="two-factor"
      title={messages.title}
      explanation={isEnabled && !hasApp ? messages.explanationPasskeys : messages.explanation}
      headerExtra={badge}
    >
      {failure && <FailureNotice failure={failure} />}
      {isEnabled ? (
        <Fragment key="on">
          <p className="fact-line">
            {twoFactor.enabledAt && messages.enabledAt(date(twoFactor.enabledAt))}
            {punctuation.betweenSentences}
            {messages.factors(hasApp, hasPasskey)}
            {punctuation.betweenSentences}
            {messages.codesLeft(twoFactor.backupCodesLeft)}
          </p>
          <div className="buttons">
            <Button onClick={() => dialogs.open('NEW_BACKUP_CODES')}>{messages.newCodes}</Button>
            <Button isBusy={isPending} onClick={start}>
              {hasApp ? messages.replace : messages.addApp}
            </Button>
            {hasApp && (
              <Button onClick={() => dialogs.open('DISABLE_TWO_FACTOR')}>
                {hasPasskey ? messages.removeApp : messages.disable}
              </Button>
            )}
          </div>
        </Fragment>
      ) : (
        <Fragment key="off">
          <p className="fact-line">{messages.apps}</p>
          <div className="buttons">
            <Button tone="main" isBusy={isPending} onClick={start}>
              {messages.enable}
            </Button>
          </div>
        </Fragment>
      )}
      {dialogs.current === 'DISABLE_TWO_FACTOR' && <DisableDialog hasPasskey={hasPasskey} onClose={dialogs.close} />}
      {dialogs.current === 'NEW_BACKUP_CODES' && <NewCodesDialog onClose={dialogs.close} />}
    </Section>
  );
}

interface DisableDialogProps {
  /** Whether passkeys stay, so that only the app is removed. */
  readonly hasPasskey: boolean;
  readonly onClose: () => void;
}

function DisableDialog({ hasPasskey, onClose }: DisableDialogProps) {
  const { twoFactor: messages } = useProfileMessages();
  const announce = useAnnounce();
  const disable = useAction(DisableTwoFactor, ['Session', 'User']);
  const [needsPassword, action] = useRequestedProof(disable, 'PASSWORD_REQUIRED');
  const proof = useProof(action, { needsPassword, needsFactor: true });
  const submit = async (form: FormValues) => {
    const { factor, ...password } = (await proof.read(form)) ?? {};
    if (!factor || !(await disable.run({ input: { factor, ...password } }))) return;
    onClose();
    announce(hasPasskey ? messages.appRemoved : messages.disabled);
  };
  const title = hasPasskey ? messages.removeApp : messages.disable;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{hasPasskey ? messages.removeAppExplanation : messages.disableExplanation}</p>
      <Form action={proof.action} onSubmit={submit} submitLabel={title} tone="danger" onCancel={onClose}>
        {proof.fields}
      </Form>
    </Dialog>
  );
}

function NewCodesDialog({ onClose }: { readonly onClose: () => void }) {
  const { twoFactor: messages } = useProfileMessages();
  const { username } = useViewer();
  const announce = useAnnounce();
  const regenerate = useAction(RegenerateBackupCodes, ['User']);
  const [needsPassword, action] = useRequestedProof(regenerate, 'PASSWORD_REQUIRED');
  const proof = useProof(action, { needsPassword, needsFactor: true, accepts: ['TOTP', 'PASSKEY'] });
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const submit = async (form: FormValues) => {
    const input = await proof.read(form);
    const payload = input && (await regenerate.run({ input }));
    if (payload?.backupCodes) setCodes(payload.backupCodes);
  };
  const saved = () => {
    onClose();
    announce(messages.codesReplaced);
  };
  if (codes) return <BackupCodes codes={codes} username={username} onSaved={saved} />;
  return (
    <Dialog title={messages.newCodes} onClose={onClose} preventClose={proof.action.isPending}>
      <p>{messages.newCodesExplanation}</p>
      <Form action={proof.action} onSubmit={submit} submitLabel={messages.newCodesSubmit} onCancel={onClose}>
        {proof.fields}
      </Form>
    </Dialog>
  );
}
