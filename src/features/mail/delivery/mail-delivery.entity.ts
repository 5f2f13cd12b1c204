import { defineEntity, p } from '@mikro-orm/core';

/** A mail being sent, and how often its content may have reached the mail server without a response. */
export const MailDeliveryEntity = defineEntity({
  name: 'MailDelivery',
  tableName: 'mail_deliveries',
  properties: {
    /** The job that sends it. */
    jobId: p.uuid().primary(),
    /** Tries with an unknown result, e.g. because the process died. */
    uncertain: p.integer(),
    updatedAt: p.datetime().index(),
  },
});
