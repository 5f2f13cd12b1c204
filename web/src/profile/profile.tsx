import { useQuery } from 'urql';
import { DeleteAccount } from '../account-closure/delete-account.js';
import { AccessTokens } from '../access-tokens/access-tokens.js';
import { Loaded } from '../elements/loaded.js';
import { ExportData } from '../export/export-data.js';
import { useFormats } from '../language/language.js';
import { AfterRecovery } from '../revoke-everything/after-recovery.js';
import { RevokeEverything } from '../revoke-everything/revoke-everything.js';
import { Page } from '../shell/shell.js';
import { ApiToken } from './api-token.js';
import { BindEmail } from './bind-email.js';
import { ChangePassword } from './change-password.js';
import { TableOfContents } from './table-of-contents.js';
import { useEnrolment } from './enrolment.js';
import { Events } from './events.js';
import { Findings } from './findings.js';
import { MyProfile, type ProfileData } from './my-profile.js';
import { Passkeys } from './passkeys.js';
import { Preferences } from './preferences.js';
import { Sessions } from './sessions.js';
import { useProfileDialogs } from './profile-dialog.js';
import { TrustedBrowsers, useHasTrustedBrowsers } from './trusted-browsers.js';
import { TwoFactor } from './two-factor.js';
import { Username } from './username.js';
import { useProfileMessages } from './messages.js';

const context = {
  additionalTypenames: ['AccessToken', 'ApiToken', 'Passkey', 'Session', 'SecurityFinding', 'TrustedBrowser'],
};

/** The Profile view: the user's basic information and security settings. */
export function Profile() {
  const { profile } = useProfileMessages();
  const [result, reexecuteQuery] = useQuery({ query: MyProfile, context });
  return (
    <Page title={profile.title} description={profile.description}>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ me }) => me && <Sections profile={me} />}
      </Loaded>
    </Page>
  );
}

/** The security checkup, then the sections in the order of the user documentation. */
function Sections({ profile: me }: { readonly profile: ProfileData }) {
  const { profile } = useProfileMessages();
  const { date } = useFormats();
  const enrolment = useEnrolment(me);
  const dialogs = useProfileDialogs(me);
  const hasTrustedBrowsers = useHasTrustedBrowsers();
  return (
    <div className="with-contents">
      <TableOfContents hasTrustedBrowsers={hasTrustedBrowsers} />
      <div className="sections">
        <AfterRecovery />
        <Findings
          findings={me.securityFindings ?? []}
          dialogs={dialogs}
          onEnrol={enrolment.start}
          isEnrolling={enrolment.isPending}
        />
        <h2>{profile.basic}</h2>
        <Username username={me.username} since={profile.since(date(me.createdAt))} />
        <BindEmail email={me.email ?? null} />
        <Preferences />
        <h2>{profile.security}</h2>
        <ChangePassword username={me.username} changedAt={me.passwordChangedAt ?? null} />
        <TwoFactor twoFactor={me.twoFactor ?? null} dialogs={dialogs} enrolment={enrolment} />
        <Passkeys passkeys={me.passkeys ?? []} twoFactor={me.twoFactor ?? null} />
        <ApiToken apiToken={me.apiToken ?? null} dialogs={dialogs} />
        <AccessTokens accessTokens={me.accessTokens ?? []} />
        <Sessions sessions={me.sessions ?? []} />
        {hasTrustedBrowsers && <TrustedBrowsers browsers={me.trustedBrowsers ?? []} />}
        <Events />
        <h2>{profile.account}</h2>
        <ExportData hasEmail={me.email !== null} />
        <RevokeEverything />
        <DeleteAccount email={me.email ?? null} />
      </div>
      {enrolment.dialog}
    </div>
  );
}
