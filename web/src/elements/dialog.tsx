import { useId, useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { useMessages } from '../language/language.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Prevents that the user closes the dialog while it shows a secret or runs an action that returns one. */
  readonly preventClose?: boolean;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/**
 * A native modal dialog, which is open while it is rendered. The browser moves the focus into it, and back after it was
 * closed.
 */
export function Dialog({ title, onClose, preventClose = false, isWide = false, children }: DialogProps) {
  const { actions } = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Focus the first field, even if a link or button comes before it; a form without fields needs only its button.
    const field = element?.querySelector<HTMLElement>('input:not([hidden], [type="hidden"])');
    (field ?? element?.querySelector<HTMLElement>('[type="submit"]'))?.focus();
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
