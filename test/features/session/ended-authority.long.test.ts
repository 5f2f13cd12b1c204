import { everyCase, testEndedAuthority } from './ended-authority.js';

testEndedAuthority(everyCase.flat());
