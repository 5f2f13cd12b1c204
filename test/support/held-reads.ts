import type { TestPostern } from './postern.js';
import { startBeside } from './start-beside.js';

/** A Postern whose reads wait until they are released, and then find nothing. */
export interface HeldPostern {
  readonly busy: TestPostern;
  release(): void;
}

/** Starts a Postern with held reads over the database of another one. */
export async function startWithHeldReads(postern: TestPostern, settings: Record<string, string>): Promise<HeldPostern> {
  const held = Promise.withResolvers<readonly object[]>();
  let isHeld = false;
  const { reader: own } = postern.database;
  const reader: typeof own = {
    run: (...given) => (isHeld ? held.promise : own.run(...given)),
    runAdHoc: (...given) => own.runAdHoc(...given),
    close: () => own.close(),
  };
  const database = Object.create(postern.database, { reader: { value: reader } }) as TestPostern['database'];
  const busy = await startBeside({ ...postern, database }, settings);
  isHeld = true;
  return {
    busy,
    release: () => {
      isHeld = false;
      held.resolve([]);
    },
  };
}
