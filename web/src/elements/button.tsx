import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'main' | 'plain' | 'danger';
  /** Whether its action is running; until it ends, the button does nothing. */
  readonly isBusy?: boolean;
}

/** A button. While it is busy it is not `disabled`, because a disabled button loses the focus. */
export function Button({
  tone = 'plain',
  isBusy = false,
  type = 'button',
  className = '',
  onClick,
  ...button
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`button ${tone} ${className}`}
      aria-busy={isBusy}
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : onClick}
      {...button}
    />
  );
}
