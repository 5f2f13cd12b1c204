import { useViewMessages } from '../../language/language.js';
import { en } from './messages-en.js';
import { zh } from './messages-zh.js';

const messages = { EN: en, ZH: zh };

/** The messages about the strength of a password in the current language. They load with its estimator. */
export const useStrengthMessages = (): typeof en => useViewMessages(messages);
