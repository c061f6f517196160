import reactHooks from "eslint-plugin-react-hooks";
import * as regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

/** What readers see comes from the catalogues, in both languages: no sentence stands in a component. */
const noTextInJsx = {
  meta: { type: "problem", schema: [], messages: { text: "Text that people read belongs in lib/messages: “{{text}}”" } },
  create(context) {
    const READ_ATTRIBUTES = new Set(["alt", "title", "placeholder", "label", "aria-label", "aria-description", "aria-roledescription", "aria-placeholder", "aria-valuetext"]);
    const report = (node, text) => {
      if (/\p{L}/u.test(text)) context.report({ node, messageId: "text", data: { text: text.trim().slice(0, 40) } });
    };
    const textOf = (expression) => {
      if (expression?.type === "Literal" && typeof expression.value === "string") return expression.value;
      if (expression?.type === "TemplateLiteral") return expression.quasis.map((quasi) => quasi.value.cooked).join("");
      return "";
    };
    return {
      JSXText: (node) => report(node, node.value),
      "JSXElement > JSXExpressionContainer": (node) => report(node, textOf(node.expression)),
      JSXAttribute(node) {
        if (node.name.type !== "JSXIdentifier" || !READ_ATTRIBUTES.has(node.name.name)) return;
        report(node, node.value?.type === "JSXExpressionContainer" ? textOf(node.value.expression) : textOf(node.value));
      },
    };
  },
};

/** Files in which Next or a tool asks for a default export. */
const DEFAULT_EXPORTS = [
  "app/**/{page,layout,loading,error,global-error,not-found,template,default,icon,apple-icon,opengraph-image,twitter-image,robots,sitemap,manifest}.{ts,tsx}",
  "*.config.{ts,mjs}",
  "scripts/e2e-setup.ts",
];

/** Where values of a branded type are made: a text that was checked becomes one by `as`. */
const PARSERS = ["lib/address/*.ts", "lib/messages/translate.ts"];

const TESTS = ["**/*.test.{ts,tsx}", "e2e/**", "bench/**", "scripts/**"];

export default tseslint.config(
  { ignores: ["node_modules/", ".next/", ".cache/", ".data/", "test-results/", "playwright-report/", "next-env.d.ts", "public/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...tseslint.configs.strict,
  regexp.configs["flat/recommended"],
  {
    rules: {
      "no-unused-vars": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none" }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", 400],
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": "error",
      // Matters of taste, which cost more reading than they save.
      "regexp/use-ignore-case": "off",
      "regexp/prefer-d": "off",
      "regexp/prefer-w": "off",
      "@typescript-eslint/unified-signatures": "off",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    ignores: ["**/*.d.mts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "no-restricted-syntax": ["error", { selector: "ExportDefaultDeclaration", message: "Named exports only: Next's own files are the exception." }, { selector: "TSEnumDeclaration", message: "Node runs these files with the types stripped." }],
    },
  },
  {
    files: ["{app,components,lib}/**/*.{ts,tsx}"],
    ignores: [...PARSERS, ...TESTS],
    rules: { "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }] },
  },
  { files: DEFAULT_EXPORTS, rules: { "no-restricted-syntax": "off" } },
  {
    files: ["{app,components}/**/*.tsx"],
    plugins: { "react-hooks": reactHooks, rebound: { rules: { "no-text-in-jsx": noTextInJsx } } },
    rules: { ...reactHooks.configs.recommended.rules, "rebound/no-text-in-jsx": "error" },
  },
  { files: TESTS, rules: { "max-lines": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["**/*.{mjs,js}"], ...tseslint.configs.disableTypeChecked },
);
