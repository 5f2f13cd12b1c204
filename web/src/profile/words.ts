import { useTranslated } from '../language/language.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

const words = { EN: en, ZH: zh };

/** The texts of this part, in the current language. */
export const useProfileWords = (): typeof en => useTranslated(words);
