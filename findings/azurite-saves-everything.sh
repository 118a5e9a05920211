#!/usr/bin/env bash
# Azurite 3.37.0 keeps its tables, and what it knows of blobs and queues, in memory, and whenever something changed it
# writes all of it to its disk anew, about every five seconds. So one small write costs as much as everything that is
# there: with 50,000 rows a change of one row of a hundred bytes writes over ten megabytes, and the emulator, which has
# one thread, answers nobody meanwhile. The cost of a request then grows with what is stored, which no Azure storage
# account does. With --inMemoryPersistence nothing is written.
# Seen through the bytes that the process hands to the system, which do not depend on how fast the machine is.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in node npm; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
[ -r /proc/self/io ] || { echo "Could not run: /proc/PID/io is not there to count what a process writes."; exit 2; }
folder=$(mktemp -d)
azurite=
trap '[ -z "$azurite" ] || kill "$azurite"; rm -rf "$folder"' EXIT
cd "$folder" || exit 2

# Azurite without its telemetry client and database drivers: they are 250 MB and are not used here.
mkdir unused && echo '{ "name": "unused", "version": "1.0.0" }' > unused/package.json && : > unused/index.js
cat > package.json <<'JSON'
{
  "private": true,
  "dependencies": { "azurite": "3.37.0", "@azure/data-tables": "13.3.2", "applicationinsights": "file:unused", "mysql2": "file:unused", "tedious": "file:unused" },
  "overrides": { "applicationinsights": "$applicationinsights", "mysql2": "$mysql2", "tedious": "$tedious" }
}
JSON
npm install --ignore-scripts --no-audit --no-fund --silent || { echo "Could not run: Azurite was not installed."; exit 2; }
cat > run.cjs <<'JS'
const { TableClient, AzureNamedKeyCredential } = require("@azure/data-tables");
const { readFileSync } = require("node:fs");
const [url, key, pid] = process.argv.slice(2);
const table = new TableClient(url + "/invented", "rows", new AzureNamedKeyCredential("invented", key), { allowInsecureConnection: true });
const written = () => Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "utf8"))[1]);
const seconds = n => new Promise(done => setTimeout(done, n * 1000));

// Until it has written nothing to speak of for two of its rounds.
async function quiet() {
  for (let last = written(), still = 0; still < 11; last = written()) {
    await seconds(1);
    still = written() - last < 20_000 ? still + 1 : 0;
  }
}

// What one row of a hundred bytes costs on the disk.
async function one(name) {
  await quiet();
  const before = written();
  await table.upsertEntity({ partitionKey: "one", rowKey: name, text: "x".repeat(100) });
  await quiet();
  return written() - before;
}

(async () => {
  await table.createTable();
  const few = await one("first");
  for (let batch = 0; batch < 500; batch++) {
    await table.submitTransaction(Array.from({ length: 100 }, (_, row) =>
      ["create", { partitionKey: `p${batch}`, rowKey: `${row}`, text: "x".repeat(100) }]));
  }
  const many = await one("last");
  const say = (what, as) => { console.log(`${as ? "as stated" : "CHANGED"}: ${what}`); if (!as) { process.exitCode = 1; } };
  say(`one row beside none writes ${few.toLocaleString("en")} bytes`, few < 1_000_000);
  say(`one row beside 50,000 writes ${many.toLocaleString("en")} bytes`, many > 5_000_000);
})();
JS
key=$(printf 'an invented key' | base64)
run() {
  AZURITE_ACCOUNTS="invented:$key" node node_modules/azurite/dist/src/azurite.js --location "$folder/store" \
    --disableTelemetry --blobPort 0 --queuePort 0 --tablePort 0 > azurite.log 2>&1 &
  azurite=$!
  for _ in $(seq 150); do
    [ "$(grep -c 'successfully listening' azurite.log)" = 3 ] && break
    sleep 0.2
  done
  [ "$(grep -c 'successfully listening' azurite.log)" = 3 ] || { echo "Could not run: Azurite did not start."; exit 2; }
  node run.cjs "$(sed -n 's/.*Table service is successfully listening at //p' azurite.log)" "$key" "$azurite"
}
run || exit 1
