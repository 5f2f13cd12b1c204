/** Texts of exports, in English. */
export const en = {
  title: 'Export',
  csv: 'CSV',
  jsonl: 'JSON lines',
  /** The names of the items for screen readers. */
  asCsv: 'Export as CSV',
  asJsonl: 'Export as JSON lines',
  running: 'Exporting…',
  done: (file: string) => `Downloaded: ${file}`,
  incomplete: 'The download was cut off. Try again.',
  limited: 'You’ve exported as often as allowed for now.',
  account: {
    title: 'Export your data',
    explanation:
      'Download everything we store about your account as a JSON lines file: profile, passkeys, sessions, tokens, keys, events and usage. It contains no passwords or secrets.',
    submit: 'Export your data',
    hint: 'Up to 3 times a day.',
    /** Only if the account has an email address. */
    emailed: 'We’ll email you when it’s downloaded.',
  },
};
