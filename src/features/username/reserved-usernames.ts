/** Names that people take for the platform's own. */
const reserved = new Set([
  'abuse', 'account', 'accounts', 'admin', 'administrator', 'anonymous', 'api', 'auth', 'billing', 'contact', 'daemon', 'dev', 'everyone',
  'feedback', 'graphql', 'guest', 'health', 'help', 'helpdesk', 'hostmaster', 'info', 'login', 'logout', 'mail', 'mailer-daemon', 'me',
  'moderator', 'nobody', 'noreply', 'no-reply', 'null', 'official', 'operator', 'owner', 'policy', 'postern', 'postmaster', 'privacy',
  'public', 'register', 'root', 'security', 'self', 'service', 'settings', 'signin', 'signup', 'staff', 'status', 'superuser', 'support',
  'sysadmin', 'system', 'team', 'test', 'undefined', 'user', 'username', 'users', 'webmaster', 'www',
]);

/** Whether a canonical username is one of them, also with separators put in between. */
export const isReserved = (username: string): boolean => reserved.has(username) || reserved.has(username.replaceAll(/[._-]/g, ''));
