import { useTranslated } from '../language/language.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

const words = { EN: en, ZH: zh };

/** What the Profile page says, in the language of the page. */
export const useProfileWords = (): typeof en => useTranslated(words);
