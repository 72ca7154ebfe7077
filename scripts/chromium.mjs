/**
 * Finds the Chromium that the browser tests run in: CHROMIUM, then the system's, then Playwright's own.
 * Both Vitest and Playwright ask here, so that they can never differ.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const WELL_KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Quiet and small: no phoning home, no component updates, and no sandbox where it cannot work (root in a container). */
const BASE_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU on Chromium's software adapter, for machines without a GPU. */
const SOFTWARE_WEBGPU_FLAGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | undefined} */
function findOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

/** Absolute path of a Chromium; throws with what to install where there is none. */
export function findChromium() {
  const wanted = process.env.CHROMIUM;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new Error(`CHROMIUM names ${wanted}, which is not an executable file.`);
  }
  const found = WELL_KNOWN.find(isExecutable) ?? findOnPath();
  if (found) return found;
  const bundled = chromium.executablePath();
  if (existsSync(bundled)) return bundled;
  throw new Error(
    'No Chromium was found. Install one (Debian and Ubuntu: apt-get install chromium; anywhere: npx playwright install chromium) ' +
      'or name it in the environment variable CHROMIUM.',
  );
}

/**
 * Launch options for Playwright and for Vitest's browser mode.
 * @param {{ webgpu: boolean }} options
 */
export function chromiumLaunch({ webgpu }) {
  return {
    executablePath: findChromium(),
    args: [...BASE_FLAGS, ...(webgpu ? SOFTWARE_WEBGPU_FLAGS : [])],
  };
}
