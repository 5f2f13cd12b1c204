import { useState, type ReactNode } from 'react';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { FailureNotice } from '../elements/failure-notice.js';
import { Notice } from '../elements/notice.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { Table, type Column } from '../elements/table.js';
import { useRefusalText } from '../form/refusal-text.js';
import { useWords } from '../language/language.js';
import { UpdateCallKey, type CallKey, type Intent } from './call-keys.js';
import { useKeyColumns } from './columns.js';
import { KeyActions } from './key-actions.js';
import { DeleteKeysDialog, EditKeyDialog, EndGraceDialog, RotateKeyDialog } from './key-dialogs.js';
import { useKeysWords } from './words.js';

interface KeyListProps {
  readonly callKeys: readonly CallKey[];
  readonly isBusy: boolean;
  /** Shown where there are none. */
  readonly empty: ReactNode;
}

/**
 * A page of keys, with what can be done to each, and to several at once. What is shown of a key in a dialog outlives
 * its row.
 */
export function KeyList({ callKeys, isBusy, empty }: KeyListProps) {
  const words = useKeysWords();
  const { lists } = useWords();
  const inWords = useRefusalText();
  const toggle = useToggle();
  const [intent, setIntent] = useState<{ readonly what: Intent; readonly callKey: CallKey } | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set());
  const [isDeleting, setIsDeleting] = useState(false);
  const chosenKeys = callKeys.filter(({ id }) => chosen.has(id));
  const columns = [
    ...useKeyColumns(),
    {
      name: 'actions',
      title: lists.actions,
      cell: (callKey: CallKey) => (
        <KeyActions
          callKey={callKey}
          onIntent={(what) => setIntent({ what, callKey })}
          onToggle={() => void toggle.run(callKey)}
        />
      ),
    } satisfies Column<CallKey>,
  ];
  return (
    <>
      {toggle.failure && <FailureNotice failure={toggle.failure} />}
      {toggle.refusals.map((refusal) => (
        <Notice key={refusal.code} tone="danger">
          {inWords(refusal)}
        </Notice>
      ))}
      {chosenKeys.length > 0 && (
        <div className="chosen-bar">
          <span role="status">{lists.chosen(chosenKeys.length)}</span>
          <Button look="danger" className="small" onClick={() => setIsDeleting(true)}>
            {words.remove}
          </Button>
        </div>
      )}
      {callKeys.length === 0 ? (
        empty
      ) : (
        <Table
          label={words.table}
          columns={columns}
          rows={callKeys}
          isBusy={isBusy}
          choice={{ chosen, onChange: setChosen, nameOf: ({ name }) => name }}
        />
      )}
      {intent && <IntentDialog key={intent.callKey.id} {...intent} onClose={() => setIntent(null)} />}
      {isDeleting && (
        <DeleteKeysDialog
          callKeys={chosenKeys}
          onClose={() => setIsDeleting(false)}
          onDeleted={() => {
            setIsDeleting(false);
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}

/** Turns a key off and on. */
function useToggle() {
  const { done } = useKeysWords();
  const announce = useAnnounce();
  const { run, ...state } = useAction(UpdateCallKey);
  return {
    ...state,
    run: async ({ id, name, status }: CallKey) => {
      const isOff = status === 'DISABLED';
      if (await run({ input: { id, status: isOff ? 'ACTIVE' : 'DISABLED' } }))
        announce(isOff ? done.on(name) : done.off(name));
    },
  };
}

function IntentDialog({
  what,
  callKey,
  onClose,
}: {
  readonly what: Intent;
  readonly callKey: CallKey;
  readonly onClose: () => void;
}) {
  const { rotation, created } = useKeysWords();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null)
    return <SecretDialog title={rotation.done} explanation={created.explanation} secret={secret} onSaved={onClose} />;
  switch (what) {
    case 'edit':
      return <EditKeyDialog callKey={callKey} onClose={onClose} />;
    case 'rotate':
      return <RotateKeyDialog callKey={callKey} onClose={onClose} onSecret={setSecret} />;
    case 'endGrace':
      return <EndGraceDialog callKey={callKey} onClose={onClose} />;
  }
}
