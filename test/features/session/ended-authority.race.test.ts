import { everyCase, testEndedAuthority } from './ended-authority.js';

/** Each mutation with one act that ends its authority, and each act in turn. `test:long` has every pair. */
testEndedAuthority(everyCase.map((cases, number) => cases[number % cases.length]!));
