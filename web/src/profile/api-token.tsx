import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { CopyButton } from '../elements/copy-button.js';
import { Dialog } from '../elements/dialog.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import { useFormats } from '../language/language.js';
import type { ProfileData } from './my-profile.js';
import type { Tasks } from './task.js';
import { useProfileWords } from './words.js';

const ViewApiToken = graphql(`
  mutation ViewApiToken { viewApiToken { token userErrors { code field message } } }
`);

const ResetApiToken = graphql(`
  mutation ResetApiToken { resetApiToken { token apiToken { hint } userErrors { code field message } } }
`);

interface ApiTokenProps {
  readonly apiToken: ProfileData['apiToken'];
  readonly tasks: Tasks;
}

/** The API token: view it, copy it and reset it. */
export function ApiToken({ apiToken, tasks }: ApiTokenProps) {
  const { apiToken: words } = useProfileWords();
  const { ago } = useFormats();
  const view = useAction(ViewApiToken);
  const reset = useAction(ResetApiToken, ['ApiToken', 'User']);
  /** The shown token; `token` is null if the server can't show it again. */
  const [shown, setShown] = useState<{ readonly token: string | null } | null>(null);
  const show = (payload: { readonly token: string | null } | null) => {
    if (payload) setShown({ token: payload.token });
  };
  const resetToken = async () => {
    const payload = await reset.run({});
    show(payload);
    if (payload) tasks.end();
  };
  const failure = view.failure ?? (tasks.current === 'RESET_API_TOKEN' ? null : reset.failure);
  return (
    <Section
      id="api-token"
      title={words.title}
      explanation={
        <>
          {words.explanation} <strong>{words.warning}</strong>
        </>
      }
    >
      {failure && <FailureNotice failure={failure} />}
      <div className="fact">
        <span className="row-main">
          {apiToken ? (
            <>
              <strong>{words.hint(apiToken.hint)}</strong>
              <small>
                {words.created(ago(apiToken.createdAt))} ·{' '}
                {apiToken.lastUsedAt
                  ? words.lastUsed(ago(apiToken.lastUsedAt), apiToken.lastUsedIp ?? '')
                  : words.neverUsed}
              </small>
            </>
          ) : (
            words.none
          )}
        </span>
        <div className="buttons">
          {apiToken && !shown && (
            <Button isBusy={view.isPending} onClick={() => void view.run({}).then(show)}>
              {words.view}
            </Button>
          )}
          {apiToken ? (
            <Button onClick={() => tasks.start('RESET_API_TOKEN')}>{words.reset}</Button>
          ) : (
            <Button tone="main" isBusy={reset.isPending} onClick={() => void resetToken()}>
              {words.create}
            </Button>
          )}
        </div>
      </div>
      {shown?.token && (
        <div className="secret" role="group" aria-label={words.token}>
          <code>{shown.token}</code>
          <CopyButton text={shown.token} />
          <Button onClick={() => setShown(null)}>{words.hide}</Button>
        </div>
      )}
      {shown && !shown.token && <Notice tone="info">{words.notStored}</Notice>}
      {tasks.current === 'RESET_API_TOKEN' && (
        <Dialog title={words.resetTitle} onClose={tasks.end}>
          <p>{words.resetExplanation}</p>
          <Form action={reset} onSubmit={resetToken} submit={words.resetSubmit} tone="danger" onCancel={tasks.end} />
        </Dialog>
      )}
    </Section>
  );
}
