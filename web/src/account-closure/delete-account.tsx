import { useState } from 'react';
import { useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Dialog } from '../elements/dialog.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useFormats } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import { useFactorChange } from '../session/use-factor-change.js';
import { useProof } from '../session/use-proof.js';
import { useSession } from '../session/viewer.js';
import { noteDeletion } from './deletion-note.js';

const DeleteMyAccount = graphql(`
  mutation DeleteMyAccount($input: DeleteMyAccountInput!) {
    deleteMyAccount(input: $input) { erasedAt userErrors { code field message } }
  }
`);

/** How long a deleted account can be restored (in days). */
const RESTORE_PERIOD_DAYS = 30;

interface DeleteAccountProps {
  /** The bound address, which the link to restore the account is mailed to; null if there is none. */
  readonly email: string | null;
}

/** The section with which users delete their own account. */
export function DeleteAccount({ email }: DeleteAccountProps) {
  const { deleteAccount: messages } = useProfileMessages();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section id="delete-account" title={messages.title} explanation={messages.explanation(RESTORE_PERIOD_DAYS)}>
      <div className="buttons">
        <Button className="dangerous" onClick={() => setIsOpen(true)}>
          {messages.open}
        </Button>
      </div>
      {isOpen && <DeleteAccountDialog email={email} onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

function DeleteAccountDialog({ email, onClose }: DeleteAccountProps & { readonly onClose: () => void }) {
  const { deleteAccount: messages } = useProfileMessages();
  const { date } = useFormats();
  const { restartSession } = useSession();
  const announce = useAnnounce();
  const [, navigate] = useLocation();
  const [opened] = useState(() => new Date());
  const remove = useFactorChange(DeleteMyAccount);
  const proof = useProof(remove.action, remove);
  const submit = async (form: FormValues) => {
    const input = await proof.read(form);
    const payload = input && (await remove.run({ input }));
    if (!payload?.erasedAt) return;
    noteDeletion({ erasedAt: payload.erasedAt, email });
    announce('');
    navigate('/account-deleted', { replace: true });
    restartSession();
  };
  const erasedAt = new Date(opened);
  erasedAt.setUTCDate(erasedAt.getUTCDate() + RESTORE_PERIOD_DAYS);
  return (
    <Dialog title={messages.question} onClose={onClose} preventClose={proof.action.isPending}>
      <ul className="consequences">
        <li>{messages.signsOut}</li>
        <li>{messages.revokes}</li>
        <li>{messages.erases(date(erasedAt.toISOString()))}</li>
        <li>{email === null ? messages.restoredByAdministrator : messages.restoredByLink(email)}</li>
      </ul>
      <p>
        <a href="#export" onClick={onClose}>
          {messages.exportFirst}
        </a>
      </p>
      <Form action={proof.action} onSubmit={submit} submitLabel={messages.open} tone="danger" onCancel={onClose}>
        {proof.fields}
      </Form>
    </Dialog>
  );
}
