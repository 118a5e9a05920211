// The page that sends a file: checks it, seals it to a new grant's key, puts it, and goes on to where its report will be.
import { check } from "./check.mjs";
import { seal } from "./drop.mjs";

const by = (id) => document.getElementById(id);
const form = by("drop");
const { specification, grants, drops, exchange, most } = form.dataset;
const file = by("file");
const send = by("send");

// Browsers seal in a secure context alone.
if (globalThis.isSecureContext && globalThis.crypto?.subtle) form.hidden = false;
else by("insecure").hidden = false;

file.addEventListener("change", () => attempt(look));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(drop);
});

async function attempt(step) {
  forgive();
  send.disabled = true;
  try {
    await step(file.files[0]);
  } catch (failed) {
    blame(failed.message);
  } finally {
    by("moving").hidden = true;
    send.disabled = !file.files[0];
  }
}

async function look(chosen) {
  by("checked").replaceChildren();
  if (!chosen) return;
  if (chosen.size > most * 0.99) throw new Error(`A browser sends at most ${Math.floor(most / 1048576)} MiB. Send this file with tfflow drop.`);
  const found = await check(chosen, await json(await fetch(specification)), progress("Checking the file on your computer"));
  by("checked").replaceChildren(...report(found));
}

async function drop(chosen) {
  if (!chosen) throw new Error("Choose the file that you want to send.");
  const request = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const grant = await json(await fetch(grants, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, exchange, correction: by("correction").checked }),
  }));
  const sealed = await seal(chosen, grant, progress("Locking the file on your computer"));
  await put(sealed, `${drops}/${grant.grantId}`, progress("Sending the locked file"));
  by("status").textContent = "The file was sent.";
  location.assign(`${grants}/${grant.grantId}`);
}

// fetch does not tell how far a body is sent.
function put(sealed, address, moved) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.upload.onprogress = ({ loaded, total }) => moved(loaded / total);
    request.onload = () => (request.status === 201 ? done() : failed(new Error(said(request.responseText) ?? `The host answered ${request.status}.`)));
    request.onerror = () => failed(new Error("The connection broke off. Nothing was taken in: send the file again."));
    request.send(sealed);
  });
}

async function json(answer) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(said(text) ?? `The host answered ${answer.status}. Try again in a minute.`);
  return JSON.parse(text);
}

function said(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return undefined;
  }
}

function progress(words) {
  by("moving").hidden = false;
  by("step").textContent = words;
  by("status").textContent = words;
  by("progress").value = 0;
  return (share) => {
    by("progress").value = share;
  };
}

function report({ findings, counts, quarantined }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return [text("p", "Your browser found nothing wrong. The full check comes when the file is taken in.", "govuk-body")];
  const heading = quarantined ? "This file would be refused" : `${total} thing${total === 1 ? "" : "s"} to put right`;
  const table = document.createElement("table");
  table.className = "govuk-table";
  table.append(text("caption", "What your browser found. Nothing has been sent.", "govuk-table__caption govuk-table__caption--s"), line("th", ["Cell", "Expected", "What to do"]));
  for (const finding of findings) {
    table.append(line("td", [finding.cell || "File", `${finding.column ? `${finding.column}: ` : ""}${finding.expected}`, finding.remedy]));
  }
  const scroll = document.createElement("div");
  scroll.className = "tf-scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "What your browser found");
  scroll.append(table);
  return [text("h2", heading, "govuk-heading-m"), scroll];
}

function line(kind, cells) {
  const row = document.createElement("tr");
  row.className = "govuk-table__row";
  row.append(...cells.map((words) => text(kind, words, kind === "th" ? "govuk-table__header" : "govuk-table__cell")));
  return row;
}

function text(kind, words, name) {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = words;
  if (kind === "th") element.scope = "col";
  return element;
}

function blame(words) {
  const link = text("a", words, "");
  link.href = "#file";
  const item = document.createElement("li");
  item.append(link);
  by("errors").querySelector("ul").replaceChildren(item);
  by("errors").hidden = false;
  by("errors").focus();
  by("file-error").textContent = `Error: ${words}`;
  by("file-error").hidden = false;
  by("file-group").classList.add("govuk-form-group--error");
  document.title = `Error: ${document.title.replace(/^Error: /, "")}`;
}

function forgive() {
  by("errors").hidden = true;
  by("file-error").hidden = true;
  by("file-group").classList.remove("govuk-form-group--error");
  document.title = document.title.replace(/^Error: /, "");
}
