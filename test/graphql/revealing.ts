/** What no response may contain: stack traces, SQL, paths, names of tables, entities, drivers and files (R-85). */
export const revealing = new RegExp(
  [
    /\bat [\w.<>]+ ?\(|\bat file:|node:internal|\.[jt]s:\d+|stacktrace/,
    /\b(?:select|SELECT)\b.+\b(?:from|FROM)\b|\b(?:insert into|INSERT INTO|delete from|DELETE FROM)\b|\b(?:update|UPDATE)\b.+\b(?:set|SET)\b|violates|syntax error at|relation "|column "|constraint/,
    /node_modules|\/(?:home|work|src|dist|tmp|usr)\//,
    /\b(?:accounts|sessions|security_events|setup_tokens|two_factors|api_tokens|second_factor_challenges)\b(?!")/,
    /Entity\b|MikroORM|[Kk]ysely|[Pp][Gg]lite|[Pp]ostgres|ECONN|Exception|argon2/,
    /password_hash|token_hash|auth_version|\$argon2|Maximum call stack|Cannot read propert|is not a function|heap/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
