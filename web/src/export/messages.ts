import { useViewMessages } from '../language/language.js';
import { en } from './messages-en.js';
import { zh } from './messages-zh.js';

const messages = { EN: en, ZH: zh };

/** The messages of exports in the current language. */
export const useExportMessages = (): typeof en => useViewMessages(messages);
