// Verifies an identity token: POSTERN_URL=https://account.example.org node verify.mjs AUDIENCE TOKEN
import { createRemoteJWKSet, jwtVerify } from 'jose';

const issuer = process.env.POSTERN_URL;
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer), { cacheMaxAge: 300_000 });
const [audience = '', token = ''] = process.argv.slice(2);
const requiredClaims = ['exp', 'sub', 'sid'];
const options = { issuer, audience, algorithms: ['ES256'], typ: 'at+jwt', requiredClaims };
const { payload } = await jwtVerify(token, keys, options);
console.log(JSON.stringify(payload));
