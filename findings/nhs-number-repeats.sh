#!/usr/bin/env bash
# The check digit of an NHS number passes every number of one repeated digit: 0000000000, 1111111111, up to 9999999999.
# The weights add up to 54, and 54 leaves 10 on division by 11, so the check digit of ten equal digits is that digit.
# nhs-number-validator 1.1.2 says true to all ten, and to 1234567881 for who types on. Fillers pass as people's numbers.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --prefix . --ignore-scripts --no-audit --no-fund --silent \
  nhs-number-validator@1.1.2 || { echo "Could not run: the packages were not installed."; exit 2; }
cat > finding.mjs <<'JS'
import nhs from 'nhs-number-validator';

let changed = false;
function expect(what, stated, seen) {
  const same = JSON.stringify(stated) === JSON.stringify(seen);
  changed ||= !same;
  console.log(`${same ? 'as stated' : 'CHANGED'}: ${what}: ${JSON.stringify(seen)}${same ? '' : ` (stated: ${JSON.stringify(stated)})`}`);
}

const repeated = [...'0123456789'].map((digit) => digit.repeat(10));
expect('numbers of one digit that pass', repeated, repeated.filter((number) => nhs.validate(number)));
expect('1234567881', true, nhs.validate('1234567881'));
expect('1234567890', false, nhs.validate('1234567890'));
process.exit(changed ? 1 : 0);
JS
node finding.mjs || exit 1
