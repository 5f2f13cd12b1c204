import type { Words } from './en.js';

/** Everything that the page says, in Chinese. */
export const zh: Words = {
  brand: { tagline: '守好账号的每一道门。', description: '登录并管理账号的安全：密码、邮箱、双重认证、API 令牌与登录会话。' },
  appearance: { label: '外观', system: '跟随系统', light: '浅色', dark: '深色' },
  language: { label: '语言' },
  menu: { open: '账号菜单', navigation: '主导航', profile: '个人资料', keys: '密钥', logs: '日志', administration: '管理', signOut: '退出登录' },
  actions: { cancel: '取消', close: '关闭', done: '完成', retry: '重试', copy: '复制', copied: '已复制', show: '显示', hide: '隐藏', download: '下载', print: '打印', newer: '较新', older: '较早', skip: '跳到正文' },
  lists: {
    previous: '上一页', next: '下一页', chooseAll: '选择本页全部', choose: (name: string) => `选择 ${name}`, chosen: (count: number) => `已选择 ${count} 项`, clear: '清除筛选', all: '全部', search: '搜索', refresh: '刷新',
    noMatch: '没有符合筛选条件的内容。', never: '从不', unlimited: '不限', saved: '我已妥善保存', total: (count: string) => `共 ${count} 项`, actions: '操作',
  },
  states: {
    loading: '正在加载…',
    noNetwork: '无法连接到 Postern。请检查网络，您输入的内容不会丢失。',
    rateLimited: '尝试次数过多。',
    wait: (seconds: number) => (seconds < 60 ? `请在 ${seconds} 秒后重试。` : `请在 ${Math.ceil(seconds / 60)} 分钟后重试。`),
    waitOver: '现在可以重试了。',
    fault: '服务器出错了，未作任何更改。',
    requestId: '请将此请求编号告知管理员',
    forbidden: '您无权使用此功能。',
    twoFactorRequired: '管理员须先启用双重认证，可在个人资料页面中设置。',
    sessionOver: '您已退出登录。',
    unknownPage: '页面不存在',
    toProfile: '前往个人资料',
    notLoaded: '页面无法加载',
    notLoadedWhy: '页面可能已更新，或网络已断开。',
    reload: '重新加载',
  },
  fields: {
    username: '用户名', login: '用户名或邮箱', email: '邮箱', password: '密码', currentPassword: '当前密码', newPassword: '新密码',
    confirmNewPassword: '确认新密码', confirmPassword: '确认密码', code: '验证码', totpCode: '身份验证器中的 6 位验证码', backupCode: '备用码',
    setupToken: '初始化令牌', usernameHint: '3 至 32 个字符，可使用字母 a–z、数字，以及位于中间的 . _ -。',
  },
  factor: { useBackupCode: '改用备用码', useApp: '改用身份验证器', backupHint: '您保存的备用码之一，每个只能使用一次。' },
  stepUp: { title: '请确认是您本人', explanation: '这是一项敏感操作。确认身份后将自动继续。', confirm: '确认' },
  signIn: {
    title: '登录', submit: '登录', remember: '在此设备上保持登录', forgot: '忘记密码？', noAccount: '还没有账号？', toSignUp: '注册',
    ended: '您的会话已过期，或已在其他地方被结束。请重新登录以继续。',
    factorTitle: '双重认证', factorExplanation: '密码正确。请输入身份验证器中显示的验证码。',
    lostBoth: '两者都无法使用？请联系管理员重置双重认证。', verify: '验证', challengeOver: '等待时间过长，或验证码错误次数过多。请重新登录。',
    fewCodes: (left: number) => `您还剩 ${left} 个备用码。`,
  },
  signUp: { title: '创建账号', submit: '注册', haveAccount: '已有账号？', closed: '此处未开放注册，请联系管理员开通账号。' },
  setUp: {
    title: '初始化 Postern', explanation: '您是第一位使用者。请设置首位管理员（ROOT）的用户名和密码。', submit: '创建管理员',
    tokenHint: '在尚无管理员时，服务器每次启动都会显示该令牌。', newLink: '链接仅可使用一次，且仅在尚无管理员时有效。服务器每次启动都会显示新的链接。', welcome: '管理员账号已创建。建议接下来启用双重认证。',
  },
  recovery: {
    title: '忘记密码？', explanation: '请输入账号绑定的邮箱。如果该邮箱已绑定账号，您将收到一个用于设置新密码的链接。', submit: '发送链接',
    sentTitle: '请查看收件箱', sent: (email: string) => `如果有账号绑定了 ${email}，邮件已在发送途中。链接仅可使用一次，30 分钟内有效。`, again: '没有收到？请检查垃圾邮件，或换一个邮箱重试。', back: '返回登录', another: '换一个邮箱',
    noEmail: '没有绑定邮箱？请联系管理员获取链接。',
  },
  reset: {
    title: '设置新密码', explanation: '设置后，该账号的所有会话都将结束，请使用新密码重新登录。', submit: '设置新密码',
    factorExplanation: '该账号已启用双重认证，还需要输入验证码。', done: '新密码已设置，请使用新密码登录。',
    noToken: '链接不完整，或页面已被刷新。请重新打开链接，或申请新的链接。', askAgain: '申请新链接',
  },
  revert: {
    title: '不是我本人操作', explanation: '有人为您的账号绑定了其他邮箱。撤销后，原邮箱将恢复，账号的所有会话、API 令牌和旧密码都将失效，您需要设置新密码。',
    submit: '撤销更改', done: '原邮箱已恢复。旧密码已失效，请立即设置新密码。',
  },
  strength: {
    label: '强度', levels: ['很弱', '较弱', '一般', '良好', '很强'],
    warnings: {
      straightRow: '键盘上的连续按键很容易被猜到。', keyPattern: '简短的键盘图案很容易被猜到。', simpleRepeat: '“aaa”这样的重复字符很容易被猜到。', extendedRepeat: '“abcabc”这样的重复组合很容易被猜到。',
      sequences: '“abc”这样的序列很容易被猜到。', recentYears: '年份很容易被猜到。', dates: '日期很容易被猜到。', topTen: '这是最常用的十个密码之一。', topHundred: '这是最常用的一百个密码之一。',
      common: '这是一个常用密码。', similarToCommon: '这与常用密码很相似。', wordByItself: '单个词语很容易被猜到。', namesByThemselves: '单个名字很容易被猜到。', commonNames: '常见的名字很容易被猜到。', userInputs: '密码不应与您的用户名或本站有关。', pwned: '该密码曾出现在数据泄露中。',
    },
    suggestions: {
      l33t: '用 @ 代替 a 之类的替换作用不大。', reverseWords: '把单词倒过来写作用不大。', allUppercase: '请只把部分字母大写。', capitalization: '不要只把首字母大写。', dates: '避免使用与您有关的日期。', recentYears: '避免使用近年的年份。', associatedYears: '避免使用与您有关的年份。',
      sequences: '避免使用字符序列。', repeated: '避免重复的词语和字符。', longerKeyboardPattern: '使用更长且多次改变方向的键盘图案。', anotherWord: '增加一些不常见的词语。', useWords: '使用多个词语，但不要使用常见短语。', noNeed: '只要足够长，不必使用符号、数字或大写字母。', pwned: '如果您在其他地方也使用该密码，请一并更换。',
    },
  },
  roles: { USER: '用户', ADMIN: '管理员', ROOT: '超级管理员', SERVICE: '服务账号' },
  refusals: {
    INVALID_CREDENTIALS: '用户名、邮箱、密码或验证码不正确。', INCORRECT_PASSWORD: '密码不正确。', INVALID_CODE: '验证码不正确或已失效。每个验证码只能使用一次：如果已用过，请等待下一个。', PASSWORD_REQUIRED: '还需要输入密码。', SECOND_FACTOR_REQUIRED: '还需要输入验证码。', TWO_FACTOR_NOT_ENABLED: '尚未启用双重认证。', INVALID_TOKEN: '链接无效或已失效。',
    PASSWORD_TOO_SHORT: '密码太短。', PASSWORD_TOO_LONG: '密码太长。', PASSWORD_TOO_COMMON: '该密码在攻击者的常用密码列表中，请换一个。', PASSWORD_CONTAINS_IDENTITY: '密码与用户名过于接近，请换一个。', PASSWORD_UNCHANGED: '新密码与当前密码相同，请换一个。', PASSWORDS_DIFFER: '两次输入的密码不一致。',
    MAIL_OFF: '此处未启用邮件功能，请联系管理员。', EMAIL_INVALID: '该邮箱地址无法接收邮件。', USERNAME_INVALID: '用户名须为 3 至 32 个字符，可使用字母 a–z、数字，以及位于中间的 . _ -。', USERNAME_RESERVED: '该用户名已被保留。', USERNAME_TAKEN: '该用户名已被使用。', USERNAME_CHANGED_RECENTLY: '24 小时内已更改过用户名，请明天再试。',
    REGISTRATION_CLOSED: '此处未开放注册，请联系管理员开通账号。', ACCOUNT_DISABLED: '该账号已被停用，请联系管理员。', API_TOKEN_NOT_SET: '尚无 API 令牌。', NOT_FOUND: '该内容已不存在。',
  },
};
