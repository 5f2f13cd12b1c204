import { defineEntity, p } from '@mikro-orm/core';

/** A mail that is being sent: how often its text may have reached the mail server without an answer that came back. */
export const MailDeliveryEntity = defineEntity({
  name: 'MailDelivery',
  tableName: 'mail_deliveries',
  properties: {
    /** The job that it is sent for. */
    jobId: p.uuid().primary(),
    /** Tries that ended with neither yes nor no, e.g. because the process died. */
    uncertain: p.integer(),
    updatedAt: p.datetime(),
  },
});
