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
import type { Rejections } from './errors/rejections.js';
import type { Context } from '../graphql-kit/context.js';
import { stringifyAnswer } from './limits/answer-limit.js';
import { limitDocument, limitRequest } from './limits/document-limits.js';
import { executePlainLists } from './plain-lists/execute-plain-lists.js';
import { knownOperations } from './limits/known-operations.js';
import { maskError, reportUnexpectedErrors } from './errors/mask-errors.js';
import { buildExecutableSchema } from './schema.js';

/** The most tokens that a document may have. */
const DOCUMENT_TOKENS = 1_000;

/** The most errors that one answer lists: ten, the last of which says that there are more. */
const MAXIMUM_ERRORS = 9;

/** The GraphQL server, without HTTP: the schema, its execution, and what is told of errors. */
export function createApollo(config: Config, logger: Logger, rejections: Rejections): ApolloServer<Context> {
  const schema = buildExecutableSchema();
  return new ApolloServer<Context>({
    schema,
    // Who may read the schema is decided for each caller, in document-limits.ts.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: config.environment === 'production',
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    csrfPrevention: true,
    parseOptions: { maxTokens: DOCUMENT_TOKENS },
    validationRules: [knownOperations, limitDocument],
    stringifyResult: stringifyAnswer,
    validationOptions: { maxErrors: MAXIMUM_ERRORS },
    executionOptions: { maxCoercionErrors: MAXIMUM_ERRORS },
    stopOnTerminationSignals: false,
    nodeEnv: config.environment,
    formatError: maskError,
    logger,
    plugins: [
      limitRequest(config),
      answerPlainLists(schema),
      reportUnexpectedErrors(logger),
      countErrors(rejections),
      config.environment === 'production'
        ? ApolloServerPluginLandingPageDisabled()
        : ApolloServerPluginLandingPageLocalDefault({
            footer: false,
            embed: { endpointIsEditable: false, runTelemetry: false },
            includeCookies: true,
          }),
      // Each of these would otherwise look at every request, and nothing here uses them.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  });
}

/** Counts the errors that callers are answered, those among them whose credential lets them ask nothing at all. */
function countErrors({ answered }: Rejections): ApolloServerPlugin<Context> {
  const count = (errors: readonly { readonly extensions?: { readonly code?: unknown } }[] = []) => {
    for (const { extensions: { code } = {} } of errors)
      answered.inc({ code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR' });
  };
  return {
    contextCreationDidFail: ({ error }) => Promise.resolve(count([error as { extensions?: { code?: unknown } }])),
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ response: { body } }) =>
          Promise.resolve(count(body.kind === 'single' ? body.singleResult.errors : [])),
      }),
  };
}

/** Answers queries for plain lists before Apollo has them executed, which it does where there is no answer. */
export function answerPlainLists(schema: GraphQLSchema): ApolloServerPlugin {
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
