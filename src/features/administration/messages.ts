import type { UserErrorMessage } from '../../rules/user-error-messages.js';
import type { Translated } from '../../text/locale.js';

export const cannotSetDeleted: Translated = {
  EN: 'Choose ACTIVE or DISABLED. To delete an account, call deleteUser.',
  ZH: '请选择 ACTIVE 或 DISABLED。如需删除账号，请使用 deleteUser。',
};

export const cannotBecomeServiceAccount: Translated = {
  EN: 'You can’t turn a user into a service account. Create one instead.',
  ZH: '不能将用户改为服务账号，请另外创建服务账号。',
};

export const serviceRoleIsFixed: Translated = {
  EN: 'You can’t change the role of a service account.',
  ZH: '不能更改服务账号的角色。',
};

export const serviceHasNoEmail: Translated = {
  EN: 'A service account has no email address.',
  ZH: '服务账号没有邮箱。',
};

export const serviceHasNoPassword: Translated = {
  EN: 'A service account has no password.',
  ZH: '服务账号没有密码。',
};

export const onlyForServiceAccounts: Translated = {
  EN: 'Only a service account has service scopes.',
  ZH: '只有服务账号才能设置服务权限。',
};

export const scopesMissingOrRepeated: Translated = {
  EN: 'Choose at least one service scope, each only once.',
  ZH: '请至少选择一项服务权限，且不要重复。',
};

export const accountIsDisabled: Translated = {
  EN: 'This account is disabled. Enable it first.',
  ZH: '该账号已停用，请先启用。',
};

/** INVALID_VALUE, with the maximum number of session IDs. */
export const tooManySessions = (limit: number): UserErrorMessage => ({
  EN: `Choose at most ${limit} sessions.`,
  ZH: `最多选择 ${limit} 台设备。`,
  details: { limit },
});
