#!/usr/bin/env bash
# Double Metaphone is not one code. Three libraries give three keys for one name, so keys of one do not block against
# keys of another: double-metaphone 2.0.1, talisman 1.1.4, natural 8.1.1.
# - talisman cuts at four letters, the others do not.
# - natural drops a letter of `Pfister` and writes `Jürgen` with a K.
# - A capital that the tables lack is left out in silence. `Øyvind`, `Özil` and `Łukasz` lose their first sound, in all
#   three: `Özil` and `Ozil` share no key. `Émile` keeps its first sound in two of the three.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --prefix . --ignore-scripts --no-audit --no-fund --silent \
  double-metaphone@2.0.1 talisman@1.1.4 natural@8.1.1 || { echo "Could not run: the packages were not installed."; exit 2; }
cat > finding.mjs <<'JS'
import { createRequire } from 'node:module';
import { doubleMetaphone } from 'double-metaphone';

const require = createRequire(import.meta.url);
const talisman = require('talisman/phonetics/double-metaphone');
const { DoubleMetaphone } = require('natural/lib/natural/phonetics');
const natural = new DoubleMetaphone();
const keys = (name) => [doubleMetaphone(name)[0], talisman(name)[0], natural.process(name)[0]];

let changed = false;
function expect(what, stated, seen) {
  const same = JSON.stringify(stated) === JSON.stringify(seen);
  changed ||= !same;
  console.log(`${same ? 'as stated' : 'CHANGED'}: ${what}: ${JSON.stringify(seen)}${same ? '' : ` (stated: ${JSON.stringify(stated)})`}`);
}

expect('Ashcraft', ['AXKRFT', 'AXKR', 'AXKRFT'], keys('Ashcraft'));
expect('Pfister', ['PFSTR', 'PFST', 'PFTR'], keys('Pfister'));
expect('Jürgen', ['JRJN', 'JRJN', 'JRKN'], keys('Jürgen'));
expect('Ozil', ['ASL', 'ASL', 'ASL'], keys('Ozil'));
expect('Özil', ['SL', 'SL', 'SL'], keys('Özil'));
expect('Lukasz', ['LKS', 'LKS', 'LKS'], keys('Lukasz'));
expect('Łukasz', ['KS', 'KS', 'KS'], keys('Łukasz'));
expect('Øyvind', ['FNT', 'FNT', 'FNT'], keys('Øyvind'));
expect('Emile', ['AML', 'AML', 'AML'], keys('Emile'));
expect('Émile', ['AML', 'ML', 'AML'], keys('Émile'));
process.exit(changed ? 1 : 0);
JS
node finding.mjs || exit 1
