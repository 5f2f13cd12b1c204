import { useTranslated } from '../language/language.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

const words = { EN: en, ZH: zh };

/** What Administration says, in the language of the page. */
export const useAdministrationWords = (): typeof en => useTranslated(words);
