/** The Python side's own environment: found, or made once, in `.venv`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '.venv';
const OLDEST = [3, 11];
const CANDIDATES = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python'];
/** On its own and first, so that the rest resolves against it. Pinned like `models/pyproject.toml` pins it. */
const TORCH = 'torch==2.13.0';
const NEEDED = ['codiff', 'torch', 'onnx', 'onnxruntime', 'pytest', 'xdist', 'ruff'];

/** Absolute path of the environment's Python, whether it is there or not. */
export function venvPython() {
  return process.platform === 'win32'
    ? join(process.cwd(), FOLDER, 'Scripts', 'python.exe')
    : join(process.cwd(), FOLDER, 'bin', 'python');
}

/** @param {string} python */
function isComplete(python) {
  const code = `import importlib.util as u, sys; sys.exit(any(u.find_spec(n) is None for n in ${JSON.stringify(NEEDED)}))`;
  return existsSync(python) && spawnSync(python, ['-c', code], { cwd: 'node_modules' }).status === 0;
}

/** @returns {string} */
function findPython() {
  const code = `import sys; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`;
  const found = CANDIDATES.find((name) => spawnSync(name, ['-c', code]).status === 0);
  if (found) return found;
  throw new Error(`Python ${OLDEST.join('.')} or newer was not found. Install it, then run this again.`);
}

/** Makes the environment if it is missing or incomplete. @returns {string} its Python */
export function ensurePython() {
  const python = venvPython();
  if (isComplete(python)) return python;
  console.log(`Setting up ${FOLDER} (once; several hundred megabytes).`);
  /** @param {string} command @param {string[]} args */
  const run = (command, args) => execFileSync(command, args, { stdio: 'inherit' });
  if (!existsSync(python)) {
    try {
      run(findPython(), ['-m', 'venv', FOLDER]);
    } catch (cause) {
      throw new Error('Python could not make an environment. On Debian and Ubuntu: apt-get install python3-venv.', {
        cause,
      });
    }
  }
  run(python, ['-m', 'pip', 'install', TORCH]);
  run(python, ['-m', 'pip', 'install', '-e', 'models[dev]']);
  return python;
}
