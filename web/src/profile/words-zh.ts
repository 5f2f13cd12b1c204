import type { en } from './words-en.js';

/** What the Profile page says, in Chinese. */
export const zh: typeof en = {
  profile: {
    title: '个人资料', description: '更改用户名、更新密码，并管理包括双重认证（2FA）在内的安全设置。', sections: '本页内容',
    basic: '基本信息', security: '安全设置', since: (date: string) => `注册于 ${date}`,
  },
  findings: {
    title: '接下来该做什么', none: '无需处理：您的账号得到了良好的保护。',
    severity: { HIGH: '立即处理', MEDIUM: '尽快处理', LOW: '有空处理' },
    actions: { PASSWORD_COMMON: '修改密码', TWO_FACTOR_OFF: '启用双重认证', FEW_BACKUP_CODES: '重新生成备用码', NO_EMAIL: '绑定邮箱', API_TOKEN_UNUSED: '重置 API 令牌', STALE_SESSION: '查看会话', CALL_KEY_UNUSED: '查看密钥' },
  },
  username: { title: '用户名', change: '更改用户名', submit: '保存', explanation: '每天最多更改一次。原用户名会为您保留 30 天。', changed: '用户名已更改。' },
  email: {
    title: '绑定邮箱', explanation: '绑定邮箱后，可以找回密码并接收系统通知。', bound: '已绑定的邮箱', change: '绑定其他邮箱', send: '发送验证码', sendAgain: '重新发送', resendIn: (seconds: number) => `${seconds} 秒后可重新发送`,
    sent: (email: string) => `验证码正在发送至 ${email}，10 分钟内有效。`, bind: '绑定', done: '邮箱已绑定。', codeHint: '邮件中的 6 位数字。',
  },
  preferences: { title: '语言', explanation: '用于本页面，以及发送给您的邮件。' },
  password: { title: '修改密码', submit: '修改密码', changedAt: (date: string) => `上次修改：${date}。`, done: '密码已修改，其他会话均已结束。', consequence: '修改后，您账号的其他会话都将结束。' },
  twoFactor: {
    title: '双重认证（2FA）', short: '双重认证', on: '已启用', off: '未启用', explanation: '启用双重认证后，每次登录都需要密码和身份验证器中的一次性验证码，可有效防止账号被盗。',
    apps: '请先在手机上安装身份验证器应用：Google Authenticator（Android / iOS）或 Microsoft Authenticator（Android / iOS）。',
    enable: '启用双重认证', enabledAt: (date: string) => `启用于 ${date}。`, codesLeft: (left: number) => `还剩 ${left} 个备用码。`,
    enrolTitle: '启用双重认证', replaceTitle: '更换手机', scan: '请用应用扫描二维码。', cannotScan: '无法扫描？请手动输入密钥', setupKey: '设置密钥', qrCode: '用于身份验证器的二维码', enterCode: '请输入应用中显示的 6 位一次性验证码。', confirm: '确认启用', validFor: '二维码 10 分钟内有效。在您确认之前，不会有任何更改。',
    replaceNote: '在您确认之前，当前的身份验证器仍然有效。确认后您将获得新的备用码。',
    disable: '停用双重认证', disableTitle: '停用双重认证', disableExplanation: '请输入身份验证器中的当前验证码。停用后，仅凭密码即可登录，其他会话也将全部结束。', disabled: '双重认证已停用。',
    newCodes: '重新生成备用码', newCodesExplanation: '您将获得十个新的备用码，旧的备用码全部失效。', newCodesSubmit: '生成新备用码', replace: '更换手机',
    codesTitle: '您的备用码', codesExplanation: '请立即截图或抄写保存：备用码仅显示一次，用于在身份验证器不可用时紧急登录。如果备用码丢失且无法使用身份验证器，只能联系管理员重置双重认证。',
    codesSaved: '我已保存这些备用码', codesFile: (username: string) => `${username} 的 Postern 备用码，每个仅可使用一次。`, enabled: '双重认证已启用。', codesMade: '新的备用码已生效。',
  },
  apiToken: {
    title: 'API 令牌', explanation: '用于调用平台的管理 API（查询账号信息、管理密钥、读取日志）。它与 AI 调用密钥（以 sk- 开头）不同。', warning: '该令牌具有账号级管理权限。请勿分享，也不要提交到代码仓库。',
    none: '尚无令牌。', create: '创建令牌', view: '查看', reset: '重置', hint: (hint: string) => `尾号 ${hint}`, created: (date: string) => `创建于 ${date}`, lastUsed: (date: string, ip: string) => `上次使用：${date}${ip ? `，来自 ${ip}` : ''}`, neverUsed: '从未使用',
    resetTitle: '重置 API 令牌？', resetExplanation: '所有使用当前令牌的程序将立即失效，直到换用新令牌。此操作无法撤销。', resetSubmit: '重置令牌', token: '您的令牌', notKept: '此处不保存可再次查看的令牌。重置后将获得新令牌，且仅显示一次。', hide: '隐藏',
  },
  sessions: {
    title: '会话', explanation: '您在以下位置登录。如有陌生的会话，请将其结束。', current: '当前设备', unknownDevice: '未知设备', end: '结束', endNamed: (device: string) => `结束 ${device} 的会话`, endOthers: '结束所有其他会话', ended: '会话已结束。', endedCount: (count: number) => `已结束 ${count} 个会话。`,
    signedIn: (date: string) => `登录于 ${date}`, lastSeen: (date: string) => `上次使用：${date}`, factors: { PASSWORD: '密码', TOTP: '身份验证器', BACKUP_CODE: '备用码' }, onlyThis: '您没有在其他地方登录。',
  },
  events: {
    title: '最近的安全事件', explanation: '您账号的动态。如有您不知情的操作，请修改密码。', none: '暂无事件。', refused: '已拒绝', unknownDevice: '未知设备', by: (name: string) => `由 ${name} 操作`, reason: '原因',
    types: {
      CALL_KEY_CREATED: '创建调用密钥', CALL_KEY_UPDATED: '更改调用密钥', CALL_KEY_ROTATED: '轮换调用密钥', CALL_KEY_DELETED: '删除调用密钥', USER_CREATED: '管理员创建账号', USER_STATUS_SET: '更改账号状态', USER_ROLE_SET: '更改角色', USER_TWO_FACTOR_RESET: '管理员重置双重认证', USER_PASSWORD_RESET_SENT: '管理员发送密码重置', USER_SESSIONS_REVOKED: '管理员结束所有会话', SERVICE_TOKEN_RESET: '重新生成服务令牌', USER_DELETED: '删除账号', USER_RESTORED: '恢复账号', USER_ERASED: '永久清除账号',
      SETUP_COMPLETED: '创建首位管理员', REGISTERED: '注册账号', LOGIN_SUCCEEDED: '登录', LOGIN_FAILED: '登录被拒绝', LOGIN_CHALLENGED: '密码正确，等待双重认证', LOGGED_OUT: '退出登录', SESSION_REVOKED: '会话被结束', NEW_DEVICE_SEEN: '新设备登录', ATTEMPTS_LOCKED: '错误次数过多，暂时锁定', IDENTITY_CONFIRMED: '确认身份',
      USERNAME_CHANGED: '更改用户名', EMAIL_CODE_SENT: '发送邮箱验证码', EMAIL_BOUND: '绑定邮箱', EMAIL_CHANGE_REVERTED: '撤销邮箱更改', PASSWORD_CHANGED: '修改密码', PASSWORD_RESET_REQUESTED: '申请重设密码', PASSWORD_RESET: '重设密码', TWO_FACTOR_STARTED: '开始启用双重认证', TWO_FACTOR_ENABLED: '启用双重认证', TWO_FACTOR_DISABLED: '停用双重认证', SECOND_FACTOR_FAILED: '双重认证验证失败', BACKUP_CODE_USED: '使用备用码', BACKUP_CODES_REGENERATED: '重新生成备用码', API_TOKEN_VIEWED: '查看 API 令牌', API_TOKEN_RESET: '重置 API 令牌', DECRYPTION_FAILED: '机密数据无法读取',
    },
  },
};
