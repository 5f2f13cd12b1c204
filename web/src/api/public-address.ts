/** The address at which the server expects the web app (`POSTERN_PUBLIC_URL`); null if that is where it was opened. */
export function getOtherAddress(): string | null {
  const url = document.querySelector<HTMLMetaElement>('meta[name="application-url"]')?.content ?? '';
  const address = URL.parse(url)?.origin ?? null;
  return address === location.origin ? null : address;
}
