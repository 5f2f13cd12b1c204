import { useRef, useState } from 'react';
import { useMessages } from '../language/language.js';
import { Button } from './button.js';

/** How long "Copied" is shown. */
const SHOWN_MS = 2_000;

interface CopyButtonProps {
  readonly text: string;
  /** Finds the element that shows the text, from the button, to select it. */
  readonly findText: (button: HTMLElement) => Element | null | undefined;
}

/** Copies a text to the clipboard. If the browser doesn't allow it, e.g. on plain HTTP, selects the text instead. */
export function CopyButton({ text, findText }: CopyButtonProps) {
  const { actions } = useMessages();
  const button = useRef<HTMLSpanElement>(null);
  const [state, setState] = useState<'idle' | 'copied' | 'selected'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
      setTimeout(() => setState('idle'), SHOWN_MS);
    } catch {
      const shown = button.current && findText(button.current);
      if (shown) getSelection()?.selectAllChildren(shown);
      setState('selected');
    }
  };
  return (
    <span ref={button} className="copy">
      <Button onClick={() => void copy()}>
        <span aria-live="polite">{state === 'copied' ? actions.copied : actions.copy}</span>
      </Button>
      <span className="hint" role="status">
        {state === 'selected' && actions.copyByHand}
      </span>
    </span>
  );
}

/** The text of a secret, which is beside its button. */
export const textBeside = (button: HTMLElement): Element | null | undefined =>
  button.closest('.secret')?.querySelector('code');
