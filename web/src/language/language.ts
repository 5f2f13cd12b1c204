import { createContext, use, useMemo } from 'react';
import type { Locale } from '../generated/graphql.js';
import type { Messages } from './en.js';

/** The BCP 47 tag of each language. */
export const languageTags: Readonly<Record<Locale, string>> = { EN: 'en', ZH: 'zh-CN' };

/** The name of each language, in the language itself. */
export const languageNames: Readonly<Record<Locale, string>> = { EN: 'English', ZH: '简体中文' };

/** The current language of the web app. */
export interface Language {
  readonly locale: Locale;
  readonly language: string;
  readonly messages: Messages;
  /** Changes the language, also for later visits with this browser. */
  readonly setLocale: (locale: Locale) => void;
}

export const LanguageContext = createContext<Language | null>(null);

/** The current language. */
export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('useLanguage needs a LanguageProvider.');
  return language;
}

/** The shared messages in the current language. */
export const useMessages = (): Messages => useLanguage().messages;

/** The messages of one view in the current language. Each view imports its own, to keep the initial bundle small. */
export const useViewMessages = <ViewMessages>(messages: Readonly<Record<Locale, ViewMessages>>): ViewMessages =>
  messages[useLanguage().locale];

/** Formats times, numbers and devices in the current language. */
export interface Formats {
  /** A day, e.g. "24 November 2026". */
  date(at: string): string;
  /** A day and a time to the second, for tables and tooltips. */
  dateTime(at: string): string;
  /** A time relative to now, e.g. "3 minutes ago". Past times are rounded down, future ones to the nearest unit. */
  ago(at: string): string;
  /** A future time relative to now, to the second, e.g. "in 5 seconds"; "now" once it has passed. */
  until(at: string): string;
  /** An integer with separators. A `BigInt` of the API is a string. */
  number(value: number | string): string;
  /** A number in short form, e.g. "1.5K", for the axis of a chart. */
  compact(value: number): string;
  /** A ratio as a percentage. */
  percent(ratio: number): string;
  /** A duration in seconds with one decimal. */
  seconds(ms: number): string;
  /** Translates the server's description of a device, e.g. "Firefox on Linux". */
  device(description: string | null): string;
}

const units: readonly [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const getSecondsUntil = (at: string): number => (Date.parse(at) - Date.now()) / 1_000;

/** Returns the formats of the current language. */
export function useFormats(): Formats {
  const { language, messages } = useLanguage();
  return useMemo(() => {
    const { times, devices } = messages;
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
    const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    const number = new Intl.NumberFormat(language);
    const compact = new Intl.NumberFormat(language, { notation: 'compact' });
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
    const oneDecimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const ago = (at: string): string => {
      const seconds = getSecondsUntil(at);
      const unitWithSize = units.find(([, size]) => Math.abs(seconds) >= size);
      if (!unitWithSize) return times.justNow;
      const [unit, size] = unitWithSize;
      return relative.format(seconds < 0 ? Math.trunc(seconds / size) : Math.round(seconds / size), unit);
    };
    return {
      date: (at) => date.format(new Date(at)),
      dateTime: (at) => dateTime.format(new Date(at)),
      ago,
      until: (at) => {
        const seconds = Math.max(Math.ceil(getSecondsUntil(at)), 0);
        return seconds < 60 ? relative.format(seconds, 'second') : ago(at);
      },
      number: (value) => number.format(typeof value === 'string' ? BigInt(value) : value),
      compact: (value) => compact.format(value),
      percent: (ratio) => percent.format(ratio),
      seconds: (ms) => times.seconds(oneDecimal.format(ms / 1_000)),
      device: (description) => {
        const [, browser, system] = /^(.+) on (.+)$/.exec(description ?? '') ?? [];
        return browser && system ? devices.name(browser, system) : (description ?? devices.unknown);
      },
    };
  }, [language, messages]);
}
