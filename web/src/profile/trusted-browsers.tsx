import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Dialog } from '../elements/dialog.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import { useFormats } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import type { ProfileData } from './my-profile.js';
import { useProfileMessages } from './messages.js';

const ForgetTrustedBrowsers = graphql(`
  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {
    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }
  }
`);

type TrustedBrowser = NonNullable<ProfileData['trustedBrowsers']>[number];

/** Forgets trusted browsers, which also ends the sessions that they opened. */
const useForget = () => useAction(ForgetTrustedBrowsers, ['TrustedBrowser', 'Session', 'SecurityFinding']);

/** Whether the user can trust browsers: never an administrator, and only with a second step to skip. */
export function useHasTrustedBrowsers(): boolean {
  const { viewer, policy } = useSession();
  return policy.trustedBrowserDays !== null && viewer?.role === 'USER' && viewer.twoFactor?.enabled === true;
}

/** The browsers in which the user skips the second step of a sign-in, with buttons to forget them. */
export function TrustedBrowsers({ browsers }: { readonly browsers: readonly TrustedBrowser[] }) {
  const { trustedBrowsers: messages } = useProfileMessages();
  const [isForgettingAll, setIsForgettingAll] = useState(false);
  return (
    <Section id="trusted-browsers" title={messages.title} explanation={messages.explanation}>
      {browsers.length === 0 && <p className="hint">{messages.none}</p>}
      {browsers.length > 0 && (
        <ul className="rows">
          {[...browsers]
            .sort((a, b) => Number(b.current) - Number(a.current))
            .map((browser) => (
              <BrowserRow key={browser.id} browser={browser} />
            ))}
        </ul>
      )}
      {browsers.length > 1 && (
        <div className="buttons section-end">
          <Button onClick={() => setIsForgettingAll(true)}>{messages.forgetAll}</Button>
        </div>
      )}
      {isForgettingAll && <ForgetAllDialog onClose={() => setIsForgettingAll(false)} />}
    </Section>
  );
}

function BrowserRow({
  browser: { id, current, device, ip, createdAt, lastUsedAt, expiresAt },
}: {
  readonly browser: TrustedBrowser;
}) {
  const { trustedBrowsers: messages } = useProfileMessages();
  const { ago, date, device: deviceName } = useFormats();
  const announce = useAnnounce();
  const forget = useForget();
  const name = deviceName(device);
  const forgetIt = async () => {
    if (await forget.run({ input: { ids: [id] } })) announce(messages.forgotten);
  };
  return (
    <li>
      <span className="row-main">
        <strong>
          {name} {current && <span className="badge info">{messages.current}</span>}
        </strong>
        <small>
          {messages.trusted(ago(createdAt))} · {messages.lastUsed(ago(lastUsedAt))}
        </small>
        <small>{[ip, messages.ends(date(expiresAt))].filter(Boolean).join(' · ')}</small>
        {forget.failure && <FailureNotice failure={forget.failure} />}
      </span>
      <Button
        className="small"
        aria-label={messages.forgetOne(name)}
        isBusy={forget.isPending}
        onClick={() => void forgetIt()}
      >
        {messages.forget}
      </Button>
    </li>
  );
}

function ForgetAllDialog({ onClose }: { readonly onClose: () => void }) {
  const { trustedBrowsers: messages } = useProfileMessages();
  const announce = useAnnounce();
  const forget = useForget();
  const submit = async () => {
    const payload = await forget.run({ input: {} });
    if (!payload) return;
    onClose();
    announce(messages.forgottenCount(payload.forgottenIds?.length ?? 0));
  };
  return (
    <Dialog title={messages.forgetAllTitle} onClose={onClose}>
      <p>{messages.forgetAllExplanation}</p>
      <Form action={forget} onSubmit={submit} submitLabel={messages.forgetAll} tone="danger" onCancel={onClose} />
    </Dialog>
  );
}
