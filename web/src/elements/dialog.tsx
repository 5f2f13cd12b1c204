import { useId, useLayoutEffect, useRef, type ReactNode, type SyntheticEvent } from 'react';
import { useWords } from '../language/language.js';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /**
   * Whether it stays until something in it is done: no Escape, no way around. So does one whose action brings a secret,
   * while that is under way.
   */
  readonly mustStay?: boolean;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A native modal dialog, open as long as it is there. The focus goes into it, and back when it goes. */
export function Dialog({ title, onClose, mustStay = false, isWide = false, children }: DialogProps) {
  const { actions } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Into the first field, which is what one came for; the browser itself would choose a link before it.
    element?.querySelector<HTMLElement>('input:not([hidden], [type="hidden"])')?.focus();
    return () => element?.close();
  }, []);
  const askToClose = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!mustStay) onClose();
  };
  // A browser closes it on a second Escape whatever the page says.
  const wasClosed = ({ currentTarget }: SyntheticEvent<HTMLDialogElement>) => {
    if (currentTarget.open) return;
    if (mustStay) currentTarget.showModal();
    else onClose();
  };
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'wide' : ''}
      aria-labelledby={titleId}
      onCancel={askToClose}
      onClose={wasClosed}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      {!mustStay && (
        <button type="button" className="dialog-close" aria-label={actions.close} onClick={onClose}>
          ×
        </button>
      )}
    </dialog>
  );
}
