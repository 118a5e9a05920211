// Seals a file to an upload grant and sends it: docs/drop-format.md in JavaScript, for browsers and Node.js 20. It needs WebCrypto and nothing else.
//
//   import { drop } from "./drop.mjs";
//   const { grantId, sha256 } = await drop("https://authority.example", token, "school-7", { exchange: "bristol-attendance" }, file);

const crypto = globalThis.crypto.subtle;
const utf8 = new TextEncoder();
const SEGMENT = 524_288;
const TAG = 16;

/** Asks for a grant, seals the file to it and puts it. What its intake says is told at /agencies/{agency}/grants/{grantId} and in the outbox. */
export async function drop(server, token, agency, request, file) {
  const grant = await ask(server, token, agency, request);
  const sealed = await seal(file, grant);
  await put(sealed, grant.uploadUri);
  return { grantId: grant.grantId, sha256: hex(await crypto.digest("SHA-256", await sealed.arrayBuffer())) };
}

/** Asks for leave to drop one file; the answer is the grant. */
export async function ask(server, token, agency, request) {
  const response = await fetch(new URL(`/agencies/${encodeURIComponent(agency)}/grants`, server), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  if (response.status !== 201) throw new Error(`No grant: ${answer.detail ?? response.status}`);
  return answer;
}

/** Seals a Blob or File to the grant. The file is read piece by piece; the sealed one is held by the Blob that is returned.
 *  `moved` is told how far it is, from 0 to 1. */
export async function seal(file, grant, moved = () => {}) {
  const recipient = Uint8Array.from(atob(grant.publicKey), (c) => c.charCodeAt(0));
  const { enc, key } = await sender(recipient, `tfflow drop 1\n${grant.grantId}\n${grant.agency}`);
  const prefix = globalThis.crypto.getRandomValues(new Uint8Array(7));
  const header = join(utf8.encode("TFV"), [1, 1], number(SEGMENT), prefix, text(grant.grantId), text(grant.agency));
  const parts = [join(utf8.encode("TFD"), [1]), enc, header];
  const segments = Math.max(1, Math.ceil(file.size / SEGMENT));
  for (let counter = 0; counter < segments; counter++) {
    const last = counter === segments - 1;
    const content = await file.slice(counter * SEGMENT, (counter + 1) * SEGMENT).arrayBuffer();
    const nonce = join(prefix, number(counter), [last ? 1 : 0]);
    const sealed = await crypto.encrypt({ name: "AES-GCM", iv: nonce, additionalData: header, tagLength: TAG * 8 }, key, content);
    parts.push(number(counter), number(content.byteLength + (last ? 0x8000_0000 : 0)), new Blob([sealed]));
    moved((counter + 1) / segments);
  }
  return new Blob(parts);
}

/** Puts the sealed file: one request, once. The address takes nothing else. */
export async function put(sealed, uploadUri) {
  const response = await fetch(uploadUri, { method: "PUT", headers: { "x-ms-blob-type": "BlockBlob", "if-none-match": "*" }, body: sealed });
  if (response.status !== 201) throw new Error(`Not put: the store answered ${response.status}. Ask for a new grant and seal the file again.`);
}

// HPKE base mode up to an exported secret (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
async function sender(recipient, info) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = await crypto.generateKey(curve, true, ["deriveBits"]);
  const enc = new Uint8Array(await crypto.exportKey("raw", pair.publicKey));
  const publicKey = await crypto.importKey("raw", recipient, curve, false, []);
  const dh = await crypto.deriveBits({ name: "ECDH", public: publicKey }, pair.privateKey, 256);
  const kem = labelled(join(utf8.encode("KEM"), [0x00, 0x10]));
  const hpke = labelled(join(utf8.encode("HPKE"), [0x00, 0x10, 0x00, 0x01, 0x00, 0x02]));
  const shared = await kem.expand(await kem.extract([], "eae_prk", dh), "shared_secret", join(enc, recipient));
  const context = join([0], await hpke.extract([], "psk_id_hash", []), await hpke.extract([], "info_hash", ascii(info)));
  const secret = await hpke.extract(shared, "secret", []);
  const exporter = await hpke.expand(secret, "exp", context);
  const exported = await hpke.expand(exporter, "sec", utf8.encode("segments"));
  return { enc, key: await crypto.importKey("raw", exported, "AES-GCM", false, ["encrypt"]) };
}

// LabeledExtract and LabeledExpand of RFC 9180 §4, for the 32 bytes that each is asked for here: one HMAC each.
const labelled = (suite) => ({
  extract: (salt, label, material) => hmac(salt, join(utf8.encode("HPKE-v1"), suite, utf8.encode(label), material)),
  expand: (key, label, info) => hmac(key, join([0, 32], utf8.encode("HPKE-v1"), suite, utf8.encode(label), info, [1])),
});

// An empty key is the same to HMAC as one of zeros, which WebCrypto takes.
async function hmac(key, message) {
  const bytes = key.length > 0 ? key : new Uint8Array(32);
  const imported = await crypto.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.sign("HMAC", imported, message));
}

const number = (value) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
const text = (value) => join([value.length], ascii(value));
const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

// Ids are printable ASCII: one byte a character.
function ascii(value) {
  if (!/^[\n -~]*$/.test(value)) throw new Error("The ids of a grant are ASCII.");
  return utf8.encode(value);
}

function join(...parts) {
  return Uint8Array.from(parts.flatMap((part) => Array.from(new Uint8Array(part))));
}
