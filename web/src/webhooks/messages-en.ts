import type { WebhookDeliveryStatus, WebhookStatus } from '../generated/graphql.js';
import type { EventGroup } from './event-groups.js';

/** Texts of webhooks, in English. */
export const en = {
  title: 'Webhooks',
  description: 'Send security events to your own systems over HTTPS.',
  create: 'Create webhook',
  empty: {
    title: 'No webhooks yet',
    text: 'A webhook sends each security event to a URL of yours, within seconds.',
    uses: [
      'Alert your team, for example when an account is locked',
      'Keep the events in your own log or SIEM',
      'End your own sessions when a user signs out or is disabled',
    ],
  },
  columns: { name: 'Webhook', events: 'Events', status: 'Status', created: 'Created' },
  statuses: { ACTIVE: 'Active', DISABLED: 'Off', FAILING: 'Failing' } satisfies Record<WebhookStatus, string>,
  failing: {
    short: 'Turned off: nothing could be delivered.',
    explanation:
      'We turned this webhook off because nothing could be delivered for 5 days, or because the receiver answered 410 (Gone). New events aren’t sent or kept for later.',
    whatToDo: 'Check the URL and the receiver, turn the webhook on, and send a test.',
  },
  allEvents: 'All events',
  list: (names: readonly string[]) => names.join(', '),
  more: (names: string, count: number) => `${names} and ${count} more`,
  groups: {
    signIn: 'Sign-ins and sessions',
    account: 'Account, password and email',
    factors: 'Two-factor authentication and passkeys',
    tokens: 'Tokens and call keys',
    administration: 'Administration',
    server: 'Server and webhooks',
  } satisfies Record<EventGroup, string>,
  form: {
    createTitle: 'Create a webhook',
    editTitle: 'Edit webhook',
    save: 'Save',
    url: 'URL',
    urlHint: 'An https address on the public internet',
    description: 'Description (optional)',
    descriptionHint: 'For example, what receives the events',
    events: 'Events to send',
    allEvents: 'All events',
    allEventsHint: 'Includes new types of later versions. Uncheck to choose types.',
    someEventsHint: 'Open a group to choose its types.',
    chooseEvents: 'Choose at least one type, or all events.',
    chosenCount: (count: number, total: number) => `${count} of ${total}`,
    wholeGroup: 'All of this group',
  },
  secret: {
    title: 'Your webhook’s secret',
    explanation: 'Copy it now. You won’t be able to see it again. Anyone with this secret can forge messages.',
    /** The link to standardwebhooks.com follows. */
    verify:
      'Use it to verify that messages come from Postern. They are signed as Standard Webhooks describes, so a library for your language can do it: see ',
    documentation: ', and “Webhooks” in Postern’s documentation.',
  },
  view: {
    back: 'All webhooks',
    unknown: 'Webhook not found.',
    settings: 'Settings',
    actions: 'Actions',
    url: 'URL',
    description: 'Description',
    none: 'None',
    events: 'Events',
    created: 'Created',
  },
  actions: {
    edit: 'Edit',
    rotate: 'Rotate secret',
    turnOff: 'Turn off',
    turnOn: 'Turn on',
    delete: 'Delete',
  },
  rotation: {
    title: 'Rotate the secret?',
    explanation: 'You’ll get a new secret. During the grace period, each message has a signature of both secrets.',
    grace: 'Also sign with the old secret for',
    submit: 'Rotate secret',
  },
  turningOff: {
    title: 'Turn off this webhook?',
    explanation: 'Nothing more is sent. Waiting deliveries fail, and events that happen while it’s off aren’t kept.',
    done: 'Webhook turned off.',
  },
  turningOn: {
    title: 'Turn on this webhook?',
    explanation: 'Events from now on are sent.',
    done: 'Webhook turned on.',
  },
  deletion: {
    title: 'Delete this webhook?',
    explanation: 'Nothing more is sent, and its secret and its deliveries are gone. This can’t be undone.',
    submit: 'Delete',
    done: 'Webhook deleted.',
  },
  saved: 'Changes saved.',
  deliveries: {
    title: 'Deliveries',
    explanation: 'Newest first, for 30 days. What isn’t delivered is tried again for up to 3 days.',
    table: 'Deliveries of this webhook',
    none: 'Nothing was sent yet.',
    turnOnFirst: 'Turn the webhook on to send something.',
    sendTest: 'Send test',
    sendAgain: 'Send again',
    columns: {
      event: 'Event',
      at: 'Time',
      status: 'Status',
      attempts: 'Attempts',
      response: 'Response',
      next: 'Next attempt',
      actions: 'Actions',
    },
    statuses: {
      PENDING: 'Waiting',
      DELIVERED: 'Delivered',
      FAILED: 'Failed',
    } satisfies Record<WebhookDeliveryStatus, string>,
  },
  sent: {
    sending: 'Sending…',
    delivered: (status: number) => `Delivered. The receiver answered ${status}.`,
    refused: (status: number) =>
      `Not delivered. The receiver answered ${status}, but a status from 200 to 299 is needed.`,
    noAnswer: 'Not delivered yet. There was no answer. Check the URL and the receiver.',
    retried: 'We’ll try again for up to 3 days.',
  },
};
