/* Rules for our scripts: modules of a browser, with Leaflet and Sortable as globals; tests run in Node. */
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["static/vendor/", "static/dist/"] },
  js.configs.recommended,
  {
    files: ["static/js/**/*.js"],
    languageOptions: { sourceType: "module", globals: { ...globals.browser, L: "readonly" } },
    rules: {
      eqeqeq: "error",
      curly: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-shadow": "off",
      "max-depth": ["error", 4],
      complexity: ["error", 14],
    },
  },
  {
    files: ["static/js/*.mjs", "tests/js/**/*.js"],
    languageOptions: { sourceType: "module", globals: globals.node },
    rules: { curly: "error", "prefer-const": "error" },
  },
];
