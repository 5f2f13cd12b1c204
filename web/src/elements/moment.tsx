import { useFormats } from '../language/language.js';

interface MomentProps {
  /** As the server writes it. */
  readonly at: string;
  readonly as?: 'ago' | 'date' | 'moment';
}

/** A moment; pointing at it shows it to the second. */
export function Moment({ at, as = 'ago' }: MomentProps) {
  const formats = useFormats();
  return (
    <time dateTime={at} title={formats.moment(at)}>
      {formats[as](at)}
    </time>
  );
}
