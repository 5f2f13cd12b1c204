/** A service that sent the user here to sign in. */
export interface ReturnDestination {
  readonly address: URL;
  /** Whether a user who is signed in confirms their identity first. */
  readonly needsStepUp: boolean;
}

/** The server writes it into the page only if a sign-in may lead there; the URL of this page doesn't count. */
const readAddress = (): URL | null => {
  const address = URL.parse(document.querySelector<HTMLMetaElement>('meta[name="return-address"]')?.content ?? '');
  return address?.protocol === 'https:' || address?.protocol === 'http:' ? address : null;
};

const address = readAddress();
let destination: ReturnDestination | null = address && {
  address,
  needsStepUp: new URLSearchParams(location.search).has('step_up'),
};

/** Whether the user signs in on this page, which a service accepts as recent. */
let signsInHere = false;

/** Where the user goes next; null if no service sent them, or they went on here. */
export const getReturnDestination = (): ReturnDestination | null => destination;

/** Remembers that no user was signed in. */
export function noteSignedOut(): void {
  signsInHere = true;
}

/** Keeps the user here. */
export function forgetReturnDestination(): void {
  destination = null;
}

const STORAGE_KEY = 'postern-returned';

/** A service that sends a user back within this time does not accept the session. */
const LOOP_MS = 10_000;

/**
 * Whether the user confirms their identity before they return: because the service demands it, or because it has just
 * sent them back. That replaces both cookies, in case that one is missing.
 */
export function mustConfirm({ address: { origin }, needsStepUp }: ReturnDestination): boolean {
  if (signsInHere) return false;
  const [latest, at] = sessionStorage.getItem(STORAGE_KEY)?.split(' ') ?? [];
  return needsStepUp || (latest === origin && Date.now() - Number(at) < LOOP_MS);
}

/** Leaves this page for the service. It takes the place of this page in the history. */
export function returnTo({ address: { origin, href } }: ReturnDestination): void {
  sessionStorage.setItem(STORAGE_KEY, `${origin} ${Date.now()}`);
  location.replace(href);
}
