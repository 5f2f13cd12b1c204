// Shifts the clock of a process under test by CLOCK_SHIFT_MS, as a machine with a wrong clock would have it. Preloaded
// with `--import`.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const SystemDate = Date;

globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [SystemDate.now() + shiftMs] : parts));
  }
  static now() {
    return SystemDate.now() + shiftMs;
  }
};
