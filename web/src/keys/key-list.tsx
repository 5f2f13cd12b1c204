import { useState, type ReactNode } from 'react';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { Table, type Column } from '../elements/table.js';
import { useErrorMessage } from '../form/use-error-message.js';
import { useMessages } from '../language/language.js';
import { UpdateCallKey, type CallKey, type KeyDialogName } from './call-keys.js';
import { useKeyColumns } from './columns.js';
import { KeyActions } from './key-actions.js';
import { DeleteKeysDialog, EditKeyDialog, EndGraceDialog, RotateKeyDialog } from './key-dialogs.js';
import { useKeysMessages } from './messages.js';

interface KeyListProps {
  readonly callKeys: readonly CallKey[];
  readonly isBusy: boolean;
  /** Shown if there are no keys. */
  readonly empty: ReactNode;
}

/** A page of keys with their actions. An open dialog stays open even if its key disappears from the list. */
export function KeyList({ callKeys, isBusy, empty }: KeyListProps) {
  const messages = useKeysMessages();
  const { lists } = useMessages();
  const toMessage = useErrorMessage();
  const toggle = useToggleStatus();
  const [open, setOpen] = useState<{ readonly dialog: KeyDialogName; readonly callKey: CallKey } | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set());
  const [isDeleting, setIsDeleting] = useState(false);
  const selectedKeys = callKeys.filter(({ id }) => selected.has(id));
  const columns = [
    ...useKeyColumns(),
    {
      name: 'actions',
      title: lists.actions,
      cell: (callKey: CallKey) => (
        <KeyActions
          callKey={callKey}
          onOpen={(dialog) => setOpen({ dialog, callKey })}
          onToggle={() => void toggle.run(callKey)}
        />
      ),
    } satisfies Column<CallKey>,
  ];
  return (
    <>
      {toggle.failure && <FailureNotice failure={toggle.failure} />}
      {toggle.userErrors.map((error) => (
        <Notice key={error.code} tone="danger">
          {toMessage(error)}
        </Notice>
      ))}
      {selectedKeys.length > 0 && (
        <div className="selection-bar">
          <span role="status">{lists.selected(selectedKeys.length)}</span>
          <Button tone="danger" className="small" onClick={() => setIsDeleting(true)}>
            {messages.remove}
          </Button>
        </div>
      )}
      {callKeys.length === 0 ? (
        empty
      ) : (
        <Table
          label={messages.table}
          columns={columns}
          rows={callKeys}
          isBusy={isBusy}
          selection={{ selected, onChange: setSelected, getRowName: ({ name }) => name }}
        />
      )}
      {open && <KeyDialog key={open.callKey.id} {...open} onClose={() => setOpen(null)} />}
      {isDeleting && (
        <DeleteKeysDialog
          callKeys={selectedKeys}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => {
            setIsDeleting(false);
            setSelected(new Set());
          }}
        />
      )}
    </>
  );
}

/** Disables and enables a key. */
function useToggleStatus() {
  const { done } = useKeysMessages();
  const announce = useAnnounce();
  const { run, ...state } = useAction(UpdateCallKey);
  return {
    ...state,
    run: async ({ id, name, status }: CallKey) => {
      const isDisabled = status === 'DISABLED';
      if (await run({ input: { id, status: isDisabled ? 'ACTIVE' : 'DISABLED' } }))
        announce(isDisabled ? done.enabled(name) : done.disabled(name));
    },
  };
}

function KeyDialog({
  dialog,
  callKey,
  onClose,
}: {
  readonly dialog: KeyDialogName;
  readonly callKey: CallKey;
  readonly onClose: () => void;
}) {
  const { created } = useKeysMessages();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null)
    return <SecretDialog title={created.title} explanation={created.explanation} secret={secret} onSaved={onClose} />;
  switch (dialog) {
    case 'edit':
      return <EditKeyDialog callKey={callKey} onClose={onClose} />;
    case 'rotate':
      return <RotateKeyDialog callKey={callKey} onClose={onClose} onSecret={setSecret} />;
    case 'endGrace':
      return <EndGraceDialog callKey={callKey} onClose={onClose} />;
    case 'delete':
      return <DeleteKeysDialog callKeys={[callKey]} onClose={onClose} onDeleted={onClose} />;
  }
}
