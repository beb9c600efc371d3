// The citing panel: it copies, changes style without loading, and on other pages opens in a dialog. Menus of actions
// close like other menus, and their links to passages are copied. Without this script all of these are links.
"use strict";

const SAID = {
  both: _("Quotation and citation copied"),
  quotation: _("Quotation copied"),
  citation: _("Citation copied"),
  further: _("Bibliography entry copied"),
  link: _("Link copied"),
};
const NOT_ALLOWED = _("Your browser does not allow copying here. Select the text and copy it yourself.");

// Copies words as plain text and as HTML: pasted into a letter, a citation keeps its italics, and right-to-left words
// keep their order. Word processors do not know dir="auto", so it is resolved here.
function paragraph(text, html, shown) {
  const made = document.createElement("p");
  if (getComputedStyle(shown).direction === "rtl") made.dir = "rtl";
  if (shown.lang) made.lang = shown.lang;
  made.innerHTML = html;
  return { text, html: made.outerHTML };
}

// What a note lists comes after the words in quotation marks, on lines of its own.
function quoted(panel, { quotation, quoted: listing }) {
  const escaped = document.createElement("p");
  escaped.textContent = listing ?? `“${quotation}”`;
  const html = listing ? escaped.innerHTML.replaceAll("\n", "<br>") : escaped.innerHTML;
  return paragraph(escaped.textContent, html, panel.querySelector(".quotation > p, blockquote") ?? document.querySelector("main [data-words-of]"));
}

function cited(element) {
  return paragraph(element.textContent, element.innerHTML, element);
}

function joined(paragraphs) {
  return { text: paragraphs.map(({ text }) => text).join("\n\n"), html: paragraphs.map(({ html }) => html).join("") };
}

function wordsFor(what, panel) {
  const { dataset } = panel.querySelector(".copy");
  const further = [...panel.querySelectorAll(".citation.further")].map(cited);
  const pasted = [...panel.querySelectorAll(".citation:not(.further)")].map(cited);
  return {
    both: () => joined([quoted(panel, dataset), ...pasted]),
    quotation: () => ({ text: dataset.quotation }),
    citation: () => joined(pasted),
    further: () => joined(further),
    link: () => ({ text: dataset.link }),
  }[what]();
}

async function put({ text, html }) {
  if (!html || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const blob = (words, type) => new Blob([words], { type });
  const item = { "text/plain": blob(text, "text/plain"), "text/html": blob(html, "text/html") };
  return navigator.clipboard.write([new ClipboardItem(item)]);
}

async function copy(panel, button) {
  const said = panel.querySelector("[role=status]");
  const what = button.dataset.copy;
  said.textContent = ""; // what is said twice is heard twice
  try {
    await put(wordsFor(what, panel));
    said.textContent = SAID[what];
  } catch {
    said.textContent = NOT_ALLOWED;
  }
}

// The page has the citations in all styles: another style is shown at once, and remembered as with the form.
function show(panel, style) {
  const made = panel.querySelector("template").content.querySelector(`[data-style="${style}"]`);
  panel.querySelector(".in-style").replaceWith(made.cloneNode(true));
  offerFurther(panel);
  // the site sets the cookie, out of reach of scripts; nothing is lost if it does not answer
  const { action } = panel.querySelector("form.styles");
  fetch(`${action}?style=${style}&remember=1`, { redirect: "manual", keepalive: true }).catch(() => {});
  const address = new URL(location);
  if (!address.searchParams.has("style") || panel.closest("dialog")) return;
  address.searchParams.set("style", style);
  history.replaceState(history.state, "", address);
}

function offerFurther(panel) {
  panel.querySelector("[data-copy=further]").hidden = !panel.querySelector(".in-style .further");
}

function equip(panel) {
  panel.querySelector(".copy").hidden = false;
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) copy(panel, button);
  });
  const styles = panel.querySelector("form.styles select");
  if (!styles) return;
  panel.querySelector(".styles button").hidden = true;
  offerFurther(panel);
  styles.addEventListener("change", () => show(panel, styles.value));
}

// A message goes away after a while; an error stays until the next message.
const MESSAGE_SHOWN_MILLISECONDS = 6000;
const announced = document.createElement("p");
announced.className = "announced";
announced.setAttribute("role", "status");
document.body.append(announced);
let clearing = 0;

function announce(words, address = "") {
  clearTimeout(clearing);
  announced.textContent = address ? `${words} ` : words;
  if (address) announced.append(Object.assign(document.createElement("a"), { href: address, textContent: address }));
  (document.querySelector("dialog[open]") ?? document.body).append(announced); // a dialog covers all else
  if (!address) clearing = setTimeout(() => (announced.textContent = ""), MESSAGE_SHOWN_MILLISECONDS);
}

// The panel of a passage in a dialog: Escape and the browser's Back close it, and the focus returns to the link.
let dialog = null;

function makeDialog() {
  dialog = document.createElement("dialog");
  dialog.className = "citing";
  dialog.setAttribute("closedby", "any");
  dialog.setAttribute("aria-labelledby", "site:dialog-cite-heading");
  dialog.innerHTML = '<p class="top"><button type="button" class="quiet"></button></p><div></div>';
  dialog.querySelector("button").textContent = _("Close");
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (history.state?.citing) history.back();
  });
  document.body.append(dialog);
}

// The panel's style sheet: a page of results keeps it in a template until it is needed.
function dress() {
  const kept = document.getElementById("site:panel-sheet");
  if (!kept) return null;
  const sheet = document.importNode(kept.content.querySelector("link"));
  kept.remove();
  return new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

async function openPanel(link) {
  const address = new URL(link.href);
  link.setAttribute("aria-busy", "true");
  try {
    const [answer] = await Promise.all([fetch(`${address.pathname}/panel${address.search}`), dress()]);
    if (!answer.ok) throw new Error(answer.status);
    if (!dialog) makeDialog();
    dialog.querySelector("div").innerHTML = await answer.text();
    equip(dialog.querySelector("section.cite"));
    dialog.showModal();
    history.pushState({ ...history.state, citing: true }, "");
  } catch {
    location.assign(link.href); // the page itself says what is wrong
  } finally {
    link.removeAttribute("aria-busy");
  }
}

window.addEventListener("popstate", () => dialog?.close());

async function copyAddress(link) {
  try {
    await put({ text: link.href });
    announce(SAID.link);
  } catch {
    location.assign(link.href);
  }
  link.closest("details")?.removeAttribute("open");
}

const ALONE = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite-here, a.copy-address");
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!link || !ALONE(event)) return;
  event.preventDefault();
  if (link.matches(".cite-here")) openPanel(link);
  else copyAddress(link);
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement.closest("details.more[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const panel of document.querySelectorAll("section.cite, .spot")) equip(panel);

// The script that quotes selected words is fetched when words are first selected.
function fetchSelectionBar() {
  if (getSelection().isCollapsed || !document.querySelector("[data-words-of]")) return;
  document.removeEventListener("selectionchange", fetchSelectionBar);
  const script = document.createElement("script");
  script.src = document.getElementById("site:selection").content.querySelector("script").getAttribute("src");
  document.head.append(script);
}

document.addEventListener("selectionchange", fetchSelectionBar);
document.getElementById("site:selecting")?.removeAttribute("hidden");

// after Back, the ticks show the list as it was, not as it was about to become
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) form.reset();
});
