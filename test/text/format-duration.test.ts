import { expect, test } from '@jest/globals';
import { formatDuration } from '../../src/text/format-duration.js';

test.each([
  [0, '1 second', '1 秒'],
  [1, '1 second', '1 秒'],
  [53.2, '54 seconds', '54 秒'],
  [60, '60 seconds', '60 秒'],
  [61, '2 minutes', '2 分钟'],
  [900, '15 minutes', '15 分钟'],
  [3_601, '2 hours', '2 小时'],
  [86_400, '24 hours', '24 小时'],
])('formats %d seconds, rounded up, as "%s" in English and "%s" in Chinese', (seconds, english, chinese) => {
  expect(formatDuration(seconds, 'EN')).toBe(english);
  expect(formatDuration(seconds, 'ZH')).toBe(chinese);
});
