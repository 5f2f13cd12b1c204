/**
 * An ESLint rule: an exported function, class or interface has a docstring. GraphQL classes have the description of
 * their decorator instead, and a type derived from a documented one needs none.
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

/** The second of two overloads needs no docstring. */
function isDocumented(sourceCode, node) {
  const comment = sourceCode.getCommentsBefore(node).at(-1);
  return comment?.type === 'Block' && comment.value.startsWith('*');
}
