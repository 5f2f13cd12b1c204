import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace, type Context } from '@opentelemetry/api';
import type { Span as SdkSpan, Tracer as SdkTracer } from '@opentelemetry/api';
import {
  defaultResource,
  detectResources,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type IdGenerator,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../../config/telemetry-config.js';
import { seconds } from '../../duration.js';
import type { Logger } from '../logger.js';
import type { FirstSpan, Span, SpanAttributes, SpanKind as Kind, Tracer } from '../spans.js';
import type { RemoteParent, TraceContext } from '../trace-context.js';
import { createExporter } from './create-exporter.js';

/** How long the last spans may take when the server stops. */
const CLOSE_TIMEOUT_MS = seconds(2);

/** Opens a tracer that sends spans to a receiver of OTLP over HTTP, in batches. */
export async function openOtlpTracer(config: TracingConfig, logger: Logger): Promise<Tracer> {
  const spanIds = new SpanIds();
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
      .merge(resourceFromAttributes(config.resourceAttributes)),
    sampler: toSampler(config),
    idGenerator: spanIds,
    spanProcessors: [new BatchSpanProcessor({ exporter: await createExporter(config, logger) })],
  });
  const tracer = provider.getTracer('postern');
  return {
    begin: ({ name, kind, attributes, parent, spanId }: FirstSpan) => {
      spanIds.next = spanId ?? null;
      return new OtlpSpan(tracer, tracer.startSpan(name, { kind: SpanKind[kind], attributes }, toContext(parent)));
    },
    close: () => shutDown(provider, logger),
  };
}

/** Sends what waits. A receiver that does not answer must not delay the stop. */
async function shutDown(provider: TracerProvider, logger: Logger): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<'TIMEOUT'>();
  const timer = setTimeout(() => resolve('TIMEOUT'), CLOSE_TIMEOUT_MS);
  // A failure of the exporter has been logged.
  const result = await Promise.race([provider.shutdown().catch(() => undefined), timeout]);
  clearTimeout(timer);
  if (result === 'TIMEOUT') logger.warn('the last spans were not exported before the stop');
}

class OtlpSpan implements Span {
  constructor(
    private readonly tracer: SdkTracer,
    private readonly span: SdkSpan,
  ) {}

  get trace(): TraceContext {
    const { traceId, traceFlags } = this.span.spanContext();
    return { traceId, flags: traceFlags.toString(16).padStart(2, '0') };
  }

  get isRecorded(): boolean {
    return (this.span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  begin(name: string, kind: Kind = 'INTERNAL', attributes: SpanAttributes = {}): Span {
    const context = trace.setSpan(ROOT_CONTEXT, this.span);
    return new OtlpSpan(this.tracer, this.tracer.startSpan(name, { kind: SpanKind[kind], attributes }, context));
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(attributes);
  }

  fail(errorType: string): void {
    this.span.setAttribute('error.type', errorType).setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.span.end();
  }
}

/** Random IDs, but for the span of a request, which has digits of the request ID. */
class SpanIds implements IdGenerator {
  next: string | null = null;
  readonly #random = new RandomIdGenerator();

  generateTraceId(): string {
    return this.#random.generateTraceId();
  }

  generateSpanId(): string {
    const spanId = this.next ?? this.#random.generateSpanId();
    this.next = null;
    return spanId;
  }
}

/** The parent's `tracestate` is not read, since a client could write anything into it. */
const toContext = (parent: RemoteParent | null): Context =>
  parent === null
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId: parent.traceId,
        spanId: parent.parentId,
        traceFlags: Number.parseInt(parent.flags, 16) & TraceFlags.SAMPLED,
        isRemote: true,
      });

function toSampler({ sampler, sampleShare }: TracingConfig): Sampler {
  const root = createRoot(sampler.replace('parentbased_', ''), sampleShare);
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

function createRoot(name: string, share: number): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(share) : new AlwaysOnSampler();
}
