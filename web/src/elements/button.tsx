import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  /** How much it asks to be pressed. */
  readonly look?: 'main' | 'plain' | 'danger';
  /** Whether what it does is under way; it cannot be pressed again until then. */
  readonly isBusy?: boolean;
}

/** A button. While it is busy it keeps the focus, which a disabled one would lose, and does nothing. */
export function Button({
  look = 'plain',
  isBusy = false,
  type = 'button',
  className = '',
  onClick,
  ...button
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`button ${look} ${className}`}
      aria-busy={isBusy}
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : onClick}
      {...button}
    />
  );
}
