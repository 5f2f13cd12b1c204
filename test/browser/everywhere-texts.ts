/** What the test of every width and language looks for, in English. */
export const english = {
  profile: 'Profile',
  changeUsername: 'Change username',
  username: 'Username',
  save: 'Save',
  cancel: 'Cancel',
  invalidUsername: 'Use 3–32 characters',
  usernameChanged: 'Username changed.',
  createToken: 'Create token',
  copy: 'Copy',
  copyByHand: 'This browser can’t copy here.',
  edit: 'Edit: Robot',
  notFound: 'Page not found',
  createAdministrator: 'Create administrator',
  isSetUp: 'This server is already set up. Sign in instead.',
  setPassword: 'Set new password',
  wrongAddress: 'This server can’t be used at the address in your browser.',
};

/** The same texts in Chinese. */
export const chinese: typeof english = {
  profile: '个人中心',
  changeUsername: '更改用户名',
  username: '用户名',
  save: '保存',
  cancel: '取消',
  invalidUsername: '用户名须为 3–32 个字符',
  usernameChanged: '用户名已更改。',
  createToken: '创建令牌',
  copy: '复制',
  copyByHand: '浏览器不允许在此复制。',
  edit: '编辑：Robot',
  notFound: '页面不存在',
  createAdministrator: '创建管理员',
  isSetUp: '此服务器已完成初始化',
  setPassword: '设置新密码',
  wrongAddress: '此服务器不能通过当前地址使用',
};
