import { SelectField } from '../form/select-field.js';
import { useKeysMessages } from './messages.js';

/** How long the old key or token works after a rotation. */
export function GraceField({ label }: { readonly label: string }) {
  const { rotation } = useKeysMessages();
  return <SelectField name="graceHours" label={label} options={Object.entries(rotation.graces)} defaultValue="24" />;
}
