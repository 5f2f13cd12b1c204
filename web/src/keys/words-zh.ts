import type { en } from './words-en.js';

/** What the Keys view says, in Chinese. */
export const zh: typeof en = {
  title: '密钥', description: '调用密钥（以 sk- 开头）供您的程序发起 AI 调用，并统计其用量。它与个人资料中的 API 令牌不同，后者用于管理账号。',
  create: '创建密钥', table: '调用密钥', filters: '筛选密钥', search: '名称或开头字符', status: '状态',
  columns: { name: '名称', status: '状态', quota: '额度', lastUsed: '上次使用', expires: '到期时间', limits: '限制' },
  statuses: { ACTIVE: '可用', DISABLED: '已停用', EXPIRED: '已过期', EXHAUSTED: '额度已用完' },
  used: (used: string) => `已用 ${used}`, left: (left: string) => `剩余 ${left}`, neverUsed: '尚未使用', anyModel: '所有模型', anyAddress: '任意地址',
  models: (count: number) => `${count} 个模型`, addresses: (count: number) => `${count} 个地址`,
  edit: '编辑', turnOff: '停用', turnOn: '启用', rotate: '轮换', remove: '删除', logs: '日志', of: (action: string, name: string) => `${action}：${name}`,
  grace: '旧密钥仍然有效，', graceUntil: '截止', endGrace: '立即失效',
  empty: {
    title: '还没有密钥', text: '调用密钥以 sk- 开头。将它作为 API 密钥填入您的程序，每次 AI 调用都会计入该密钥并扣除额度。建议为每个程序单独创建一个密钥，这样就可以单独限制、停用或更换，而不影响其他程序。',
    limits: ['指定可调用的模型和允许使用的地址。', '设置额度，用完即止。', '轮换时设置宽限期，更换过程中服务不中断。'],
  },
  form: {
    createTitle: '创建密钥', editTitle: (name: string) => `编辑 ${name}`, save: '保存', name: '名称', nameHint: '密钥的用途，例如使用它的程序。',
    expires: '有效期', lifetimes: { never: '永不过期', week: '7 天', month: '30 天', quarter: '90 天', year: '1 年', custom: '指定时间' }, expiresAt: '到期时间',
    models: '模型', modelsHint: '每行一个。留空则可调用所有模型。', allowedIps: '允许的地址', allowedIpsHint: 'IP 地址或网段（如 203.0.113.0/24），每行一个。留空则不限来源。',
    quota: '额度', quotaHint: '最多可使用的额度。留空则不限。', quotaLeft: '剩余额度', quotaLeftHint: '此后最多可使用的额度。留空则不限。',
  },
  created: { title: '您的新密钥', explanation: '请立即复制：密钥仅显示一次，此处只保存其指纹。任何持有者都可以使用其额度。' },
  rotation: {
    title: (name: string) => `轮换 ${name}`, explanation: '密钥将获得新的密文，名称、限制和额度保持不变。旧密文在您选择的宽限期内仍然有效。', grace: '宽限期',
    graces: { 0: '无：旧密钥立即失效', 1: '1 小时', 24: '1 天', 72: '3 天', 168: '7 天' }, submit: '轮换密钥', done: '您的新密钥',
  },
  graceEnd: { title: '结束宽限期？', explanation: (name: string) => `仍在使用 ${name} 旧密钥的程序，从下一次调用起将被拒绝。`, submit: '结束宽限期', done: '旧密钥已失效。' },
  deletion: {
    title: (count: number) => `删除 ${count} 个密钥？`, explanation: '使用这些密钥的程序，从下一次调用起将被拒绝。此操作无法撤销，日志会保留，进行中的调用仍会记录。',
    submit: '删除', done: (count: number) => `已删除 ${count} 个密钥。`,
  },
  done: { saved: '密钥已保存。', off: (name: string) => `${name} 已停用，其调用将被拒绝。`, on: (name: string) => `${name} 已启用。` },
};
