import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Cross-origin isolation: WASM threads need SharedArrayBuffer, and browsers give it only under these two headers. */
const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Pages, not one page for every address: a missing pack file must be a 404, not index.html.
  appType: 'mpa',
  // Relative, so that the built site also works in a sub-folder of a static host.
  base: './',
  plugins: [react(), tailwindcss()],
  // The runtime's own files stay apart: bundled into the app's worker, its threads would start the app's code again and hang.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es', plugins: () => [] },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  server: { headers: ISOLATION_HEADERS, watch: { ignored: ['**/models/**', '**/.venv/**', '**/dist/**'] } },
  preview: { headers: ISOLATION_HEADERS },
});
