import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Dialog } from '../elements/dialog.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useFormats } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import { forgetRecovery } from './recovery-note.js';

const RevokeEverythingDocument = graphql(`
  mutation RevokeEverything($input: RevokeEverythingInput!) {
    revokeEverything(input: $input) { sessions accessTokens callKeys userErrors { code field message } }
  }
`);

const LiveCallKeys = graphql(`
  query LiveCallKeys {
    me { id callKeys(filter: { status: ACTIVE }, first: 20) { totalCount edges { node { id name hint } } } }
  }
`);

/** What may have changed: everything that the profile shows. */
const REFRESHES = ['AccessToken', 'ApiToken', 'CallKey', 'SecurityFinding', 'Session', 'TrustedBrowser', 'User'];

/** The section for users who fear that someone else got in. */
export function RevokeEverything() {
  const { revokeEverything: messages } = useProfileMessages();
  return (
    <Section id="revoke-everything" title={messages.title} explanation={messages.hint}>
      <div className="buttons">
        <RevokeEverythingButton />
      </div>
    </Section>
  );
}

/** The button that opens its dialog. */
export function RevokeEverythingButton() {
  const { revokeEverything: messages } = useProfileMessages();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{messages.title}</Button>
      {isOpen && <RevokeEverythingDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function RevokeEverythingDialog({ onClose }: { readonly onClose: () => void }) {
  const { revokeEverything: messages } = useProfileMessages();
  const announce = useAnnounce();
  const action = useAction(RevokeEverythingDocument, REFRESHES);
  const submit = async (form: FormValues) => {
    const payload = await action.run({ input: { callKeys: form.has('callKeys') } });
    if (!payload) return;
    forgetRecovery();
    onClose();
    announce(messages.done(payload.sessions ?? 0, payload.accessTokens ?? 0, payload.callKeys ?? 0));
  };
  return (
    <Dialog title={messages.question} onClose={onClose} preventClose={action.isPending}>
      <ul className="consequences">
        <li>{messages.ends}</li>
        <li>{messages.stays}</li>
      </ul>
      <Form action={action} onSubmit={submit} submitLabel={messages.submit} tone="danger" onCancel={onClose}>
        <LiveKeys />
      </Form>
    </Dialog>
  );
}

/** The call keys that live on, and whether to disable them too. */
function LiveKeys() {
  const { revokeEverything: messages } = useProfileMessages();
  const { number } = useFormats();
  const [{ data }] = useQuery({ query: LiveCallKeys, requestPolicy: 'network-only' });
  const keys = data?.me?.callKeys;
  if (!keys || keys.totalCount === 0) return null;
  const others = keys.totalCount - keys.edges.length;
  return (
    <>
      <p>{messages.liveKeys}</p>
      <ul className="named">
        {keys.edges.map(({ node: { id, name, hint } }) => (
          <li key={id}>
            <bdi>{name}</bdi> <code className="hint">{hint}</code>
          </li>
        ))}
        {others > 0 && (
          <li>
            <Link href="/keys">{messages.moreKeys(number(others))}</Link>
          </li>
        )}
      </ul>
      <label className="check">
        <input type="checkbox" name="callKeys" /> {messages.disableKeys}
      </label>
    </>
  );
}
