import { changePasswordWarning, type Notice } from './notice.js';

/** The notice of DATA_EXPORTED for all data of the own account. */
export const accountExportedNotice: Notice = {
  subject: { EN: 'Your data was exported', ZH: '您的数据已导出' },
  text: {
    EN: 'A file with the data of your account was downloaded: your profile, sessions, keys, events and usage. It contains no passwords, tokens or keys.',
    ZH: '您的账号数据已被下载，包括个人资料、登录设备、密钥信息、安全记录和日志。文件不包含密码、令牌或完整密钥。',
  },
  warning: changePasswordWarning,
};
