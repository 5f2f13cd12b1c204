import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  /** How much it asks to be pressed. */
  readonly look?: 'main' | 'plain' | 'danger';
  /** Whether what it does is under way; it cannot be pressed again until then. */
  readonly isBusy?: boolean;
}

/** A button. */
export function Button({ look = 'plain', isBusy = false, disabled = false, type = 'button', className = '', ...button }: ButtonProps) {
  return <button type={type} className={`button ${look} ${className}`} aria-busy={isBusy} disabled={disabled || isBusy} {...button} />;
}
