import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from '../scripts/chromium.mjs';

const PORT = 4327;
/** A generation on two busy cores takes its time; what hangs is still found. */
const TEST_TIMEOUT_MS = 120_000;
const EXPECT_TIMEOUT_MS = 15_000;

/** On the built site, as visitors get it. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  // Most of a test is waiting for the page; the engine's own threads share the cores.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1440, height: 900 },
    launchOptions: chromiumLaunch({ webgpu: false }),
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `npm run preview -- --port ${PORT} --strictPort`,
    cwd: '..',
    port: PORT,
    stdout: 'ignore',
  },
});
