// The two validators: vnu (the W3C's Nu checker) and html-validate, which find different faults.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';

const here = dirname(fileURLToPath(import.meta.url));
const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')),
  'build/dist/vnu.jar');

// File -> what vnu says of it, for all files in one start of Java. Words of praise are left out.
export async function vnu(files) {
  const { stdout } = await promisify(execFile)('java',
    ['-Xss4m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', ...files],
    { maxBuffer: 64 << 20 });
  const found = new Map(files.map((file) => [pathToFileURL(file).href, []]));
  for (const message of JSON.parse(stdout).messages) {
    if (message.type === 'error' || message.subType === 'warning') {
      found.get(message.url.replace(/^file:\/*/, 'file:///'))
        ?.push(`line ${message.lastLine}: ${message.message}`);
    }
  }
  return new Map(files.map((file) => [file, found.get(pathToFileURL(file).href)]));
}

const validator = new HtmlValidate(
  new FileSystemConfigLoader({ extends: [join(here, 'htmlvalidate.json')], root: true }));

export async function htmlValidate(file) {
  const report = await validator.validateFile(file);
  return report.results.flatMap((result) => result.messages)
    .map((message) => `line ${message.line}: ${message.ruleId}: ${message.message}`);
}
