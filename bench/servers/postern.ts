import { createLogger, loadConfig, startUp } from '../built.ts';
import { announce } from './announce.ts';

/** Postern as it runs in production. */
const config = loadConfig();
const { address } = await startUp(config, createLogger(config.logLevel));
announce(address);
