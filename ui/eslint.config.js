import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const HTML = 'Text from Okta must never become markup.';
const STORE = 'The web view keeps nothing: no web storage, no cookies.';
const NET = 'Only src/lib/host talks to the outside.';

/** Ways to turn text into markup; each would let an app label run script. */
const MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'createContextualFragment', 'srcdoc'].map((name) => ({
  selector: `MemberExpression[property.name='${name}']`,
  message: HTML,
}));

export default ts.config(
  { ignores: ['dist/', 'dist-bridge/', 'node_modules/', 'src/lib/ipc/generated.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  {
    rules: {
      'no-undef': 'off', // TypeScript knows better.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-alert': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'svelte/no-at-html-tags': 'error',
      // Plain maps, sets and dates are meant where they are used: what changes is announced by hand, once per batch.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/require-each-key': 'error',
      'svelte/button-has-type': 'error',
      'no-restricted-syntax': ['error', ...MARKUP, { selector: "MemberExpression[object.name='document'][property.name='cookie']", message: STORE }],
      'no-restricted-globals': [
        'error',
        ...['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'].map((name) => ({ name, message: NET })),
        ...['localStorage', 'sessionStorage', 'indexedDB', 'caches'].map((name) => ({ name, message: STORE })),
      ],
      'no-restricted-imports': ['error', { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/lib/host/tauri.ts knows Tauri.' }] }],
    },
  },
  // Tests look at the markup to see what must not be in it.
  { files: ['src/**/*.test.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/lib/host/bridge.ts'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['src/lib/host/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
);
