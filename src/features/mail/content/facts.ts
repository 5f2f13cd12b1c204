import type { Locale, Translated } from '../../../text/locale.js';
import { describeDevice } from '../../security-event/device.js';
import type { Fact } from './mail.js';

interface Labels {
  readonly time: string;
  readonly address: string;
  readonly device: string;
  readonly detail: string;
  readonly reason: string;
  readonly callKey: string;
  readonly backupCodesLeft: string;
}

const labels: Translated<Labels> = {
  EN: {
    time: 'Time',
    address: 'IP address',
    device: 'Device',
    detail: 'Now set to',
    reason: 'Reason',
    callKey: 'Call key',
    backupCodesLeft: 'Backup codes left',
  },
  ZH: {
    time: '时间',
    address: 'IP 地址',
    device: '设备',
    detail: '更改为',
    reason: '原因',
    callKey: 'API 密钥',
    backupCodesLeft: '剩余备用码',
  },
};

/** A labeled fact, e.g. the reason that an administrator gave. */
export const fact = (locale: Locale, label: keyof Labels, value: string): Fact => [labels[locale][label], value];

/** When and from where something happened. */
export function originFacts(
  locale: Locale,
  { at, ip, userAgent }: { readonly at: Date; readonly ip: string | null; readonly userAgent: string | null },
): Fact[] {
  const device = describeDevice(userAgent);
  return [
    fact(locale, 'time', formatTime(locale, at)),
    ...(ip ? [fact(locale, 'address', ip)] : []),
    ...(device ? [fact(locale, 'device', device)] : []),
  ];
}

/** An administrator's action and reason. Their address and device are not disclosed to the account's owner. */
export const administratorAction = (
  locale: Locale,
  { at, detail, reason }: { readonly at: Date; readonly detail: string | null; readonly reason: string },
): Fact[] => [
  fact(locale, 'time', formatTime(locale, at)),
  ...(detail ? [fact(locale, 'detail', detail)] : []),
  fact(locale, 'reason', reason),
];

const formatTime = (locale: Locale, at: Date) =>
  `${new Intl.DateTimeFormat(locale === 'ZH' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
