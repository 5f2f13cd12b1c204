import { useFormats } from '../language/language.js';

interface TimestampProps {
  /** An ISO 8601 time. */
  readonly at: string;
  readonly as?: 'ago' | 'until' | 'date' | 'dateTime';
}

/** A time, with a tooltip that shows its date and seconds. */
export function Timestamp({ at, as = 'ago' }: TimestampProps) {
  const formats = useFormats();
  return (
    <time dateTime={at} title={formats.dateTime(at)}>
      {formats[as](at)}
    </time>
  );
}
