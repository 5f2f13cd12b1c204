import { sql } from 'kysely';
import { days } from '../../../duration.js';
import type { EntityManager } from '../../../database/connection/database.js';
import type { Tables } from '../../../database/read/select.js';
import type { RequestIds } from '../../../telemetry/request-record.js';
import type { Sweep } from '../../../database/sweep/sweep.js';
import type { AddressedMail } from '../content/mail.js';
import { renderMail } from '../content/render.js';
import type { MailContext } from '../mail-composer.js';
import { MailDeliveryEntity } from './mail-delivery.entity.js';
import { MailNotSentError, type Transport } from './transport.js';

/**
 * How often the content of a mail may be sent without a response. Each time it may have arrived, so it never arrives
 * more than twice.
 */
const MAXIMUM_UNCERTAIN_DELIVERIES = 2;

/** Delivers the mail of a job. If no response came back, one more attempt is allowed. */
export async function deliverMail(
  { em, now, config }: MailContext,
  { jobId, ids }: { readonly jobId: string; readonly ids: RequestIds },
  mail: AddressedMail,
  transport: Transport,
): Promise<void> {
  const delivery = { claimed: false };
  const claim = async () => {
    delivery.claimed = await claimDelivery(em, jobId, now);
    if (!delivery.claimed) throw new MailNotSentError('Not sent again, because it may already have arrived twice.');
  };
  try {
    const messageId = `<${jobId}@${new URL(config.publicUrl).hostname}>`;
    await transport.send(renderMail(mail, config.publicUrl), messageId, claim, ids);
  } catch (error) {
    if (delivery.claimed && error instanceof MailNotSentError && error.rejectedByServer)
      await releaseDelivery(em, jobId);
    throw error;
  }
  await deleteDelivery(em, jobId);
}

/**
 * Claims a delivery right before the content is sent, in its own commit. If the process dies or the connection drops,
 * the next try sees the claim.
 *
 * @returns false if the mail may already have arrived twice and must not be sent again
 */
async function claimDelivery(em: EntityManager, jobId: string, now: Date): Promise<boolean> {
  const claimed = await em
    .getKysely<Tables>()
    .insertInto('mail_deliveries')
    .values({ job_id: jobId, uncertain: 1, updated_at: now })
    .onConflict((conflict) =>
      conflict
        .column('job_id')
        .doUpdateSet({ uncertain: sql<number>`mail_deliveries.uncertain + 1`, updated_at: now })
        .where('mail_deliveries.uncertain', '<', MAXIMUM_UNCERTAIN_DELIVERIES),
    )
    .returning('job_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Releases a claim: the server confirmed that it did not accept the content. */
async function releaseDelivery(em: EntityManager, jobId: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('mail_deliveries')
    .set({ uncertain: sql<number>`uncertain - 1` })
    .where('job_id', '=', jobId)
    .where('uncertain', '>', 0)
    .execute();
}

async function deleteDelivery(em: EntityManager, jobId: string): Promise<void> {
  await em.nativeDelete(MailDeliveryEntity, { jobId });
}

/** Deletes claims of mails that were given up. A mail is retried for less than a day. */
export const staleDeliveries: Sweep = {
  name: 'mails',
  table: 'mail_deliveries',
  key: 'job_id',
  expiry: 'updated_at',
  retentionMs: days(7),
};
