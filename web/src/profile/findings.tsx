import { hasWebauthn } from '../form/has-webauthn.js';
import { useLocation } from 'wouter';
import { Button } from '../elements/button.js';
import type { ProfileData } from './my-profile.js';
import type { ProfileDialogs } from './profile-dialog.js';
import { useProfileMessages } from './messages.js';

type Finding = NonNullable<ProfileData['securityFindings']>[number];

const tones = { HIGH: 'danger', MEDIUM: 'warning', LOW: 'info' } as const;

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly dialogs: ProfileDialogs;
  readonly onEnrol: () => void;
  readonly isEnrolling: boolean;
}

/** The security checkup: findings, most urgent first, each with a button that leads to its solution or subject. */
export function Findings({ findings, dialogs, onEnrol, isEnrolling }: FindingsProps) {
  const { findings: messages } = useProfileMessages();
  const [, navigate] = useLocation();
  const handleFix = ({ code, subject }: Finding) => {
    switch (code) {
      case 'PASSWORD_COMMON':
        return scrollToElement('#password input:not([hidden])');
      case 'TWO_FACTOR_OFF':
        return onEnrol();
      case 'FEW_BACKUP_CODES':
        return dialogs.open('NEW_BACKUP_CODES');
      case 'API_TOKEN_UNUSED':
        return dialogs.open('RESET_API_TOKEN');
      case 'NO_PASSKEY':
        return scrollToElement(hasWebauthn() ? '#passkeys .button' : '#passkeys h3');
      case 'NO_EMAIL':
        return scrollToElement('#email input');
      case 'ACCESS_TOKEN_EXPIRING':
        return scrollToElement(`#${subject?.id} .rotate`);
      case 'ACCESS_TOKEN_UNUSED':
        return scrollToElement(`#${subject?.id} .revoke`);
      case 'STALE_SESSION':
        return scrollToElement(`#${subject?.id} button`);
      case 'CALL_KEY_UNUSED':
        return navigate(`/keys?${new URLSearchParams({ search: subject && 'name' in subject ? subject.name : '' })}`);
    }
  };
  return (
    <section className="findings card" aria-labelledby="findings-title">
      <h2 id="findings-title">{messages.title}</h2>
      {findings.length === 0 ? (
        <p className="all-set">{messages.none}</p>
      ) : (
        <ul className="rows">
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.subject?.id}`}>
              <span className="row-main">
                <span>
                  <span className={`badge ${tones[finding.severity]}`}>{messages.severity[finding.severity]}</span>
                </span>
                <span>{finding.message}</span>
              </span>
              <Button
                tone={finding.severity === 'HIGH' ? 'main' : 'plain'}
                isBusy={finding.code === 'TWO_FACTOR_OFF' && isEnrolling}
                onClick={() => handleFix(finding)}
              >
                {messages.actions[finding.code]}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Scrolls to the row or section of an element and focuses it. */
function scrollToElement(selector: string): void {
  const target = document.querySelector<HTMLElement>(selector);
  target?.closest('li[id], section')?.scrollIntoView();
  target?.focus({ preventScroll: true });
}
