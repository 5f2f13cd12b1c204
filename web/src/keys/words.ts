import { useTranslated } from '../language/language.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

const words = { EN: en, ZH: zh };

/** What the Keys view says, in the language of the page. */
export const useKeysWords = (): typeof en => useTranslated(words);
