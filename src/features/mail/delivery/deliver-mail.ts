import { sql } from 'kysely';
import { days } from '../../../duration.js';
import type { EntityManager } from '../../../database/connection/database.js';
import type { Tables } from '../../../database/read/select.js';
import type { Sweep } from '../../../database/sweep/sweep.js';
import type { AddressedMail } from '../content/mail.js';
import { renderMail } from '../content/render.js';
import type { MailContext } from '../mail-writer.js';
import { MailDeliveryEntity } from './mail-delivery.entity.js';
import { MailNotSent, type Transport } from './transport.js';

/** How often the text of one mail may leave without an answer: a mail may arrive twice, and never more often. */
const MAXIMUM_UNCERTAIN_DELIVERIES = 2;

/** Sends a mail for a job: once, or once more where no answer came back, and never more often. */
export async function deliverMail(
  { em, now, config }: MailContext,
  jobId: string,
  addressed: AddressedMail,
  transport: Transport,
): Promise<void> {
  const delivery = { claimed: false };
  const claim = async () => {
    delivery.claimed = await claimDelivery(em, jobId, now);
    if (!delivery.claimed) throw new MailNotSent('it may have arrived twice already, and is not sent again', false);
  };
  try {
    await transport.send(
      renderMail(addressed, config.publicUrl),
      `<${jobId}@${new URL(config.publicUrl).hostname}>`,
      claim,
    );
  } catch (error) {
    if (delivery.claimed && error instanceof MailNotSent && error.rejectedByServer) await releaseDelivery(em, jobId);
    throw error;
  }
  await deleteDelivery(em, jobId);
}

/**
 * Notes that the text of a mail is about to leave, committed before it does: should the process die or the line drop
 * now, the next try knows of it.
 *
 * @returns false when it may have arrived twice already, so that it must not be sent again
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

/** Takes the note back: the server said that it did not take the text. */
async function releaseDelivery(em: EntityManager, jobId: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('mail_deliveries')
    .set({ uncertain: sql<number>`uncertain - 1` })
    .where('job_id', '=', jobId)
    .where('uncertain', '>', 0)
    .execute();
}

/** Forgets the notes of a mail that was sent. */
async function deleteDelivery(em: EntityManager, jobId: string): Promise<void> {
  await em.nativeDelete(MailDeliveryEntity, { jobId });
}

/** The notes of mails that were given up. A mail is tried for less than a day. */
export const staleDeliveries: Sweep = {
  name: 'mails',
  table: 'mail_deliveries',
  key: 'job_id',
  expiry: 'updated_at',
  retentionMs: days(7),
};
