import { useViewMessages } from '../language/language.js';
import { en } from './messages-en.js';
import { zh } from './messages-zh.js';

const messages = { EN: en, ZH: zh };

/** The texts of this part, in the current language. */
export const useLogsMessages = (): typeof en => useViewMessages(messages);
