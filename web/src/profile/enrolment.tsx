import { useState, type ReactNode } from 'react';
import { graphql } from '../api/graphql.js';
import type { Failure } from '../api/failure.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { CopyButton } from '../elements/copy-button.js';
import { Dialog } from '../elements/dialog.js';
import { Form } from '../form/form.js';
import { OtpField } from '../form/otp-field.js';
import type { Typed } from '../form/typed.js';
import type { EnableTwoFactorMutation } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { BackupCodes } from './backup-codes.js';
import type { ProfileOfPage } from './my-profile.js';
import { useProfileWords } from './words.js';

const EnableTwoFactor = graphql(`
  mutation EnableTwoFactor { enableTwoFactor { enrolment { secret qrCode } userErrors { code field message } } }
`);

const ConfirmTwoFactor = graphql(`
  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {
    confirmTwoFactor(input: $input) { user { id twoFactor { enabled enabledAt backupCodesLeft } } backupCodes userErrors { code field message } }
  }
`);

type Enrolled = NonNullable<NonNullable<EnableTwoFactorMutation['enableTwoFactor']>['enrolment']>;

/** Turning two-factor authentication on, or replacing the app while it is on. */
export interface Enrolment {
  readonly start: () => void;
  readonly isUnderWay: boolean;
  readonly failure: Failure | null;
  /** The dialog, while it is open. */
  readonly dialog: ReactNode;
}

/** An enrolment that any part of the page can start: the QR code, the first code of the app, and the backup codes. */
export function useEnrolment({ username, twoFactor }: Pick<ProfileOfPage, 'username' | 'twoFactor'>): Enrolment {
  const { twoFactor: words } = useProfileWords();
  const announce = useAnnounce();
  const enable = useAction(EnableTwoFactor);
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const [backupCodes, setBackupCodes] = useState<readonly string[] | null>(null);
  const start = async () => {
    const payload = await enable.run({});
    if (payload?.enrolment) setEnrolled(payload.enrolment);
  };
  const confirmed = (codes: readonly string[]) => {
    setEnrolled(null);
    setBackupCodes(codes);
  };
  const saved = () => {
    setBackupCodes(null);
    announce(words.enabled);
  };
  const dialog = backupCodes ? (
    <BackupCodes codes={backupCodes} username={username} onSaved={saved} />
  ) : (
    enrolled && (
      <EnrolmentDialog
        enrolled={enrolled}
        isReplacement={twoFactor?.enabled === true}
        onConfirmed={confirmed}
        onClose={() => setEnrolled(null)}
      />
    )
  );
  return { start: () => void start(), isUnderWay: enable.isUnderWay, failure: enable.failure, dialog };
}

interface EnrolmentDialogProps {
  readonly enrolled: Enrolled;
  readonly isReplacement: boolean;
  readonly onConfirmed: (backupCodes: readonly string[]) => void;
  readonly onClose: () => void;
}

function EnrolmentDialog({ enrolled: { secret, qrCode }, isReplacement, onConfirmed, onClose }: EnrolmentDialogProps) {
  const { fields } = useWords();
  const { twoFactor: words } = useProfileWords();
  const confirm = useAction(ConfirmTwoFactor, ['Session', 'User']);
  const submit = async (form: Typed) => {
    const payload = await confirm.run({ input: { code: form.text('code') } });
    if (payload?.backupCodes) onConfirmed(payload.backupCodes);
  };
  return (
    <Dialog
      title={isReplacement ? words.replaceTitle : words.enrolTitle}
      onClose={onClose}
      mustStay={confirm.isUnderWay}
      isWide
    >
      <p>{isReplacement ? words.replaceNote : words.apps}</p>
      <div className="enrolment">
        <img src={qrCode} alt={words.qrCode} width="208" height="208" />
        <div>
          <p>{words.scan}</p>
          <details>
            <summary>{words.cannotScan}</summary>
            <p className="label">{words.setupKey}</p>
            <div className="secret">
              <code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
              <CopyButton text={secret} />
            </div>
          </details>
          <Form action={confirm} onSubmit={submit} submit={words.confirm} onCancel={onClose}>
            <OtpField name="code" label={fields.code} hint={`${words.enterCode} ${words.validFor}`} autoFocus />
          </Form>
        </div>
      </div>
    </Dialog>
  );
}
