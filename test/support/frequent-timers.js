// Makes the periodic work of a process under test frequent: no interval is longer than INTERVAL_LIMIT_MS. Preloaded
// with `--import`.
const limitMs = Number(process.env.INTERVAL_LIMIT_MS);
const systemSetInterval = globalThis.setInterval;

globalThis.setInterval = (work, milliseconds, ...parts) =>
  systemSetInterval(work, Math.min(milliseconds, limitMs), ...parts);
