import { useState, type ReactNode } from 'react';
import { graphql } from '../api/graphql.js';
import type { Failure } from '../api/failure.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { CopyButton, textBeside } from '../elements/copy-button.js';
import { Dialog } from '../elements/dialog.js';
import { useSecondsUntil } from '../elements/use-seconds-until.js';
import { Form } from '../form/form.js';
import { OtpField } from '../form/otp-field.js';
import type { FormValues } from '../form/form-values.js';
import type { EnableTwoFactorMutation } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useFactorChange } from '../session/use-factor-change.js';
import type { ProofInput } from '../session/use-proof.js';
import { BackupCodes } from './backup-codes.js';
import type { ProfileData } from './my-profile.js';
import { useProfileMessages } from './messages.js';
import { ReplacementProof } from './replacement-proof.js';

const EnableTwoFactor = graphql(`
  mutation EnableTwoFactor($input: EnableTwoFactorInput) { enableTwoFactor(input: $input) { enrolment { secret qrCode } userErrors { code field message } } }
`);

const ConfirmTwoFactor = graphql(`
  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {
    confirmTwoFactor(input: $input) { user { id twoFactor { enabled enabledAt backupCodesLeft factors } } backupCodes userErrors { code field message } }
  }
`);

/** How long a setup key is valid, measured by this browser's clock, which may differ from the server's. */
const LIFETIME_MS = 10 * 60_000;

type Secret = NonNullable<NonNullable<EnableTwoFactorMutation['enableTwoFactor']>['enrolment']>;
type StartedEnrolment = Secret & { readonly expiresAt: number };

/** The setup of an authenticator app: the first one, or a replacement. */
export interface Enrolment {
  readonly start: () => void;
  readonly isPending: boolean;
  readonly failure: Failure | null;
  /** The open dialog, if any. */
  readonly dialog: ReactNode;
}

/**
 * Lets any section start an enrolment: shows the QR code, verifies the first code from the app, then shows the backup
 * codes.
 */
export function useEnrolment({ username, twoFactor }: Pick<ProfileData, 'username' | 'twoFactor'>): Enrolment {
  const { twoFactor: messages } = useProfileMessages();
  const announce = useAnnounce();
  const change = useFactorChange(EnableTwoFactor);
  const { action, needsFactor } = change;
  /** Only a replacement needs a proof; the first request for it is remembered, also after 2FA was disabled. */
  const needsProof = (change.needsPassword || needsFactor) && twoFactor?.enabled === true;
  const [isProving, setIsProving] = useState(false);
  const [enrolled, setEnrolled] = useState<StartedEnrolment | null>(null);
  const [backupCodes, setBackupCodes] = useState<readonly string[] | null>(null);
  const start = async (input: ProofInput | null) => {
    setIsProving(true);
    const payload = await change.run({ input });
    if (!payload?.enrolment) return;
    setIsProving(false);
    setEnrolled({ ...payload.enrolment, expiresAt: Date.now() + LIFETIME_MS });
  };
  const confirmed = (codes: readonly string[] | null) => {
    setEnrolled(null);
    setBackupCodes(codes);
    if (!codes) announce(messages.appAdded);
  };
  const isOn = twoFactor?.enabled === true;
  const hasApp = twoFactor?.factors.includes('TOTP') === true;
  const title = !isOn ? messages.enrolTitle : hasApp ? messages.replace : messages.addApp;
  const saved = () => {
    setBackupCodes(null);
    announce(messages.enabled);
  };
  const getDialog = () => {
    if (backupCodes) return <BackupCodes codes={backupCodes} username={username} onSaved={saved} />;
    if (enrolled) {
      const close = () => setEnrolled(null);
      const explanation = hasApp ? messages.replaceNote : messages.apps;
      return <EnrolmentDialog {...{ enrolled, title, explanation }} onConfirmed={confirmed} onClose={close} />;
    }
    const close = () => {
      change.forget();
      setIsProving(false);
    };
    const explanation = !needsFactor
      ? messages.replaceProofLost
      : hasApp
        ? messages.replaceProof
        : messages.addAppProof;
    return (
      isProving &&
      needsProof && (
        <ReplacementProof {...{ title, explanation, change, needsFactor }} onSubmit={start} onClose={close} />
      )
    );
  };
  const failure = isProving && needsProof ? null : action.failure;
  const open = () => {
    change.forget();
    void start(null);
  };
  return { start: open, isPending: action.isPending, failure, dialog: getDialog() };
}

interface EnrolmentDialogProps {
  readonly enrolled: StartedEnrolment;
  readonly title: string;
  readonly explanation: string;
  /** Receives the backup codes; null if the account keeps those it has. */
  readonly onConfirmed: (backupCodes: readonly string[] | null) => void;
  readonly onClose: () => void;
}

function EnrolmentDialog({
  enrolled: { secret, qrCode, expiresAt },
  title,
  explanation,
  onConfirmed,
  onClose,
}: EnrolmentDialogProps) {
  const { fields, factor } = useMessages();
  const { twoFactor: messages } = useProfileMessages();
  const secondsLeft = useSecondsUntil(expiresAt);
  const confirm = useAction(ConfirmTwoFactor, ['Session', 'User']);
  const submit = async (form: FormValues) => {
    const payload = await confirm.run({ input: { code: form.text('code') } });
    if (payload) onConfirmed(payload.backupCodes ?? null);
  };
  return (
    <Dialog title={title} onClose={onClose} preventClose={confirm.isPending} isWide>
      <p>{explanation}</p>
      <div className="enrolment">
        <img src={qrCode} alt={messages.qrCode} width="208" height="208" />
        <div>
          <p>{messages.scan}</p>
          <details>
            <summary>{messages.cannotScan}</summary>
            <p className="label">{messages.setupKey}</p>
            <div className="secret">
              <code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
              <CopyButton text={secret} findText={textBeside} />
            </div>
          </details>
          <Form action={confirm} onSubmit={submit} submitLabel={messages.confirm} onCancel={onClose}>
            <OtpField
              name="code"
              label={fields.code}
              hint={messages.enterCode}
              wrongCode={factor.wrongAppCode}
              autoFocus
            />
            <p className="hint">
              {secondsLeft > 0 ? messages.expiresIn(minutesAndSeconds(secondsLeft)) : messages.expired}
            </p>
          </Form>
        </div>
      </div>
    </Dialog>
  );
}

/** A countdown, e.g. "9:41". */
const minutesAndSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
