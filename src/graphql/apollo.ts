import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config/config.js';
import type { Logger } from '../telemetry/logger.js';
import { currentRequest } from '../telemetry/request-record.js';
import type { Rejections } from './errors/rejections.js';
import type { Context } from '../graphql-kit/context.js';
import { stringifyResponse } from './limits/response-limit.js';
import { limitRequest } from './limits/request-limits.js';
import { reportUnvalidated } from './limits/unvalidated-documents.js';
import { nameOperation } from './operations/operation-name.js';
import { traceOperations, traceRootFields } from './operations/trace-operations.js';
import { executePlainLists } from './plain-lists/execute-plain-lists.js';
import { knownOperationTypes } from './limits/known-operation-types.js';
import { maskError, reportUnexpectedErrors } from './errors/mask-errors.js';
import type { AccountLimit } from './admission/account-limit.js';
import { admitOperations } from './admission/admit-operations.js';
import { answerUnavailable } from './errors/unavailable.js';
import { buildExecutableSchema } from './schema.js';

/** Maximum tokens in a document. */
const MAXIMUM_DOCUMENT_TOKENS = 1_000;

/** Maximum number of errors in a response. If there are more, graphql-js adds one that says so. */
const MAXIMUM_ERRORS = 9;

/** The code of an error that only the log explains. */
const FAULT = 'INTERNAL_SERVER_ERROR';

/** The GraphQL server without HTTP: the schema, its execution, and the masking of errors. */
export function createApollo(
  config: Config,
  logger: Logger,
  rejections: Rejections,
  limitAccount: AccountLimit,
): ApolloServer<Context> {
  const isTraced = config.tracing !== null;
  const schema = isTraced ? traceRootFields(buildExecutableSchema(config)) : buildExecutableSchema(config);
  return new ApolloServer<Context>({
    schema,
    // request-limits.ts decides for each caller who may read the schema.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: config.environment === 'production',
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    parseOptions: { maxTokens: MAXIMUM_DOCUMENT_TOKENS },
    validationRules: [knownOperationTypes, reportUnvalidated],
    stringifyResult: stringifyResponse,
    validationOptions: { maxErrors: MAXIMUM_ERRORS },
    executionOptions: { maxCoercionErrors: MAXIMUM_ERRORS },
    stopOnTerminationSignals: false,
    nodeEnv: config.environment,
    formatError: maskError,
    logger,
    plugins: [
      limitRequest(config),
      admitOperations(config.capacity, limitAccount),
      plainListsPlugin(schema),
      reportUnexpectedErrors(logger),
      answerUnavailable,
      describeRequests(rejections),
      ...(isTraced ? [traceOperations] : []),
      config.environment === 'production'
        ? ApolloServerPluginLandingPageDisabled()
        : ApolloServerPluginLandingPageLocalDefault({
            footer: false,
            embed: { endpointIsEditable: false, runTelemetry: false },
            includeCookies: true,
          }),
      // Each of these would process every request, and none is used.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  });
}

/** Counts the errors in responses, including those for rejected credentials, and notes what the request did. */
function describeRequests({ errors: counter }: Rejections): ApolloServerPlugin<Context> {
  const note = (errors: readonly { readonly extensions?: { readonly code?: unknown } }[] = []) => {
    if (errors.length === 0) return;
    const codes = errors.map(({ extensions: { code } = {} }) => (typeof code === 'string' ? code : FAULT));
    for (const code of codes) counter.inc({ code });
    const record = currentRequest();
    if (record) record.code = codes.find((code) => code === FAULT) ?? codes[0] ?? null;
  };
  return {
    contextCreationDidFail: ({ error }) => Promise.resolve(note([error as { extensions?: { code?: unknown } }])),
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ operation, document }) => {
          const record = currentRequest();
          if (record && operation) record.operation = nameOperation(operation, document);
          return Promise.resolve();
        },
        willSendResponse: ({ response: { body } }) =>
          Promise.resolve(note(body.kind === 'single' ? body.singleResult.errors : [])),
      }),
  };
}

/** Executes queries for plain lists instead of Apollo, which executes all others. */
export function plainListsPlugin(schema: GraphQLSchema): ApolloServerPlugin {
  const executePlain = executePlainLists(schema);
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ document, operationName, request, response, contextValue }) => {
          const data = await executePlain({ document, operationName, variableValues: request.variables, contextValue });
          return data && { http: response.http, body: { kind: 'single', singleResult: { data } } };
        },
      }),
  };
}
