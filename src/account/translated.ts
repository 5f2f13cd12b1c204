import type { Locale } from './account.entity.js';

/** A text in each language that Postern speaks. */
export type Translated<Text = string> = Readonly<Record<Locale, Text>>;
