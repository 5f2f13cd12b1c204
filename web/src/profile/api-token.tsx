import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { CopyButton, textBeside } from '../elements/copy-button.js';
import { Dialog } from '../elements/dialog.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import { useFormats, useMessages } from '../language/language.js';
import type { ProfileData } from './my-profile.js';
import type { ProfileDialogs } from './profile-dialog.js';
import { useProfileMessages } from './messages.js';

const ViewApiToken = graphql(`
  mutation ViewApiToken { viewApiToken { token userErrors { code field message } } }
`);

const ResetApiToken = graphql(`
  mutation ResetApiToken { resetApiToken { token apiToken { hint } userErrors { code field message } } }
`);

interface ApiTokenProps {
  readonly apiToken: ProfileData['apiToken'];
  readonly dialogs: ProfileDialogs;
}

/** The API token: view it, copy it and reset it. */
export function ApiToken({ apiToken, dialogs }: ApiTokenProps) {
  const { apiToken: messages } = useProfileMessages();
  const { punctuation } = useMessages();
  const view = useAction(ViewApiToken);
  const reset = useAction(ResetApiToken, ['ApiToken', 'User']);
  /** The token while it is shown; `token` is null if the server stores only its hash. */
  const [shown, setShown] = useState<{ readonly token: string | null } | null>(null);
  const show = (payload: { readonly token: string | null } | null) => {
    if (payload) setShown({ token: payload.token });
  };
  const resetToken = async () => {
    const payload = await reset.run({});
    show(payload);
    if (payload) dialogs.close();
  };
  const failure = view.failure ?? (dialogs.current === 'RESET_API_TOKEN' ? null : reset.failure);
  return (
    <Section
      id="api-token"
      title={messages.title}
      explanation={
        <>
          {messages.explanation}
          {punctuation.betweenSentences}
          <strong>{messages.warning}</strong>
        </>
      }
    >
      {failure && <FailureNotice failure={failure} />}
      <div className="fact">
        <span className="row-main">{apiToken ? <TokenSummary apiToken={apiToken} /> : messages.none}</span>
        <div className="buttons">
          {apiToken ? (
            <Button isBusy={view.isPending} onClick={shown ? () => setShown(null) : () => void view.run({}).then(show)}>
              {shown ? messages.hide : messages.view}
            </Button>
          ) : (
            <Button tone="main" isBusy={reset.isPending} onClick={() => void resetToken()}>
              {messages.create}
            </Button>
          )}
          {apiToken && <Button onClick={() => dialogs.open('RESET_API_TOKEN')}>{messages.reset}</Button>}
        </div>
      </div>
      {shown?.token && (
        <div className="secret" role="group" aria-label={messages.token}>
          <code>{shown.token}</code>
          <CopyButton text={shown.token} findText={textBeside} />
        </div>
      )}
      {shown && !shown.token && <Notice tone="info">{messages.notStored}</Notice>}
      {dialogs.current === 'RESET_API_TOKEN' && (
        <Dialog title={messages.resetTitle} onClose={dialogs.close}>
          <p>{messages.resetExplanation}</p>
          <Form
            action={reset}
            onSubmit={resetToken}
            submitLabel={messages.resetSubmit}
            tone="danger"
            onCancel={dialogs.close}
          />
        </Dialog>
      )}
    </Section>
  );
}

/** The hint of the token, and when it was created and last used. */
function TokenSummary({ apiToken }: { readonly apiToken: NonNullable<ProfileData['apiToken']> }) {
  const { apiToken: messages } = useProfileMessages();
  const { ago } = useFormats();
  return (
    <>
      <strong>{messages.hint(apiToken.hint)}</strong>
      <small>
        {messages.created(ago(apiToken.createdAt))} ·{' '}
        {apiToken.lastUsedAt
          ? messages.lastUsed(ago(apiToken.lastUsedAt), apiToken.lastUsedIp ?? '')
          : messages.neverUsed}
      </small>
    </>
  );
}
