/** The icon of passkeys: a person and a key. */
export function PasskeyIcon() {
  return (
    <svg className="passkey-icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="9.500" cy="7" r="4" />
      <path d="M12.500 14.200a9 9 0 0 0-3-.5c-4.300 0-7.500 2.600-7.500 6V21h11" />
      <circle cx="18.500" cy="12.500" r="3" />
      <path d="M18.500 15.500V22M18.500 19.200h2" />
    </svg>
  );
}
