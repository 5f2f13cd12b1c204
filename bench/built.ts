/** The built Postern as people run it, with the types of its sources. */
const built = <Module>(file: string) => import(`../dist/${file}`) as Promise<Module>;

export const { startUp } = await built<typeof import('../src/start-up.js')>('start-up.js');
export const { loadConfig } = await built<typeof import('../src/config.js')>('config.js');
export const { createLogger } = await built<typeof import('../src/logger.js')>('logger.js');
