import { Arg, FieldResolver, Resolver, Root } from 'type-graphql';
import { renderQrCode, type QrFormat } from '../../crypto/qr-code.js';
import { QrFormatEnum, TwoFactorEnrolmentType } from './two-factor.type.js';

@Resolver(() => TwoFactorEnrolmentType)
export class TwoFactorEnrolmentResolver {
  @FieldResolver(() => String, { description: 'The QR code of `otpauthUri`, as a data URI.' })
  qrCode(
    @Root() { otpauthUri }: TwoFactorEnrolmentType,
    @Arg('format', () => QrFormatEnum, { defaultValue: 'SVG', description: 'The image format.' }) format: QrFormat,
  ): Promise<string> {
    return renderQrCode(otpauthUri, format);
  }
}
