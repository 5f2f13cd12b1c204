import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: 'main' | 'plain' | 'danger';
  /** Whether its action is running. The button then ignores clicks. */
  readonly isBusy?: boolean;
}

/** A button. While it is disabled or busy it ignores clicks, but keeps the focus, which `disabled` would lose. */
export function Button({
  tone = 'plain',
  isBusy = false,
  disabled = false,
  type = 'button',
  className = '',
  onClick,
  ...button
}: ButtonProps) {
  const isInert = isBusy || disabled;
  return (
    <button
      type={type}
      className={`button ${tone} ${className}`}
      aria-busy={isBusy}
      aria-disabled={isInert}
      onClick={isInert ? (event) => event.preventDefault() : onClick}
      {...button}
    />
  );
}
