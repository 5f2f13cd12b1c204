import { useEffect, useRef, useState } from 'react';
import { Link, Redirect } from 'wouter';
import { useFormats, useMessages } from '../language/language.js';
import { AuthLayout } from '../sign-in/auth-layout.js';
import { getDeletion } from './deletion-note.js';
import { useClosureMessages } from './messages.js';

/** What a user sees after deleting their account: when it is erased, and how to come back. */
export function AccountDeleted() {
  const { deleted: messages } = useClosureMessages();
  const { recovery } = useMessages();
  const { date } = useFormats();
  const [deletion] = useState(getDeletion);
  const text = useRef<HTMLSpanElement>(null);
  // The dialog that had the focus is gone; a screen reader goes on here.
  useEffect(() => text.current?.focus(), []);
  if (!deletion) return <Redirect to="/sign-in" replace />;
  const { erasedAt, email } = deletion;
  return (
    <AuthLayout
      title={messages.title(date(erasedAt))}
      explanation={
        <span ref={text} tabIndex={-1} className="read-first">
          {email === null ? messages.byAdministrator : messages.byLink(email)}
        </span>
      }
    >
      <p className="auth-other">
        <Link href="/sign-in">{recovery.back}</Link>
      </p>
    </AuthLayout>
  );
}
