import { createContext, use, useMemo } from 'react';
import type { Locale } from '../generated/graphql.js';
import type { Words } from './en.js';

/** The tags of BCP 47 for the languages of the page. */
export const languageTags: Readonly<Record<Locale, string>> = { EN: 'en', ZH: 'zh-CN' };

/** The languages in their own words. */
export const languageNames: Readonly<Record<Locale, string>> = { EN: 'English', ZH: '简体中文' };

/** The language of the page. */
export interface Language {
  readonly locale: Locale;
  readonly language: string;
  readonly words: Words;
  /** Changes it, here and at the next visit of this browser. */
  readonly choose: (locale: Locale) => void;
}

export const LanguageContext = createContext<Language | null>(null);

/** The language of the page. */
export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('There is no language around this.');
  return language;
}

/** What the page says, in its language. */
export const useWords = (): Words => useLanguage().words;

/** The words of one part of the page, which brings them itself so that nobody else loads them. */
export const useTranslated = <Part>(words: Readonly<Record<Locale, Part>>): Part => words[useLanguage().locale];

/** Moments and numbers as the reader's language writes them. */
export interface Formats {
  /** A day, e.g. "24 November 2026". */
  date(at: string): string;
  /** A day and a time, to the second: for tables and tooltips. */
  moment(at: string): string;
  /** A moment from now, e.g. "3 minutes ago": of what has passed, the whole units; what is to come is rounded. */
  ago(at: string): string;
  /** A whole number with its groups; a BigInt comes as a text. */
  number(value: number | string): string;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The formats of the page's language. */
export function useFormats(): Formats {
  const { language } = useLanguage();
  return useMemo(() => {
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
    const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    const number = new Intl.NumberFormat(language);
    return {
      date: (at) => date.format(new Date(at)),
      moment: (at) => moment.format(new Date(at)),
      ago: (at) => {
        const seconds = (Date.parse(at) - Date.now()) / 1_000;
        const [unit, length] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? [
          'second',
          Number.POSITIVE_INFINITY,
        ];
        return relative.format(seconds < 0 ? Math.trunc(seconds / length) : Math.round(seconds / length), unit);
      },
      number: (value) => number.format(typeof value === 'string' ? BigInt(value) : value),
    };
  }, [language]);
}
