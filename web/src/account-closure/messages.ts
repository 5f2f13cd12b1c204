import { useViewMessages } from '../language/language.js';
import { en } from './messages-en.js';
import { zh } from './messages-zh.js';

const messages = { EN: en, ZH: zh };

/** The messages after a deletion in the current language. They aren't needed in the first view. */
export const useClosureMessages = (): typeof en => useViewMessages(messages);
