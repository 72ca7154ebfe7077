/**
 * Every check and test of the project, one after the other, as `npm test`. A failing stage does not stop the next, so that one run
 * tells everything. The last line is `N passed, N failed`: tests one by one, and each check as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { ensurePython, venvPython } from './python.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => [string, string[], Record<string, string>?]} command
 * @property {string} [report] a file that the stage writes, for `count`
 * @property {(report: string) => Count} [count] without it the stage counts as one check
 */

const REPORTS = join('node_modules', '.tmp', 'test');

/** @param {string} tool */
const bin = (tool) => join('node_modules', '.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);

/** @param {string} name @param {string} tool @param {string[]} args @returns {Stage} */
const check = (name, tool, args) => ({ name, command: () => [bin(tool), args] });

const VITEST_REPORT = join(REPORTS, 'vitest.json');
const PLAYWRIGHT_REPORT = join(REPORTS, 'playwright.json');
const PYTEST_REPORT = join(REPORTS, 'pytest.xml');

/** @type {Stage[]} */
const STAGES = [
  check('format', 'prettier', ['--check', '.']),
  check('types', 'tsc', ['-b']),
  check('lint', 'oxlint', ['--type-aware', '--deny-warnings']),
  check('unused', 'knip', []),
  {
    name: 'unit and browser tests',
    command: () => [
      bin('vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`],
    ],
    report: VITEST_REPORT,
    count: countVitest,
  },
  check('build', 'vite', ['build']),
  {
    name: 'tests of the built site',
    command: () => [
      bin('playwright'),
      ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'],
      { PLAYWRIGHT_JSON_OUTPUT_NAME: join(process.cwd(), PLAYWRIGHT_REPORT) },
    ],
    report: PLAYWRIGHT_REPORT,
    count: countPlaywright,
  },
  { name: 'Python lint', command: () => [venvPython(), ['-m', 'ruff', 'check', 'models']] },
  { name: 'Python format', command: () => [venvPython(), ['-m', 'ruff', 'format', '--check', 'models']] },
  {
    name: 'Python tests',
    command: () => [
      venvPython(),
      ['-m', 'pytest', 'models', '-c', 'models/pyproject.toml', '--numprocesses=auto', `--junitxml=${PYTEST_REPORT}`],
    ],
    report: PYTEST_REPORT,
    count: countPytest,
  },
];

/** @param {string} report @returns {Count} */
function countVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(report);
  // A file that cannot even be loaded has no tests to fail.
  const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

/** @param {string} report @returns {Count} */
function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** @param {string} report @returns {Count} */
function countPytest(report) {
  const suite = /<testsuite [^>]*>/.exec(report)?.[0] ?? '';
  /** @param {string} name */
  const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  return { passed: number('tests') - failed - number('skipped'), failed, skipped: number('skipped') };
}

/** @param {Stage} stage @returns {Count & { seconds: number }} */
function runStage(stage) {
  console.log(`\n━━ ${stage.name}`);
  const start = performance.now();
  if (stage.report) rmSync(stage.report, { force: true });
  const [command, args, env] = stage.command();
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) console.error(error.message);
  const seconds = (performance.now() - start) / 1000;
  const isGood = status === 0;
  if (!stage.count || !stage.report || !existsSync(stage.report)) {
    return {
      passed: Number(isGood && !stage.count),
      failed: Number(!isGood || Boolean(stage.count)),
      skipped: 0,
      seconds,
    };
  }
  const count = stage.count(readFileSync(stage.report, 'utf8'));
  // A runner that fails without a failing test, or that found no test at all, must not pass unseen.
  if (count.failed === 0 && (!isGood || count.passed === 0)) count.failed = 1;
  return { ...count, seconds };
}

/** What has to be there before anything runs. @returns {string | null} what is missing */
function missing() {
  try {
    console.log(`Chromium: ${findChromium()}`);
    ensurePython();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function main() {
  mkdirSync(REPORTS, { recursive: true });
  const lack = missing();
  if (lack) {
    console.error(`\n${lack}\n\n0 passed, 1 failed`);
    return 1;
  }
  const results = STAGES.map((stage) => ({ name: stage.name, ...runStage(stage) }));
  console.log('\n━━ Summary');
  for (const { name, passed, failed, skipped, seconds } of results) {
    const extra = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(
      `${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed${extra} (${seconds.toFixed(0)} s)`,
    );
  }
  const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

process.exitCode = main();
