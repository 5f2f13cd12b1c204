import { AreaField } from '../form/area-field.js';
import { useKeysMessages } from './messages.js';

/** The addresses from which a key or token may be used, one per line. */
export function AddressesField({ allowedIps }: { readonly allowedIps?: readonly string[] | undefined }) {
  const { form } = useKeysMessages();
  return (
    <AreaField
      name="allowedIps"
      label={form.allowedIps}
      hint={form.allowedIpsHint}
      defaultValue={allowedIps?.join('\n')}
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
