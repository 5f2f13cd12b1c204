import { LifetimeField } from '../keys/lifetime-field.js';
import { useKeysMessages } from '../keys/messages.js';
import { useTokenMessages } from './messages.js';
import { lifetimesBelow } from './token-expiry.js';

/** When a new token expires: within the server's maximum, by default after 30 days. */
export function TokenLifetimeField({ maxDays }: { readonly maxDays: number }) {
  const { lifetimes } = useKeysMessages().form;
  const { form } = useTokenMessages();
  const below = lifetimesBelow(maxDays);
  return (
    <LifetimeField
      options={[
        ...below.map((lifetime) => [lifetime, lifetimes[lifetime]] as const),
        ['maximum', form.maximum(maxDays)],
        ['custom', lifetimes.custom],
      ]}
      initial={below.includes('month') ? 'month' : 'maximum'}
      dateHint={form.dateHint(maxDays)}
    />
  );
}
