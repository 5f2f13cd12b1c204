/** The viewer's session ended or changed its token while the request was under way: the caller has to sign in anew. */
export class SessionOver extends Error {}
