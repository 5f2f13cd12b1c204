import { useState } from 'react';
import { useMessages } from '../language/language.js';
import { Button } from './button.js';

/** How long "Copied" is shown (in ms). */
const SHOWN_MS = 2_000;

/** Copies a text to the clipboard. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { actions } = useMessages();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), SHOWN_MS);
  };
  return (
    <Button onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? actions.copied : (label ?? actions.copy)}</span>
    </Button>
  );
}
