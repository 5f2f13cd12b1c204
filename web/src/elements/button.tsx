import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'main' | 'plain' | 'danger';
  /** Whether its action is running. The button then ignores clicks. */
  readonly isBusy?: boolean;
}

/** A button. It is not `disabled` while it is busy, because it would lose the focus. */
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
