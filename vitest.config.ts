import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { chromiumLaunch } from './scripts/chromium.mjs';
import viteConfig from './vite.config.ts';

/** One worker: the suite is small, and the machines that run it have two cores. */
const MAX_WORKERS = 1;

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      maxWorkers: MAX_WORKERS,
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            environment: 'node',
            include: ['src/**/*.test.ts'],
            exclude: ['src/**/*.browser.test.{ts,tsx}'],
          },
        },
        {
          extends: true,
          test: {
            name: 'browser',
            include: ['src/**/*.browser.test.{ts,tsx}'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({ launchOptions: chromiumLaunch({ webgpu: true }) }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
);
