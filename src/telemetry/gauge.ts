import { Gauge, type Registry } from 'prom-client';

/** Adds a gauge whose value is read when metrics are requested; NaN if it can't be read. */
export const gauge = (
  registry: Registry,
  name: string,
  help: string,
  read: () => Promise<number> | number,
): Gauge<string> =>
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await Promise.resolve(read()).catch(() => NaN));
    },
  });
