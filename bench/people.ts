/** A user who has signed up and has a session. */
export interface BenchUser {
  readonly username: string;
  readonly password: string;
  readonly token: string;
}

const document =
  'mutation ($input: RegisterInput!) { register(input: $input) { session { token } userErrors { code } } }';

/** Sends an operation as one user and returns its data. */
export async function send(
  url: string,
  query: string,
  variables: object = {},
  token?: string,
): Promise<Record<string, any>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, any>; errors?: unknown };
  if (!data || errors) throw new Error(`an operation was answered with ${JSON.stringify(errors)}`);
  return data;
}

const mutation = (name: string, fields: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code } } }`;

/** Sends a mutation that has an input, and returns its payload. @throws when it is refused */
export async function mutate(
  url: string,
  name: string,
  fields: string,
  input: object,
  token?: string,
): Promise<Record<string, any>> {
  const { [name]: payload } = await send(url, mutation(name, fields), { input }, token);
  if (payload.userErrors.length > 0) throw new Error(`${name} was refused: ${JSON.stringify(payload.userErrors)}`);
  return payload as Record<string, any>;
}

/** Signs users up at a running Postern. */
export async function signUp(url: string, count: number): Promise<BenchUser[]> {
  const users: BenchUser[] = [];
  for (let number = 1; number <= count; number += 1) {
    const username = `bench-person-${number}`;
    const password = 'Quiet-Harbour-71';
    const input = { username, password, confirmPassword: password, delivery: 'BEARER' };
    const token = (await send(url, document, { input }))['register'].session.token as string;
    users.push({ username, password, token });
  }
  return users;
}

/** Signs a user in again. */
export async function signIn(
  url: string,
  { username, password }: Pick<BenchUser, 'username' | 'password'>,
): Promise<BenchUser> {
  const { session } = await mutate(url, 'login', 'session { token }', {
    login: username,
    password,
    delivery: 'BEARER',
  });
  return { username, password, token: session.token as string };
}

/** Creates an API token for a user. */
export async function newApiToken(url: string, { token }: BenchUser): Promise<string> {
  return (await send(url, 'mutation { resetApiToken { token userErrors { code } } }', {}, token))['resetApiToken']
    .token as string;
}
