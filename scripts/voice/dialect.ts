/** A row of the glossary: forbidden text, what to write instead, and a violation that the check must find. */
export interface DialectRule {
  readonly pattern: RegExp;
  readonly instead: string;
  readonly planted: string;
  /** Right text that the rule must let pass. */
  readonly right: string;
}

/** Identifiers and phrases of the old dialect that have no other, right sense (docs/decisions/030-plain-english.md). */
export const dialect: readonly DialectRule[] = [
  {
    pattern: /\b[A-Za-z]+Wish(?:es)?\b|\bWanted(?!By=)[A-Z]\w*/,
    instead: '…Input, …Filter or PageArgs in GraphQL; the bare noun for the type of a rule',
    planted: 'interface PasswordWish {}',
    right: 'WantedBy=multi-user.target',
  },
  {
    pattern: /\b[A-Z]\w*Choices?\b/,
    instead: '…Selection, or …Filter in GraphQL',
    planted: 'type UsageChoice = string;',
    right: 'const { choices } = completion;',
  },
  {
    pattern: /\b(?!Market)[A-Za-z]+Place\b|\bplaceOf\b/,
    instead: 'SecretLocation, Position, serverUrl, addressBucket or index',
    planted: 'const place: SecretPlace = placeOf(row);',
    right: 'a placeholder takes the place of a value',
  },
  {
    pattern: /\bTold[A-Z]\w*|\b(?:is|are|was|were|be) told\b|\b(?:tells?|told) of\b/,
    instead: 'notify, notice; for values: return, report or show',
    planted: 'The caller is told of the fault.',
    right: 'so that an attacker cannot tell them apart',
  },
  {
    pattern: /(?<!keeps |it’s )\bhappenings?\b/i,
    instead: 'event, NewEvent',
    planted: 'recordHappening(happening)',
    right: 'If it keeps happening',
  },
  {
    pattern: /\bformer\b|\bformer(?!Email)[A-Z]\w*|\bFormer[A-Z]\w*/,
    instead: 'previous, with its noun',
    planted: 'const formerSession = former.session;',
    right: "'email_changes.former_email'",
  },
  {
    pattern: /\b[Pp]asswordNotes?\b/,
    instead: 'WeakPasswordFlag',
    planted: 'readPasswordNote(passwordNote)',
    right: "'accounts.password_note_ciphertext'",
  },
  {
    pattern: /\b(?:im)?patien(?:t|tly|ce)\b|\b[A-Za-z]*[Pp]atien(?:t|ce)[A-Z]\w*|_PATIENCE\b|\bunhurried\b/,
    instead: 'withoutStatementTimeout, longTransaction or failFastClient; …_TIMEOUT_MS',
    planted: 'await patiently(() => unhurried(database));',
    right: 'withoutStatementTimeout(work)',
  },
  {
    pattern:
      /\bcountingFailures\b|\bgiveBack\b|\bspendQuota\b|\b(?:gives?|given) back an? (?:attempt|try)\b|\bpays? for (?:one|an?) (?:attempt|try)\b/,
    instead: 'an attempt is taken, verified, refunded or cleared',
    planted: 'await rateLimits.giveBack(limit);',
    right: 'a budget is no word; keys spend their quota',
  },
  {
    pattern: /\bprove[A-Z]\w*|\bProven[A-Z]\w*/,
    instead: 'verify…',
    planted: 'await proveOwnPassword(context);',
    right: 'the tests prove it',
  },
  {
    pattern: /\buseUp\w*|\b(?:uses?|used|using) up\b/,
    instead: 'consume',
    planted: 'useUpBackupCode(code)',
    right: 'the code is used, up to ten times',
  },
  {
    pattern: /\b[Mm]oments?\b|\b[Mm]oment[A-Z]\w*|[a-z]Moments?\b/,
    instead: 'timestamp, time or date',
    planted: 'at the moment of the request',
    right: 'momentum',
  },
  {
    pattern: /\bbeginOf\w*|\b(?:is)?[sS]oundText\b|\bkeepARoot\b|\beachInTurn\b/,
    instead: 'startOf, isSafeText, ensureRootRemains, runAll',
    planted: 'beginOf(day)',
    right: 'startOf(day)',
  },
  {
    pattern:
      /\b(?:count|answer|on)Refusals?\b|\brefused? (?:mail|email)s?\b|\b(?:mail|email)s? (?:is|are|was|were) refused\b/,
    instead: 'rules refuse; limits reject, metrics count rejections, mail bounces',
    planted: 'countRefusals(registry)',
    right: 'callKey.refusal',
  },
  {
    pattern:
      /\bmend(?:s|ed|ing)?\b|\bdear(?:er|est)?\b|\banew\b|\bat once\b|\bby itself\b|\bof (?:its|their|his|her|one’s) own\b/i,
    instead: 'fix, expensive, re-…, immediately or together, alone, its own',
    planted: 'The next sign-in mends it at once.',
    right: 'a transaction for this statement only; amended',
  },
  {
    pattern: /\bweb page of Postern\b|\bserveWebPage\b|\bpage in the browser\b/i,
    instead: 'the web app; to users: this site',
    planted: 'serveWebPage(server)',
    right: 'the next page of the list',
  },
  {
    pattern: /\b(?!dead)[a-z]+Letters?\b|\bletterOf\b/,
    instead: 'mail in code, email to users',
    planted: 'sendLetter(resetLetter)',
    right: 'deadLetter: queue',
  },
  {
    pattern:
      /(?<!["'`])\b(?:some|no|every|any)body\b(?!["'`])|\b(?:for|by|of|to|from) whom?\b(?! )|\b(?:for|to|from|of) who\b|\bby whom\b|\bof which\b/i,
    instead: 'user, account, caller or administrator; “you” in messages',
    planted: 'so that nobody reads it',
    right: 'the user who signs in',
  },
  {
    pattern: /\bnewPerson\w*|\b[a-z]+Person\b|\bPerson[A-Z]\w*|\bPeople[A-Z]\w*|\b[a-z]+People\b/,
    instead: 'user',
    planted: 'const person = await newPerson(postern);',
    right: 'personal data',
  },
  {
    pattern: /(?<!--wasm-tiering-)\bbudgets?\b|\bprices?\b/i,
    instead: 'limit (requests per period) or quota (an amount of usage)',
    planted: 'the budget of a request',
    right: "setFlagsFromString('--wasm-tiering-budget=1')",
  },
  {
    pattern: /\b(?:not|no[a-z]*|never|n’t|n\'t)\b[^.;:\n]{0,40}\bany more\b|\ball the same\b|\bwhat is none\b/i,
    instead: 'no longer, still, anything else',
    planted: 'The token does not work any more.',
    right: 'Do you want any more codes?',
  },
];
