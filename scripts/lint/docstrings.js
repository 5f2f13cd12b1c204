/**
 * A rule for ESLint: what a file exports for others to call or to fill in says what it is for. A class of GraphQL
 * says so in the description of its decorator, and a type that is derived from a documented one needs no words.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const docstrings = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: '{{name}} is exported without a docstring (/** … */) that says what it is for.' },
  },
  create: ({ sourceCode, report }) => ({
    ExportNamedDeclaration(node) {
      const declaration = node.declaration;
      if (!declaration || !needsWords(declaration) || isDocumented(sourceCode, node)) return;
      report({
        node: declaration,
        messageId: 'missing',
        data: { name: (declaration.id ?? declaration.declarations?.[0].id)?.name ?? 'This' },
      });
    },
  }),
};

const isFunction = (value) => value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression';

function needsWords(declaration) {
  switch (declaration.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'TSInterfaceDeclaration':
      return true;
    case 'ClassDeclaration':
      return !declaration.decorators?.length && declaration.superClass?.name !== 'Migration';
    case 'VariableDeclaration':
      return declaration.declarations.some(({ init }) => isFunction(init));
    default:
      return false;
  }
}

/** The second of two overloads may stand without; its words are with the first. */
function isDocumented(sourceCode, node) {
  const comment = sourceCode.getCommentsBefore(node).at(-1);
  return comment?.type === 'Block' && comment.value.startsWith('*');
}
