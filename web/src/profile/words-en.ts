import type { Factor, SecurityEventType } from '../generated/graphql.js';

/** What the Profile page says, in English. */
export const en = {
  profile: {
    title: 'Profile', description: 'Change your username, update your password, and manage security settings including two-factor authentication (2FA).', sections: 'On this page',
    basic: 'Basic Information', security: 'Security Settings', since: (date: string) => `Member since ${date}`,
  },
  findings: {
    title: 'What to do next', none: 'Nothing to do: your account is well protected.',
    severity: { HIGH: 'Now', MEDIUM: 'Soon', LOW: 'Some time' },
    actions: { PASSWORD_COMMON: 'Change Password', TWO_FACTOR_OFF: 'Enable 2FA', FEW_BACKUP_CODES: 'New backup codes', NO_EMAIL: 'Bind Email', API_TOKEN_UNUSED: 'Reset API Token', STALE_SESSION: 'Look at sessions', CALL_KEY_UNUSED: 'Look at keys' },
  },
  username: { title: 'Username', change: 'Change username', submit: 'Save', explanation: 'Once a day at the most. Your old name stays reserved for you for 30 days.', changed: 'Your username is changed.' },
  email: {
    title: 'Bind Email', explanation: 'Binding an email enables password recovery and system notification delivery.', bound: 'Bound address', change: 'Bind another address', send: 'Send Verification Code', sendAgain: 'Send again', resendIn: (seconds: number) => `Send again in ${seconds} s`,
    sent: (email: string) => `A code is on its way to ${email}. It works for 10 minutes.`, bind: 'Bind', done: 'Your address is bound.', codeHint: 'Six digits, from the mail.',
  },
  preferences: { title: 'Language', explanation: 'Of this page, and of the mails to you.' },
  password: { title: 'Change Password', submit: 'Change Password', changedAt: (date: string) => `Last changed ${date}.`, done: 'Your password is changed, and every other session is over.', consequence: 'A new password ends every other session of your account.' },
  twoFactor: {
    title: 'Two-Factor Authentication (2FA)', short: 'Two-Factor Authentication', on: 'On', off: 'Off', explanation: 'When 2FA is enabled, each login requires both your password and a one-time code from an authenticator app, effectively protecting against account compromise.',
    apps: 'Install an authenticator app on your phone first: Google Authenticator (Android / iOS) or Microsoft Authenticator (Android / iOS).',
    enable: 'Enable 2FA', enabledAt: (date: string) => `On since ${date}.`, codesLeft: (left: number) => (left === 1 ? '1 backup code is left.' : `${left} backup codes are left.`),
    enrolTitle: 'Enable 2FA', replaceTitle: 'Use another phone', scan: 'Scan the QR code with the app.', cannotScan: 'Cannot scan it? Type in the setup key', setupKey: 'Setup key', qrCode: 'QR code for your authenticator app', enterCode: 'Enter the 6-digit one-time code that the app shows.', confirm: 'Confirm Enable', validFor: 'This QR code works for 10 minutes. Nothing has changed until you confirm.',
    replaceNote: 'The app that you use now keeps working until you confirm. Then you get new backup codes.',
    disable: 'Disable 2FA', disableTitle: 'Disable 2FA', disableExplanation: 'Enter your current authenticator code. From then on your password alone lets anybody in, and every other session ends.', disabled: 'Two-factor authentication is off.',
    newCodes: 'New backup codes', newCodesExplanation: 'You get ten new backup codes. No older one works any more.', newCodesSubmit: 'Make new codes', replace: 'Use another phone',
    codesTitle: 'Your backup codes', codesExplanation: 'Take a screenshot or write them down immediately: backup codes are shown only once, and are used for emergency login when the authenticator is unavailable. If you lose them and cannot access your authenticator, you must contact an admin to reset 2FA.',
    codesSaved: 'I have saved these codes', codesFile: (username: string) => `Postern backup codes of ${username}. Each works once.`, enabled: 'Two-factor authentication is on.', codesMade: 'Your new backup codes are in force.',
  },
  apiToken: {
    title: 'API Token', explanation: 'For calling the platform’s Management APIs (query account info, manage keys, read logs). This is different from the AI call keys (starting with sk-).', warning: 'It carries account-level management permissions. Do not share it or commit it to a code repository.',
    none: 'There is no token yet.', create: 'Create token', view: 'View', reset: 'Reset', hint: (hint: string) => `ends in ${hint}`, created: (date: string) => `Made ${date}`, lastUsed: (date: string, ip: string) => `last used ${date}${ip ? ` from ${ip}` : ''}`, neverUsed: 'never used',
    resetTitle: 'Reset API Token?', resetExplanation: 'Every program that uses the current token is locked out at once, until it gets the new one. This cannot be undone.', resetSubmit: 'Reset token', token: 'Your token', notKept: 'This place keeps no tokens to be viewed again. Reset it to get a new one, which is shown once.', hide: 'Hide',
  },
  sessions: {
    title: 'Sessions', explanation: 'Where you are signed in. End what you do not know.', current: 'This device', unknownDevice: 'Unknown device', end: 'End', endNamed: (device: string) => `End the session of ${device}`, endOthers: 'End all other sessions', ended: 'The session is over.', endedCount: (count: number) => (count === 1 ? '1 session is over.' : `${count} sessions are over.`),
    signedIn: (date: string) => `signed in ${date}`, lastSeen: (date: string) => `last used ${date}`, factors: { PASSWORD: 'password', TOTP: 'authenticator app', BACKUP_CODE: 'backup code' } satisfies Record<Factor, string>, onlyThis: 'You are signed in nowhere else.',
  },
  events: {
    title: 'Recent security events', explanation: 'What happened to your account. Do you know all of it? If not, change your password.', none: 'Nothing has happened yet.', refused: 'Refused', unknownDevice: 'unknown device', by: (name: string) => `by ${name}`, reason: 'Reason',
    types: {
      CALL_KEY_CREATED: 'Call key made', CALL_KEY_UPDATED: 'Call key changed', CALL_KEY_ROTATED: 'Call key rotated', CALL_KEY_DELETED: 'Call key deleted', USER_CREATED: 'Account made by an administrator', USER_STATUS_SET: 'State of the account set', USER_ROLE_SET: 'Role changed', USER_TWO_FACTOR_RESET: '2FA reset by an administrator', USER_PASSWORD_RESET_SENT: 'Password reset sent by an administrator', USER_SESSIONS_REVOKED: 'All sessions ended by an administrator', SERVICE_TOKEN_RESET: 'Service token made anew', USER_DELETED: 'Account deleted', USER_RESTORED: 'Account restored', USER_ERASED: 'Account erased for good',
      SETUP_COMPLETED: 'First administrator made', REGISTERED: 'Account created', LOGIN_SUCCEEDED: 'Signed in', LOGIN_FAILED: 'Sign-in refused', LOGIN_CHALLENGED: 'Password right, second factor asked for', LOGGED_OUT: 'Signed out', SESSION_REVOKED: 'Session ended', NEW_DEVICE_SEEN: 'New device', ATTEMPTS_LOCKED: 'Locked for a while after wrong attempts', IDENTITY_CONFIRMED: 'Identity confirmed',
      USERNAME_CHANGED: 'Username changed', EMAIL_CODE_SENT: 'Verification code sent', EMAIL_BOUND: 'Email bound', EMAIL_CHANGE_REVERTED: 'Email change undone', PASSWORD_CHANGED: 'Password changed', PASSWORD_RESET_REQUESTED: 'Password reset asked for', PASSWORD_RESET: 'Password reset', TWO_FACTOR_STARTED: 'Enabling 2FA begun', TWO_FACTOR_ENABLED: '2FA enabled', TWO_FACTOR_DISABLED: '2FA disabled', SECOND_FACTOR_FAILED: 'Second factor wrong', BACKUP_CODE_USED: 'Backup code used', BACKUP_CODES_REGENERATED: 'New backup codes made', API_TOKEN_VIEWED: 'API token viewed', API_TOKEN_RESET: 'API token reset', DECRYPTION_FAILED: 'A secret could not be read',
    } satisfies Partial<Record<SecurityEventType, string>> as Partial<Record<SecurityEventType, string>>,
  },
};
