import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** `bridge` builds talk to the test bridge over loopback HTTP; every other build talks to the window's own engine. */
export default defineConfig(({ mode }) => {
  const bridge = mode === 'bridge';
  const host = bridge ? './src/lib/host/bridge.ts' : './src/lib/host/tauri.ts';
  return {
    plugins: [svelte()],
    clearScreen: false,
    resolve: {
      alias: { '#host': fileURLToPath(new URL(host, import.meta.url)) },
      // Component tests mount in a browser-like page, so they need Svelte's browser build.
      ...(mode === 'test' ? { conditions: ['browser'] } : {}),
    },
    server: { port: 5173, strictPort: true },
    build: {
      outDir: bridge ? 'dist-bridge' : 'dist',
      target: ['es2022', 'chrome123', 'safari17.5'],
      // The content security policy allows no inlined data: everything is a file of its own.
      assetsInlineLimit: 0,
      cssCodeSplit: true,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 700,
    },
    test: {
      environment: 'happy-dom',
      include: ['src/**/*.test.ts'],
      setupFiles: ['./src/testing/setup.ts'],
      restoreMocks: true,
      // A busy machine with two cores is slow at typing, not wrong.
      testTimeout: 20_000,
    },
  };
});
