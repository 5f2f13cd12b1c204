export const locales = ['EN', 'ZH'] as const;

/** A language that Postern supports. */
export type Locale = (typeof locales)[number];

/** A text in each supported language. */
export type Translated<Text = string> = Readonly<Record<Locale, Text>>;

/** The language tags (BCP 47), for `Intl` and the `lang` attribute of HTML. */
export const languageTags: Translated = { EN: 'en', ZH: 'zh-CN' };
