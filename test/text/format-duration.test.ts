import { expect, test } from '@jest/globals';
import { formatDuration } from '../../src/text/format-duration.js';

test.each([
  [0, '1 second', '1秒钟'],
  [1, '1 second', '1秒钟'],
  [53.2, '54 seconds', '54秒钟'],
  [60, '60 seconds', '60秒钟'],
  [61, '2 minutes', '2分钟'],
  [900, '15 minutes', '15分钟'],
  [3_601, '2 hours', '2小时'],
  [86_400, '24 hours', '24小时'],
])('formats %d seconds, rounded up, as "%s" in English and "%s" in Chinese', (seconds, english, chinese) => {
  expect(formatDuration(seconds, 'EN')).toBe(english);
  expect(formatDuration(seconds, 'ZH')).toBe(chinese);
});
