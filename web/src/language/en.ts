import type { Role, UserErrorCode } from '../generated/graphql.js';

/** Everything that the page says, in English. Each other language has the same keys. */
export const en = {
  brand: { tagline: 'Your account, and every way into it.', description: 'Sign in, and look after what protects your account: password, email, two-factor authentication, API token and sessions.' },
  appearance: { label: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },
  language: { label: 'Language' },
  menu: { open: 'Account menu', navigation: 'Main', profile: 'Profile', keys: 'Keys', logs: 'Logs', administration: 'Administration', signOut: 'Sign out' },
  actions: { cancel: 'Cancel', close: 'Close', done: 'Done', retry: 'Try again', copy: 'Copy', copied: 'Copied', show: 'Show', hide: 'Hide', download: 'Download', print: 'Print', newer: 'Newer', older: 'Older', skip: 'Skip to the content' },
  lists: {
    previous: 'Previous', next: 'Next', chooseAll: 'Choose all on this page', choose: (name: string) => `Choose ${name}`, chosen: (count: number) => `${count} chosen`, clear: 'Clear filters', all: 'All', search: 'Search', refresh: 'Refresh',
    noMatch: 'Nothing matches these filters.', never: 'Never', unlimited: 'No limit', saved: 'I have saved it somewhere safe', total: (count: string) => `${count} in all`, actions: 'Actions',
  },
  states: {
    loading: 'Loading …',
    noNetwork: 'Postern cannot be reached. Check your connection; nothing that you typed is lost.',
    rateLimited: 'Too many attempts.',
    wait: (seconds: number) => (seconds < 60 ? `You can try again in ${seconds} s.` : `You can try again in ${Math.ceil(seconds / 60)} min.`),
    waitOver: 'You can try again now.',
    fault: 'Something went wrong on our side. Nothing was changed.',
    requestId: 'Tell whoever runs this server the request id',
    forbidden: 'This is not yours to use.',
    twoFactorRequired: 'Administrators turn on two-factor authentication first. You find it on your Profile.',
    sessionOver: 'You are not signed in any more.',
    unknownPage: 'There is nothing at this address.',
    toProfile: 'Go to Profile',
    notLoaded: 'This page could not be loaded',
    notLoadedWhy: 'It was renewed meanwhile, or the network is away.',
    reload: 'Load it again',
  },
  fields: {
    username: 'Username', login: 'Username or email', email: 'Email', password: 'Password', currentPassword: 'Current password', newPassword: 'New password',
    confirmNewPassword: 'Confirm new password', confirmPassword: 'Confirm password', code: 'Verification code', totpCode: 'Six-digit code from your authenticator app', backupCode: 'Backup code',
    setupToken: 'Setup token', usernameHint: '3 to 32 characters: letters a to z, digits, and . _ - between them.',
  },
  factor: { useBackupCode: 'Use a backup code instead', useApp: 'Use the authenticator app instead', backupHint: 'One of the codes that you saved. Each works once.' },
  stepUp: { title: 'Confirm that it is you', explanation: 'This is a sensitive change. Confirm who you are, and it goes on by itself.', confirm: 'Confirm' },
  signIn: {
    title: 'Sign in', submit: 'Sign in', remember: 'Stay signed in on this device', forgot: 'Forgot password?', noAccount: 'No account yet?', toSignUp: 'Sign up',
    ended: 'Your session is over: it ran out, or it was ended from somewhere else. Sign in to go on where you were.',
    factorTitle: 'Two-factor authentication', factorExplanation: 'Your password is right. Now enter the code that your authenticator app shows.',
    lostBoth: 'Neither at hand? Contact an administrator, who can reset two-factor authentication.', verify: 'Verify', challengeOver: 'That took too long, or too many codes were wrong. Sign in again.',
    fewCodes: (left: number) => (left === 1 ? 'You have 1 backup code left.' : `You have ${left} backup codes left.`),
  },
  signUp: { title: 'Create your account', submit: 'Sign up', haveAccount: 'Have an account already?', closed: 'Sign-up is closed here. Ask an administrator for an account.' },
  setUp: {
    title: 'Set up Postern', explanation: 'You are the first one here. Choose the name and password of the first administrator (ROOT).', submit: 'Create administrator',
    tokenHint: 'The server prints it when it starts, as long as there is no administrator.', newLink: 'A link works once, and only as long as there is no administrator. Each start of the server prints a new one.', welcome: 'You are the administrator. Turn on two-factor authentication next.',
  },
  recovery: {
    title: 'Forgot your password?', explanation: 'Enter the email address that is bound to your account. If there is one, it gets a link with which you choose a new password.', submit: 'Send link',
    sentTitle: 'Look into your inbox', sent: (email: string) => `If an account has the address ${email}, a mail is on its way. Its link works once, for 30 minutes.`, again: 'No mail? Look among spam, or ask again with another address.', back: 'Back to sign-in', another: 'Use another address',
    noEmail: 'No address bound? Contact an administrator, who can give you a link.',
  },
  reset: {
    title: 'Choose a new password', explanation: 'Every session of the account ends, and you sign in with the new password.', submit: 'Set new password',
    factorExplanation: 'Two-factor authentication is on, so a code is needed as well.', done: 'Your new password is set. Sign in with it.',
    noToken: 'The link is not complete, or this page was reloaded. Open the link again, or ask for a new one.', askAgain: 'Ask for a new link',
  },
  revert: {
    title: 'This wasn’t me', explanation: 'Somebody bound another email address to your account. Undo it: your former address comes back, every session and the API token of the account end, the password with them, and you choose a new one.',
    submit: 'Undo the change', done: 'Your former address is back. Now choose a new password: the old one does not work any more.',
  },
  strength: {
    label: 'Strength', levels: ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'],
    warnings: {
      straightRow: 'Keys in a row on the keyboard are easy to guess.', keyPattern: 'Short keyboard patterns are easy to guess.', simpleRepeat: 'Repeated characters like “aaa” are easy to guess.', extendedRepeat: 'Repeated patterns like “abcabc” are easy to guess.',
      sequences: 'Sequences like “abc” are easy to guess.', recentYears: 'Years are easy to guess.', dates: 'Dates are easy to guess.', topTen: 'This is one of the ten most used passwords.', topHundred: 'This is one of the hundred most used passwords.',
      common: 'This is a much used password.', similarToCommon: 'This is close to a much used password.', wordByItself: 'A single word is easy to guess.', namesByThemselves: 'A single name is easy to guess.', commonNames: 'Names are easy to guess.', userInputs: 'It should have nothing to do with your name or this page.', pwned: 'This password was in a data breach.',
    } as Record<string, string>,
    suggestions: {
      l33t: 'Writing @ for a, and the like, helps little.', reverseWords: 'Writing a word backwards helps little.', allUppercase: 'Write some letters in capitals, not all.', capitalization: 'Write more than the first letter in capitals.', dates: 'Avoid dates that have to do with you.', recentYears: 'Avoid recent years.', associatedYears: 'Avoid years that have to do with you.',
      sequences: 'Avoid sequences.', repeated: 'Avoid repeated words and characters.', longerKeyboardPattern: 'Use longer keyboard patterns that change direction.', anotherWord: 'Add more words that are less common.', useWords: 'Use several words, but no known phrase.', noNeed: 'Symbols, digits and capitals are not needed when it is long.', pwned: 'If you use it elsewhere, change it there too.',
    } as Record<string, string>,
  },
  roles: { USER: 'User', ADMIN: 'Administrator', ROOT: 'Root', SERVICE: 'Service' } satisfies Record<Role, string>,
  refusals: {
    INVALID_CREDENTIALS: 'The username or email address, the password or the code is wrong.', INCORRECT_PASSWORD: 'The password is wrong.', INVALID_CODE: 'The code is wrong, or not valid any more. Each code works once: if you used this one already, wait for the next.', PASSWORD_REQUIRED: 'The password is needed as well.', SECOND_FACTOR_REQUIRED: 'A code is needed as well.', TWO_FACTOR_NOT_ENABLED: 'Two-factor authentication is not on.', INVALID_TOKEN: 'This link is not valid, or not any more.',
    PASSWORD_TOO_SHORT: 'The password is too short.', PASSWORD_TOO_LONG: 'The password is too long.', PASSWORD_TOO_COMMON: 'This password is on the lists that attackers try first. Choose another one.', PASSWORD_CONTAINS_IDENTITY: 'The password is too close to your username. Choose another one.', PASSWORD_UNCHANGED: 'The new password is the current one. Choose another one.', PASSWORDS_DIFFER: 'The two passwords are not the same.',
    MAIL_OFF: 'Mail is switched off here. Ask an administrator.', EMAIL_INVALID: 'This is not an email address that mail can be sent to.', USERNAME_INVALID: 'A username has 3 to 32 characters: letters a to z, digits, and . _ - between them.', USERNAME_RESERVED: 'This username is reserved.', USERNAME_TAKEN: 'This username is taken.', USERNAME_CHANGED_RECENTLY: 'The username was changed within the last 24 hours. Try again tomorrow.',
    REGISTRATION_CLOSED: 'Sign-up is closed here. Ask an administrator for an account.', ACCOUNT_DISABLED: 'This account is disabled. Ask an administrator.', API_TOKEN_NOT_SET: 'There is no API token yet.', NOT_FOUND: 'There is no such thing any more.',
  } satisfies Partial<Record<UserErrorCode, string>> as Partial<Record<UserErrorCode, string>>,
};

export type Words = typeof en;
