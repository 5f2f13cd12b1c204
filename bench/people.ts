/** Somebody who has signed up and holds a session. */
export interface Person {
  readonly username: string;
  readonly password: string;
  readonly token: string;
}

const document = 'mutation ($input: RegisterInput!) { register(input: $input) { session { token } userErrors { code } } }';

/** Signs people up at a running Postern. */
export async function signUp(url: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let number = 1; number <= count; number += 1) {
    const username = `bench-person-${number}`;
    const password = 'Quiet-Harbour-71';
    const input = { username, password, confirmPassword: password, delivery: 'BEARER' };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: document, variables: { input } }),
    });
    const answer = await response.text();
    const token = /"token":"([^"]+)"/.exec(answer)?.[1];
    if (!token) throw new Error(`sign-up was answered with ${answer}`);
    people.push({ username, password, token });
  }
  return people;
}
