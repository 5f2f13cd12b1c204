import type { en } from './words-en.js';

/** What Administration says, in Chinese. */
export const zh: typeof en = {
  title: '管理', description: '管理用户账号：查找用户、帮助无法登录的用户、停用有风险的账号。您的每项操作都会连同原因一并记录，并通知当事人。',
  filters: '筛选用户', search: '用户名或邮箱', role: '角色', status: '状态', twoFactor: '双重认证', order: '排序', table: '用户', on: '已启用', off: '未启用',
  statuses: { ACTIVE: '正常', DISABLED: '已停用', DELETED: '已删除' },
  orders: { CREATED_AT: '最新创建', USERNAME: '按用户名', LAST_LOGIN_AT: '最近登录' },
  columns: { name: '用户名', role: '角色', status: '状态', twoFactor: '双重认证', lastLogin: '上次登录', created: '创建时间' }, never: '从未', noEmail: '未绑定邮箱',
  create: {
    button: '创建账号', title: '创建账号', explanation: '用户通过链接自行设置密码，链接 72 小时内有效。其他人不会知道密码。', done: '账号已创建，链接已通过邮件发送。',
    emailHint: '链接将发送至该邮箱。留空则由您转交链接。', roleHint: '服务账号供网关使用：只有令牌，无法登录。',
  },
  person: {
    back: '所有用户', unknown: '该账号已不存在。', account: '账号', created: '创建时间', lastLogin: '上次登录', passwordChanged: '修改密码', apiToken: 'API 令牌', none: '无', endsIn: (hint: string) => `尾号 ${hint}`,
    sessions: '会话', noSessions: '当前没有登录。', unknownDevice: '未知设备', lastSeen: (date: string) => `上次使用：${date}`, twoFactorOn: (codes: number) => `已启用，还剩 ${codes} 个备用码`,
    keys: '调用密钥', keysTable: '该用户的调用密钥', noKeys: '没有调用密钥。', usage: '总用量', logs: '查看日志', events: '安全事件', noEvents: '暂无事件。',
    self: '这是您自己的账号，请在个人资料中管理。', above: '该账号的级别不低于您，您只能查看，无法操作。', acts: '可执行的操作',
  },
  events: {
    title: '安全事件', description: '所有账号的动态，最新的在前：登录、更改，以及管理员的操作及其原因。', filters: '筛选事件', all: '该用户的所有事件',
    at: '时间', type: '事件', outcome: '结果', outcomes: { SUCCESS: '成功', REFUSED: '已拒绝' }, user: '账号', actor: '操作者', origin: '来源', ip: '地址', from: '开始日期', to: '结束日期', chosen: '所选用户',
  },
  reason: '原因', reasonHint: '将随操作一并记录，并告知当事人。', newRole: '新角色',
  acts: {
    disable: { name: '停用', title: '停用该账号？', explanation: '从下一次请求起，密码、会话、API 令牌和调用密钥都将被拒绝。之后可以重新启用。', done: '账号已停用。' },
    enable: { name: '启用', title: '启用该账号？', explanation: '用户可以重新登录。', done: '账号已启用。' },
    role: { name: '更改角色', title: '更改角色？', explanation: '该用户的所有会话都将结束，重新登录后以新角色使用。', done: '角色已更改。' },
    resetTwoFactor: { name: '重置双重认证', title: '重置双重认证？', explanation: '适用于丢失身份验证器和备用码的用户。请先确认是其本人。其会话和 API 令牌都将失效，之后仅凭密码即可登录。', done: '双重认证已重置。' },
    sendReset: { name: '发送密码重置', title: '发送密码重置？', explanation: '用户将收到一封邮件，其中的链接仅可使用一次，30 分钟内有效。如果邮件无法送达，则由您转交链接。', done: '邮件已发送。' },
    revoke: { name: '结束所有会话', title: '结束所有会话？', explanation: '该用户将在所有位置退出登录，需要重新登录。', done: '所有会话均已结束。' },
    serviceToken: { name: '新令牌', title: '生成新令牌？', explanation: '旧令牌立即失效，网关在换用新令牌之前无法使用。', done: '新令牌已生效。' },
    remove: { name: '删除', title: '删除该账号？', explanation: '该用户将退出登录且无法再次登录。30 天内可以恢复，之后所有个人数据将被永久清除。', done: '账号已删除。' },
    restore: { name: '恢复', title: '恢复该账号？', explanation: '账号将恢复到删除之前的状态。', done: '账号已恢复。' },
  },
  link: { title: '请转交此链接', explanation: '链接仅显示一次。请以他人无法看到的方式交给用户：最先打开链接的人可以设置密码。' },
  token: { title: '服务账号的令牌', explanation: '令牌仅显示一次。请填入网关的设置：任何持有者都可以验证密钥并记录用量。' },
};
