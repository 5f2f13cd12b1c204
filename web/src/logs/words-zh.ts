import type { en } from './words-en.js';

/** What the Logs view says, in Chinese. */
export const zh: typeof en = {
  title: '日志', description: '使用您的调用密钥发起的每一次 AI 调用及其费用。', everybodys: '所有用户的调用密钥发起的每一次 AI 调用及其费用。',
  filters: '筛选日志', table: 'AI 调用', whose: '范围', mine: '我的', everybody: '所有用户', person: '某一用户',
  period: '时间', periods: { day: '最近 24 小时', week: '最近 7 天', month: '最近 30 天', quarter: '最近 90 天', custom: '自选日期' }, from: '开始', to: '结束',
  type: '结果', types: { CONSUME: '成功', ERROR: '失败' },
  key: '密钥', chosenKey: '所选密钥', model: '模型', modelHint: '完整名称', requestId: '请求编号', requestIdHint: '完整编号',
  columns: { at: '时间', type: '结果', key: '密钥', model: '模型', tokens: '令牌数', quota: '额度', latency: '耗时', requestId: '请求' },
  inAndOut: (given: string, answered: string) => `输入 ${given}，输出 ${answered}`, milliseconds: (ms: string) => `${ms} 毫秒`, gone: '已删除',
  summary: {
    title: '汇总', requests: '请求数', failed: (count: string) => `${count} 次失败`, tokens: '令牌数', tokensOf: (given: string, answered: string) => `输入 ${given}，输出 ${answered}`, quota: '已用额度', rate: '最近一分钟',
    perMinute: (requests: string) => `${requests} 次请求`, tokensPerMinute: (tokens: string) => `${tokens} 个令牌`,
  },
  chart: {
    title: '用量趋势', table: '用量明细', byHour: '按小时', byDay: '按天（UTC）', requests: '请求数', tokens: '令牌数', most: (most: string) => `最高 ${most}`, asTable: '以表格显示', nothing: '这段时间内没有用量。', from: '起始时间', quota: '额度',
    described: (what: string, total: string, most: string, when: string) => `${what}趋势：共 ${total}，最高 ${most}，出现在 ${when}。`, point: (when: string, requests: string, tokens: string) => `${when}：${requests} 次请求，${tokens} 个令牌`,
  },
  empty: '这段时间内没有调用。程序使用您的密钥发起调用后，会显示在这里。',
};
