import { languageTags, type Locale, type Translated } from '../../../text/locale.js';
import type { SecurityEventType } from '../../security-event/security-event.entity.js';
import { describeDevice } from '../../security-event/device.js';
import type { Fact } from './mail.js';

interface Labels {
  readonly time: string;
  readonly address: string;
  readonly device: string;
  readonly role: string;
  readonly reason: string;
  readonly callKey: string;
  readonly passkey: string;
  readonly accessToken: string;
  readonly webhook: string;
  readonly expires: string;
  readonly backupCodesLeft: string;
  readonly totalQuota: string;
  readonly dailyQuota: string;
  readonly weeklyQuota: string;
  readonly monthlyQuota: string;
  readonly renews: string;
}

const labels: Translated<Labels> = {
  EN: {
    time: 'Time',
    address: 'IP address',
    device: 'Device',
    role: 'New role',
    reason: 'Reason',
    callKey: 'Call key',
    passkey: 'Passkey added',
    accessToken: 'Access token',
    webhook: 'Webhook',
    expires: 'Expires',
    backupCodesLeft: 'Backup codes left',
    totalQuota: 'Total quota used',
    dailyQuota: 'Daily quota used',
    weeklyQuota: 'Weekly quota used',
    monthlyQuota: 'Monthly quota used',
    renews: 'Renews',
  },
  ZH: {
    time: '时间',
    address: 'IP 地址',
    device: '设备',
    role: '新角色',
    reason: '原因',
    callKey: 'API 密钥',
    passkey: '通行密钥添加于',
    accessToken: '访问令牌',
    webhook: 'Webhook',
    expires: '到期时间',
    backupCodesLeft: '剩余备用码',
    totalQuota: '总额度已用',
    dailyQuota: '每日额度已用',
    weeklyQuota: '每周额度已用',
    monthlyQuota: '每月额度已用',
    renews: '重置时间',
  },
};

/** A labeled value, e.g. the reason that an administrator gave. */
export const fact = (locale: Locale, label: keyof Labels, value: string): Fact => [labels[locale][label], value];

/** The time, address and device of an event. */
export function originFacts(
  locale: Locale,
  { at, ip, userAgent }: { readonly at: Date; readonly ip: string | null; readonly userAgent: string | null },
): Fact[] {
  const device = describeDevice(userAgent, locale);
  return [
    fact(locale, 'time', formatTime(locale, at)),
    ...(ip ? [fact(locale, 'address', ip)] : []),
    ...(device ? [fact(locale, 'device', device)] : []),
  ];
}

const roleNames: Translated<Readonly<Record<string, string>>> = {
  EN: { USER: 'User', ADMIN: 'Administrator', ROOT: 'Root', SERVICE: 'Service' },
  ZH: { USER: '用户', ADMIN: '管理员', ROOT: '超级管理员', SERVICE: '服务' },
};

interface AdministratorEvent {
  readonly type: SecurityEventType;
  readonly at: Date;
  /** The new role, for USER_ROLE_SET. */
  readonly detail: string | null;
  readonly reason: string;
}

/** An administrator's action and reason. Their address and device are not disclosed to the account's owner. */
export const administratorAction = (locale: Locale, { type, at, detail, reason }: AdministratorEvent): Fact[] => [
  fact(locale, 'time', formatTime(locale, at)),
  ...(type === 'USER_ROLE_SET' && detail !== null ? [fact(locale, 'role', roleNames[locale][detail] ?? detail)] : []),
  fact(locale, 'reason', reason),
];

/** A time in words, in a time zone. */
export const formatTime = (locale: Locale, at: Date, timeZone = 'UTC') =>
  `${new Intl.DateTimeFormat(languageTags[locale], { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at)} ${timeZone}`;
