import type { en } from './messages-en.js';

/** Texts of exports, in Chinese. */
export const zh: typeof en = {
  title: '导出',
  csv: 'CSV',
  jsonl: 'JSON Lines',
  asCsv: '导出为 CSV',
  asJsonl: '导出为 JSON Lines',
  running: '正在导出…',
  done: (file) => `已下载：${file}`,
  incomplete: '下载中断，请重试。',
  limited: '导出次数已达上限。',
  account: {
    title: '导出我的数据',
    explanation:
      '以 JSON Lines 文件下载您账号的全部数据：个人资料、通行密钥、登录设备、令牌、密钥、安全记录和日志。文件不包含密码和密钥明文。',
    submit: '导出我的数据',
    hint: '每天最多 3 次。',
    emailed: '下载后我们会发送邮件通知您。',
  },
};
