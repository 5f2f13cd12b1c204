import { useId, useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { useMessages } from '../language/language.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Whether the user can't close it: it shows a secret, or an action that returns one is running. */
  readonly preventClose?: boolean;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A native modal dialog, open while it is rendered. The browser moves the focus into it, and back when it closes. */
export function Dialog({ title, onClose, preventClose = false, isWide = false, children }: DialogProps) {
  const { actions } = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The browser would focus a link or button before the first field.
    element?.querySelector<HTMLElement>('input:not([hidden], [type="hidden"])')?.focus();
    return () => element?.close();
  }, []);
  const requestClose = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!preventClose) onClose();
  };
  // The browser closes a dialog on a second Escape, even if the first one was prevented.
  const handleClose = ({ currentTarget }: SyntheticEvent<HTMLDialogElement>) => {
    if (currentTarget.open) return;
    if (preventClose) currentTarget.showModal();
    else onClose();
  };
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'wide' : ''}
      aria-labelledby={titleId}
      onCancel={requestClose}
      onClose={handleClose}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      {!preventClose && (
        <button type="button" className="dialog-close" aria-label={actions.close} onClick={onClose}>
          ×
        </button>
      )}
    </dialog>
  );
}
