/** What is changed to make mutants: the operators of Stryker but for string literals, and shifts and masks beside them. */

import ts from "typescript";

const { SyntaxKind: Kind } = ts;

/** Binary operators and what they become. */
const BINARY = new Map([
  [Kind.PlusToken, ["-"]],
  [Kind.MinusToken, ["+"]],
  [Kind.AsteriskToken, ["/"]],
  [Kind.SlashToken, ["*"]],
  [Kind.PercentToken, ["*"]],
  [Kind.AsteriskAsteriskToken, ["*"]],
  [Kind.LessThanToken, ["<=", ">="]],
  [Kind.LessThanEqualsToken, ["<", ">"]],
  [Kind.GreaterThanToken, [">=", "<="]],
  [Kind.GreaterThanEqualsToken, [">", "<"]],
  [Kind.EqualsEqualsEqualsToken, ["!=="]],
  [Kind.ExclamationEqualsEqualsToken, ["==="]],
  [Kind.AmpersandAmpersandToken, ["||"]],
  [Kind.BarBarToken, ["&&"]],
  [Kind.QuestionQuestionToken, ["&&"]],
  [Kind.LessThanLessThanToken, [">>"]],
  [Kind.GreaterThanGreaterThanToken, ["<<"]],
  [Kind.GreaterThanGreaterThanGreaterThanToken, ["<<"]],
  [Kind.AmpersandToken, ["|"]],
  [Kind.BarToken, ["&"]],
  [Kind.CaretToken, ["&"]],
  [Kind.PlusEqualsToken, ["-="]],
  [Kind.MinusEqualsToken, ["+="]],
  [Kind.AsteriskEqualsToken, ["/="]],
  [Kind.SlashEqualsToken, ["*="]],
  [Kind.BarEqualsToken, ["&="]],
  [Kind.AmpersandEqualsToken, ["|="]],
  [Kind.QuestionQuestionEqualsToken, ["&&="]],
]);

/** Binary expressions that are true or false. */
const CONDITIONS = new Set([
  Kind.LessThanToken,
  Kind.LessThanEqualsToken,
  Kind.GreaterThanToken,
  Kind.GreaterThanEqualsToken,
  Kind.EqualsEqualsEqualsToken,
  Kind.ExclamationEqualsEqualsToken,
  Kind.AmpersandAmpersandToken,
  Kind.BarBarToken,
]);

/** Methods and what they become; null: the call is left out, its object stays. */
const METHODS = new Map([
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["some", "every"],
  ["every", "some"],
  ["filter", null],
  ["slice", null],
  ["sort", null],
  ["reverse", null],
]);

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/**
 * All mutants of a source.
 *
 * @param {string} text
 * @returns {{ start: number, end: number, replacement: string }[]} each replaces the text from `start` to `end`
 */
export function mutantsOf(text) {
  const source = ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, true);
  const mutants = new Map();
  const add = (start, end, replacement) => {
    if (text.slice(start, end) !== replacement)
      mutants.set(`${start} ${end} ${replacement}`, { start, end, replacement });
  };
  const replace = (node, ...replacements) => {
    for (const replacement of replacements) add(node.getStart(source), node.end, replacement);
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    mutate(node, replace, add, source);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...mutants.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

function mutate(node, replace, add, source) {
  if (ts.isBinaryExpression(node)) {
    const { operatorToken: operator, left, right } = node;
    const joins = operator.kind === Kind.PlusToken && (isText(left) || isText(right));
    if (!joins) replace(operator, ...(BINARY.get(operator.kind) ?? []));
    if (CONDITIONS.has(operator.kind) && !isLoopCondition(node)) replace(node, "true", "false");
  } else if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText(source);
    if (node.operator === Kind.MinusToken) replace(node, `+${operand}`);
    else if (node.operator === Kind.TildeToken || node.operator === Kind.ExclamationToken)
      replace(node, operand);
    else if (node.operator === Kind.PlusPlusToken) replace(node, `--${operand}`);
    else if (node.operator === Kind.MinusMinusToken) replace(node, `++${operand}`);
  } else if (ts.isPostfixUnaryExpression(node)) {
    replace(node, node.operand.getText(source) + (node.operator === Kind.PlusPlusToken ? "--" : "++"));
  } else if (node.kind === Kind.TrueKeyword) {
    replace(node, "false");
  } else if (node.kind === Kind.FalseKeyword) {
    replace(node, "true");
  } else if (ts.isIfStatement(node)) {
    replace(node.expression, "true", "false");
  } else if (ts.isConditionalExpression(node)) {
    replace(node.condition, "true", "false");
  } else if (ts.isForStatement(node)) {
    if (node.condition) replace(node.condition, "false");
  } else if (ts.isWhileStatement(node)) {
    replace(node.expression, "false");
  } else if (ts.isBlock(node)) {
    if (node.statements.length > 0) replace(node, "{}");
  } else if (ts.isCaseClause(node)) {
    if (node.statements.length > 0) add(node.statements.pos, node.end, "");
  } else if (ts.isArrowFunction(node)) {
    if (!ts.isBlock(node.body)) replace(node.body, "undefined");
  } else if (ts.isArrayLiteralExpression(node)) {
    if (node.elements.length > 0) replace(node, "[]");
  } else if (ts.isObjectLiteralExpression(node)) {
    if (node.properties.length > 0) replace(node, "({})");
  } else if (ts.isPropertyAccessExpression(node) && node.questionDotToken) {
    replace(node.questionDotToken, ".");
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression: object } = node.expression;
    const other = METHODS.get(name.text);
    if (other === null) replace(node, object.getText(source));
    else if (other !== undefined) replace(name, other);
  }
}

/** Loops get no `true`: they would only never end. */
function isLoopCondition(node) {
  const { parent } = node;
  return (ts.isForStatement(parent) && parent.condition === node) || ts.isWhileStatement(parent);
}
