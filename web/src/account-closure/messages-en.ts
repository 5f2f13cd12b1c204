/** Texts after the deletion of one's account, and of restoring it, in English. */
export const en = {
  deleted: {
    title: (date: string) => `Your account will be erased on ${date}`,
    byLink: (email: string) =>
      `You’re signed out everywhere. Changed your mind? Until then, the link that we emailed to ${email} restores your account.`,
    byAdministrator:
      'You’re signed out everywhere. Changed your mind? Until then, an administrator can restore your account.',
  },
  restore: {
    title: 'Restore your account',
    explanation:
      'We’ll restore your account and have you set a new password. Your call keys and passkeys work again. Your API token and access tokens stay revoked.',
    submit: 'Restore account',
    done: 'Your account is back. Now set a new password.',
    noToken: 'This link is incomplete, or the page was reloaded. Open it again from your email.',
  },
};
