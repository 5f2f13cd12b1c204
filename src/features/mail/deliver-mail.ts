import { claimDelivery, forgetDelivery, releaseDelivery } from './claim-delivery.js';
import type { AddressedLetter } from './letter.js';
import type { MailContext } from './mail-context.js';
import { renderLetter } from './render-letter.js';
import { MailNotSent, type Transport } from './transport.js';

/** Sends a letter for a job: once, or where no answer came back once more, and never more often. */
export async function deliverMail(
  { em, now, config }: MailContext,
  jobId: string,
  addressed: AddressedLetter,
  transport: Transport,
): Promise<void> {
  const delivery = { claimed: false };
  const claim = async () => {
    delivery.claimed = await claimDelivery(em, jobId, now);
    if (!delivery.claimed) throw new MailNotSent('it may have arrived twice already, and is not sent again', false);
  };
  try {
    await transport.send(
      renderLetter(addressed, config.publicUrl),
      `<${jobId}@${new URL(config.publicUrl).hostname}>`,
      claim,
    );
  } catch (error) {
    if (delivery.claimed && error instanceof MailNotSent && error.refused) await releaseDelivery(em, jobId);
    throw error;
  }
  await forgetDelivery(em, jobId);
}
