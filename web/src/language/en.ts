import type { Role, UserErrorCode } from '../generated/graphql.js';

/** The messages that several views share, in English. Every other language has the same keys. */
export const en = {
  brand: {
    tagline: 'Your account, secured.',
    description: 'Manage your password, email, two-factor authentication, API token and sessions.',
  },
  punctuation: {
    /** Between two sentences. */
    betweenSentences: ' ',
    labeled: (label: string, value: string) => `${label}: ${value}`,
  },
  appearance: {
    label: 'Appearance',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
  },
  language: {
    label: 'Language',
  },
  menu: {
    open: 'Account menu',
    navigation: 'Main',
    profile: 'Profile',
    keys: 'Keys',
    logs: 'Logs',
    administration: 'Administration',
    signOut: 'Sign out',
  },
  actions: {
    cancel: 'Cancel',
    close: 'Close',
    done: 'Done',
    retry: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    copyByHand: 'This browser can’t copy here. The text is selected: press Ctrl+C (⌘C on a Mac).',
    show: 'Show',
    hide: 'Hide',
    download: 'Download',
    print: 'Print',
    newer: 'Newer',
    older: 'Older',
    skip: 'Skip to main content',
  },
  lists: {
    previous: 'Previous',
    next: 'Next',
    selectAll: 'Select all on this page',
    select: (name: string) => `Select ${name}`,
    selected: (count: number) => `${count} selected`,
    clear: 'Clear filters',
    all: 'All',
    search: 'Search',
    refresh: 'Refresh',
    noMatch: 'No results. Try changing your filters.',
    never: 'Never',
    unlimited: 'No limit',
    saved: 'I’ve saved it in a safe place',
    total: (count: string) => `${count} total`,
    actions: 'Actions',
  },
  times: {
    justNow: 'just now',
    seconds: (seconds: string) => `${seconds} s`,
  },
  devices: {
    unknown: 'Unknown device',
    name: (browser: string, system: string) => `${browser} on ${system}`,
  },
  states: {
    loading: 'Loading…',
    noNetwork: 'Can’t reach the server. Check your connection and try again.',
    rateLimited: 'Too many attempts.',
    busy: 'The server is busy.',
    retryIn: (seconds: number) => `Try again in ${formatDuration(seconds)}.`,
    canRetry: 'You can try again now.',
    unexpectedError: 'Something went wrong. Please try again.',
    requestId: 'If it keeps happening, send this request ID to your administrator',
    wrongAddress: 'This server can’t be used at the address in your browser. Use this one:',
    forbidden: 'You don’t have permission to do this.',
    twoFactorRequired: 'Turn on two-factor authentication to use Administration.',
    sessionEnded: 'You’ve been signed out. Sign in to continue.',
    notFound: 'Page not found',
    notFoundReason: 'The address may be mistyped, or the page was moved or isn’t available to you.',
    goToProfile: 'Go to Profile',
    loadError: 'This page didn’t load',
    loadErrorReason: 'It may have been updated, or you may be offline.',
    reload: 'Reload',
  },
  fields: {
    username: 'Username',
    login: 'Username or email',
    email: 'Email',
    password: 'Password',
    currentPassword: 'Current password',
    newPassword: 'New password',
    confirmNewPassword: 'Confirm new password',
    confirmPassword: 'Confirm password',
    code: 'Verification code',
    totpCode: '6-digit code from your authenticator app',
    backupCode: 'Backup code',
    setupToken: 'Setup token',
    missing: 'Fill in this field.',
    incompleteTime: 'Enter a complete date and time.',
    onlyDigits: 'Enter digits only; a code has 6.',
    usernameHint: '3–32 characters: letters, numbers, and\u00a0.\u00a0_\u00a0-\u00a0in the middle',
  },
  factor: {
    use: {
      TOTP: 'Use the authenticator app instead',
      PASSKEY: 'Use a passkey instead',
      BACKUP_CODE: 'Use a backup code instead',
    },
    /** As above, if the password is needed with a code, but not with a passkey. */
    useWithPassword: {
      TOTP: 'Use your password and the authenticator app instead',
      PASSKEY: 'Use a passkey instead',
      BACKUP_CODE: 'Use your password and a backup code instead',
    },
    passkeyHint: 'Your browser will ask for your passkey.',
    wrongPasskey: 'This passkey wasn’t accepted. Try again, or use another way.',
    wrongAppCode:
      'Incorrect or used code. Enter the code your app shows now; if you just used it, wait for the next one.',
    wrongBackupCode: 'Incorrect or used backup code. Check it, or enter another one.',
    backupHint: 'Enter one of your saved codes. Each works once.',
  },
  passkeys: {
    use: 'Use a passkey',
    or: 'or',
    /** Why there is no answer; nothing has changed. */
    problems: {
      CANCELED: 'No passkey was used. Try again, or use another way.',
      ALREADY_ADDED: 'No passkey was used. Try again, or use another way.',
      UNSUITABLE: 'This device can’t use your passkey. Try another device, or use another way.',
      FAILED: 'Your browser couldn’t use a passkey here. Try again, or use another way.',
    },
    creationProblems: {
      CANCELED: 'No passkey was created. Try again when you’re ready.',
      ALREADY_ADDED: 'This device or security key already holds a passkey for your account. Try another one.',
      UNSUITABLE: 'This device can’t create a passkey. Try another device or a security key.',
      FAILED: 'Your browser couldn’t create a passkey. Try again, or try another device.',
    },
  },
  stepUp: {
    title: 'Confirm it’s you',
    returnTitle: (host: string) => `Confirm it’s you to continue to ${host}`,
    explanation: 'Enter your password to continue. We won’t ask again for 10 minutes.',
    passkeyExplanation: 'Use your passkey to continue. We won’t ask again for 10 minutes.',
    confirm: 'Confirm',
    /** For a change of the second factors, which needs one more of them. */
    again: {
      TOTP: 'This change needs one more code. Each works only once, so wait for the next one in your app.',
      PASSKEY: 'This change needs your passkey once more.',
      BACKUP_CODE: 'This change needs one more code. Each works only once, so enter another one.',
    },
    anotherFactor: 'One more step: this change needs another proof that it’s you.',
  },
  signIn: {
    title: 'Sign in',
    returnExplanation: (host: string) => `To continue to ${host}`,
    submit: 'Sign in',
    remember: 'Stay signed in on this device',
    rememberHint: 'Administrators are always signed out sooner.',
    forgot: 'Forgot password?',
    noAccount: 'No account yet?',
    toSignUp: 'Sign up',
    ended: 'Your session has ended. Sign in to pick up where you left off.',
    factorTitle: 'Enter your code',
    passkeyTitle: 'Use your passkey',
    factorExplanations: {
      TOTP: 'Open your authenticator app and enter the 6-digit code.',
      PASSKEY: 'Password accepted. Finish signing in with your passkey.',
      BACKUP_CODE: 'Enter one of your backup codes.',
    },
    passkey: 'Sign in with a passkey',
    wrongPasskey:
      'This passkey wasn’t accepted; it may have been deleted from your account. Sign in with your password.',
    trust: (days: number) => `Don’t ask again on this browser for ${days === 1 ? '1 day' : `${days} days`}`,
    trustHint: 'Only on your own device. Administrators are always asked.',
    lostFactors: 'Lost your phone and your backup codes? Ask an administrator to reset two-factor authentication.',
    verify: 'Verify',
    challengeEnded: 'This sign-in expired or had too many wrong codes. Sign in again.',
    backupCodeUsed: (left: number) => `Signed in with a backup code. ${left} left.`,
  },
  signUp: {
    title: 'Create your account',
    submit: 'Sign up',
    haveAccount: 'Already have an account?',
    closed: 'Sign-up is turned off. Ask an administrator to create an account for you.',
  },
  setUp: {
    title: 'Set up Postern',
    explanation: 'Create the first administrator (Root) account.',
    submit: 'Create administrator',
    alreadySetUp: 'Already set up?',
    tokenHint: 'Copy it from the server’s startup output.',
    welcome: 'Administrator created. Next, turn on two-factor authentication.',
  },
  recovery: {
    title: 'Forgot your password?',
    explanation: 'Enter your email address and we’ll send you a link to reset your password.',
    submit: 'Send link',
    sentTitle: 'Check your email',
    sent: (email: string) =>
      `If ${email} belongs to an account, we’ve sent a link. It works once and expires in 30 minutes.`,
    notReceived: 'Didn’t get it? Check your spam folder or try another address.',
    back: 'Back to sign-in',
    useAnotherAddress: 'Use another address',
    noEmail: 'No email on your account? Ask an administrator for a link.',
  },
  reset: {
    title: 'Choose a new password',
    explanation: 'You’ll be signed out everywhere.',
    submit: 'Set new password',
    factorExplanation: 'Enter a two-factor code to finish.',
    done: 'Password reset. Sign in with your new password.',
    noToken: 'This link is incomplete, or the page was reloaded. Open it again from your email, or request a new one.',
    newLink: 'Request a new link',
  },
  revert: {
    title: 'Undo email change',
    explanation:
      'If you didn’t change your email, undo it. We’ll restore your old address, sign out all devices, revoke your API token and access tokens, and have you set a new password.',
    submit: 'Undo the change',
    done: 'Your old address is back. Now set a new password.',
  },
  roles: {
    USER: 'User',
    ADMIN: 'Administrator',
    ROOT: 'Root',
    SERVICE: 'Service',
  } satisfies Record<Role, string>,
  /** Messages that replace the server's message for an error. */
  errors: {
    NOT_FOUND: 'This no longer exists, or you don’t have access to it.',
  } satisfies Partial<Record<UserErrorCode, string>> as Partial<Record<UserErrorCode, string>>,
};

/** A waiting time: seconds up to a minute, then whole minutes up to two hours, then whole hours. */
function formatDuration(seconds: number): string {
  if (seconds <= 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

export type Messages = typeof en;
