#!/usr/bin/env bash
# Three validators of United Kingdom postcodes take codes that cannot exist, and refuse some that do.
# postcode 5.1.0, postcode-validator 3.10.22 and validator 13.15.35 look at the shape only:
# - all take C, I, K, M, O and V in the last two letters, which no postcode has: `SW1A 1CI` is a misread code;
# - all take ZZ99 3VZ, which the health service writes for people without a home, as if it were a place;
# - all take areas that do not exist (`AA1 1AA`, `QX1 1AA`);
# - `GIR 0AA` passes one of three. Two spaces in the middle pass one of three too.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --prefix . --ignore-scripts --no-audit --no-fund --silent \
  postcode@5.1.0 postcode-validator@3.10.22 validator@13.15.35 || { echo "Could not run: the packages were not installed."; exit 2; }
cat > finding.mjs <<'JS'
import * as postcode from 'postcode';
import { postcodeValidator } from 'postcode-validator';
import validator from 'validator';

let changed = false;
function expect(what, stated, seen) {
  const same = JSON.stringify(stated) === JSON.stringify(seen);
  changed ||= !same;
  console.log(`${same ? 'as stated' : 'CHANGED'}: ${what}: ${JSON.stringify(seen)}${same ? '' : ` (stated: ${JSON.stringify(stated)})`}`);
}

const takenBy = (code) => [postcode.isValid(code), postcodeValidator(code, 'GB'), validator.isPostalCode(code, 'GB')];
expect('SW1A 1AA', [true, true, true], takenBy('SW1A 1AA'));
expect('SW1A 1CI', [true, true, true], takenBy('SW1A 1CI'));
expect('ZZ99 3VZ', [true, true, true], takenBy('ZZ99 3VZ'));
expect('AA1 1AA', [true, true, true], takenBy('AA1 1AA'));
expect('QX1 1AA', [true, true, true], takenBy('QX1 1AA'));
expect('GIR 0AA', [false, false, true], takenBy('GIR 0AA'));
expect('SW1A  1AA with two spaces', [true, false, false], takenBy('SW1A  1AA'));
process.exit(changed ? 1 : 0);
JS
node finding.mjs || exit 1
