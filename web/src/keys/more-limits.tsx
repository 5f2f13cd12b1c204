import { useEffect, useRef, useState } from 'react';
import { useFieldErrors } from '../form/form-context.js';
import { Field } from '../form/field.js';
import { SelectField } from '../form/select-field.js';
import type { QuotaPeriod } from '../generated/graphql.js';
import { getTimeZone } from '../logs/time-zone.js';
import type { CallKey } from './call-keys.js';
import { useKeysMessages } from './messages.js';

/** Nine digits stay below the largest 32-bit integer. */
const MAX_LIMIT_DIGITS = 9;

interface MoreLimitsProps {
  /** The key to edit; undefined for a new key. */
  readonly callKey?: CallKey | undefined;
}

const hasMoreLimits = ({ period, requestsPerMinuteLimit, tokensPerMinuteLimit }: CallKey): boolean =>
  period !== null || requestsPerMinuteLimit !== null || tokensPerMinuteLimit !== null;

/** The quota that renews and the limits per minute, folded unless the key has some. A field with an error unfolds. */
export function MoreLimits({ callKey }: MoreLimitsProps) {
  const { form } = useKeysMessages();
  const details = useRef<HTMLDetailsElement>(null);
  const [period, setPeriod] = useState<QuotaPeriod | ''>(callKey?.period ?? '');
  const errors = [
    ...useFieldErrors('period'),
    ...useFieldErrors('periodQuota'),
    ...useFieldErrors('periodTimeZone'),
    ...useFieldErrors('requestsPerMinuteLimit'),
    ...useFieldErrors('tokensPerMinuteLimit'),
  ].length;
  const unfold = () => {
    if (details.current) details.current.open = true;
  };
  useEffect(() => {
    if (errors > 0) unfold();
  }, [errors]);
  return (
    <details ref={details} open={callKey ? hasMoreLimits(callKey) : false} onInvalidCapture={unfold}>
      <summary>{form.moreLimits}</summary>
      <div className="fields more-fields">
        <div className="fields-beside">
          <SelectField
            name="period"
            label={form.period}
            options={[['', form.noPeriod], ...Object.entries(form.periods)]}
            value={period}
            onChange={(event) => setPeriod(event.currentTarget.value as QuotaPeriod | '')}
          />
          {period !== '' && (
            <Field
              name="periodQuota"
              label={form.periodQuota}
              hint={form.periodQuotaHint}
              inputMode="numeric"
              pattern="[0-9]*"
              patternMessage={form.wholeNumber}
              defaultValue={callKey?.periodQuota ?? ''}
              autoComplete="off"
            />
          )}
        </div>
        {period !== '' && (
          <TimeZoneField hint={form.timeZoneHints[period]} initial={callKey?.periodTimeZone ?? getTimeZone()} />
        )}
        <div className="fields-beside">
          <LimitField
            name="requestsPerMinuteLimit"
            label={form.requestsPerMinute}
            initial={callKey?.requestsPerMinuteLimit}
          />
          <LimitField
            name="tokensPerMinuteLimit"
            label={form.tokensPerMinute}
            initial={callKey?.tokensPerMinuteLimit}
          />
        </div>
      </div>
    </details>
  );
}

/** The time zone at whose midnight a quota renews, with all zones of the browser as suggestions. */
function TimeZoneField({ hint, initial }: { readonly hint: string; readonly initial: string }) {
  const { form } = useKeysMessages();
  return (
    <>
      <Field
        name="periodTimeZone"
        label={form.timeZone}
        hint={hint}
        list="time-zones"
        defaultValue={initial}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <datalist id="time-zones">
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

interface LimitFieldProps {
  readonly name: string;
  readonly label: string;
  readonly initial: number | null | undefined;
}

function LimitField({ name, label, initial }: LimitFieldProps) {
  const { form } = useKeysMessages();
  return (
    <Field
      name={name}
      label={label}
      hint={form.perMinuteHint}
      required={false}
      inputMode="numeric"
      pattern="[1-9][0-9]*"
      patternMessage={form.limitDigits}
      maxLength={MAX_LIMIT_DIGITS}
      defaultValue={initial ?? ''}
      autoComplete="off"
    />
  );
}
