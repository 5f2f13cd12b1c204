import { argon2id, hash, verify } from 'argon2';
import { serveBare } from './bare-http.ts';
import { loadConfig } from '../built.ts';

/** The minimum cost of a sign-in: one password comparison with Postern's parameters, without a database. */
const { memoryKib: memoryCost, iterations: timeCost, parallelism } = loadConfig().argon2;
const password = 'Quiet-Harbour-71';
const passwordHash = await hash(password, { type: argon2id, memoryCost, timeCost, parallelism });

await serveBare(async () =>
  JSON.stringify({ data: { login: { session: { token: await verify(passwordHash, password) } } } }),
);
