// Checks a file by its dataset's specification where it lies: what no intake would take, headers, blanks and dates. It sends nothing.
// Findings name a place and what was expected, never what was there.

const PIECE = 1 << 20;
const LISTED = 100;

/** Checks a Blob. `moved` is told how far it is, from 0 to 1. */
export async function check(file, specification, moved = () => {}) {
  const log = findings(specification);
  const probed = probe(new Uint8Array(await file.slice(0, 4096).arrayBuffer()));
  if (probed) return log.close(probed);
  const table = rows(specification, log);
  const reading = csv(table.take);
  const marked = hex(await file.slice(0, 3).arrayBuffer()) === "efbbbf";
  const decoder = new TextDecoder(marked ? "utf-8" : specification.encoding);
  for (let at = 0; at < file.size && !log.ended; at += PIECE) {
    reading.push(decoder.decode(await file.slice(at, at + PIECE).arrayBuffer(), { stream: at + PIECE < file.size }));
    moved(Math.min(1, (at + PIECE) / file.size));
  }
  const broken = log.ended ? null : reading.end();
  if (broken) return log.close(broken, table.row + 1);
  return log.close(table.rows === 0 && !log.quarantined && !specification.nilReturn ? "file.no-rows" : null);
}

// What a file is by its first bytes, if it is no CSV.
function probe(bytes) {
  const starts = (...signature) => signature.every((byte, at) => bytes[at] === byte);
  const text = starts(0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
  if (text.every((byte) => [0x20, 0x09, 0x0d, 0x0a].includes(byte))) return "file.empty";
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || (bytes[0] && bytes[1] === 0 && bytes[2] && bytes[3] === 0)) return "file.utf-16";
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x1f, 0x8b) || starts(0xd0, 0xcf, 0x11, 0xe0)) return "file.compressed";
  return starts(0x25, 0x50, 0x44, 0x46) ? "file.not-text" : null;
}

// RFC 4180: hands over one row after another.
function csv(take) {
  const [CELL, QUOTED, CLOSED] = [0, 1, 2];
  let [state, cell, cells, after] = [CELL, "", [], ""];
  let broken = null;
  const endCell = () => {
    cells.push(cell);
    [cell, state] = ["", CELL];
  };
  const endRow = () => {
    endCell();
    take(cells);
    cells = [];
  };
  return {
    push(text) {
      for (const c of text) {
        if (broken) return;
        if (state === QUOTED) {
          if (c === '"') state = CLOSED;
          else cell += c;
        } else if (c === ",") endCell();
        else if (c === "\n") {
          if (after === "\r") cell = state === CELL ? cell.slice(0, -1) : cell;
          endRow();
        } else if (c === '"') {
          if (state === CLOSED) [state, cell] = [QUOTED, cell + c];
          else if (cell === "") state = QUOTED;
          else broken = "file.quote";
        } else if (state === CLOSED && c !== "\r") broken = "file.quote";
        else if (state === CELL) cell += c;
        after = c;
      }
    },
    end() {
      if (!broken && state === QUOTED) broken = "file.quote";
      if (!broken && (cell !== "" || cells.length > 0)) endRow();
      return broken;
    },
  };
}

// The header, then each row by it.
function rows(specification, log) {
  let [places, width] = [null, 0];
  const table = { row: 0, rows: 0, take };
  return table;

  function take(cells) {
    if (log.ended) return;
    table.row++;
    // Bytes that are no text in the encoding are read as this character.
    const broken = cells.findIndex((cell) => /[\0\uFFFD]/.test(cell));
    if (broken >= 0) log.end(cells[broken].includes("\0") ? "file.nul" : "file.encoding", table.row, broken);
    else if (!places) readHeader(cells);
    else if (cells.some((cell) => cell.trim() !== "")) readRow(cells);
  }

  function readHeader(cells) {
    width = cells.length;
    while (width > 0 && cells[width - 1].trim() === "") width--;
    if (width === 1 && /[;\t|]/.test(cells[0])) return log.end("file.separator", 1);
    const known = new Map(specification.columns.flatMap((column) => column.headers.map((header) => [fold(header), column])));
    places = new Map();
    for (let at = 0; at < width; at++) {
      const column = known.get(fold(cells[at]));
      if (!column) log.add("never.column-not-listed", 1, "", at);
      else if (column.withheld) log.add("never.withheld-field", 1, column.header, at);
      else if (places.has(column)) log.add("file.column-twice", 1, column.header, at);
      else places.set(column, at);
    }
    for (const column of specification.columns) {
      if (!places.has(column) && !column.optional && !column.withheld) log.add("file.column-missing", 1, column.header);
    }
    if (log.quarantined) log.end();
  }

  function readRow(cells) {
    if (++table.rows > specification.maxRows) return log.end("file.too-many-rows", table.row);
    const short = [...places].some(([column, at]) => at >= cells.length && column.blank);
    if (short || cells.slice(width).some((cell) => cell.trim() !== "")) {
      return log.add("row.cells", table.row, "", -1, `${width} cells, as many as the header has; this row has ${cells.length}`);
    }
    for (const [column, at] of places) {
      const value = (cells[at] ?? "").trim();
      const code = value === "" ? column.blank : column.date ? date(value) : "";
      if (code) log.add(code, table.row, column.header, at);
    }
  }
}

// Of dates only what can be read in no other way.
function date(value) {
  if (/^[09./-]+$/.test(value) || /^0?0[./-]/.test(value)) return ""; // How systems write that there is none.
  const british = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value);
  if (british) return isDay(+british[3], +british[2], +british[1]) ? "" : "date.not-a-day";
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d\d$/.test(value)) return "date.two-digit-year";
  if (/^\d{5}$/.test(value)) return "date.excel-serial";
  return "";
}

function isDay(year, month, day) {
  const it = new Date(0);
  it.setUTCFullYear(year, month - 1, day);
  return year > 0 && it.getUTCMonth() === month - 1 && it.getUTCDate() === day;
}

const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

// Date of Birth, DATE_OF_BIRTH and date-of-birth are one header.
const fold = (header) => header.replace(/[^\p{L}\p{Nd}]/gu, "").toLowerCase();

function letters(at) {
  let text = "";
  for (let rest = at + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  return text;
}

function findings(specification) {
  const log = { ended: false, quarantined: false, add, end, close };
  const [listed, counts] = [[], {}];
  return log;

  function add(code, row, column = "", at = -1, expected = null) {
    const rule = specification.rules[code];
    log.quarantined ||= rule.consequence === "Quarantine";
    counts[code] = (counts[code] ?? 0) + 1;
    if (counts[code] > LISTED) return;
    const cell = `${at >= 0 ? letters(at) : ""}${row > 0 ? row : ""}`;
    listed.push({ code, row, column, cell, expected: expected ?? rule.expected, remedy: rule.remedy, consequence: rule.consequence });
  }

  function end(code, row, at) {
    if (code) add(code, row, "", at);
    log.ended = true;
  }

  function close(code, row = 0) {
    if (code) add(code, row);
    return { findings: listed, counts, quarantined: log.quarantined };
  }
}
