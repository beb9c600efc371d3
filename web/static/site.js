// Nothing here is needed to search, read or cite: it adds copy buttons, styles without loading, one key, and a
// larger panel of filters.
"use strict";

const ROOT = new URL("..", document.currentScript.src).pathname.slice(0, -1); // the path prefix, often empty
const SAID = {
  both: "Quotation and citation copied",
  quotation: "Quotation copied",
  citation: "Citation copied",
  further: "Bibliography entry copied",
  link: "Link copied",
};

// Words as plain text and as HTML: pasted into a letter, a citation keeps its italics, and words written from right
// to left their order. Word processors do not know dir="auto", so that it is resolved here.
function paragraph(text, html, shown) {
  const made = document.createElement("p");
  if (getComputedStyle(shown).direction === "rtl") made.dir = "rtl";
  if (shown.lang) made.lang = shown.lang;
  made.innerHTML = html;
  return { text, html: made.outerHTML };
}

function quoted(panel, words) {
  const escaped = document.createElement("p");
  escaped.textContent = `“${words}”`;
  return paragraph(escaped.textContent, escaped.innerHTML, panel.querySelector(".quotation > p, blockquote"));
}

function cited(element) {
  return paragraph(element.textContent, element.innerHTML, element);
}

function joined(paragraphs) {
  return { text: paragraphs.map(({ text }) => text).join("\n\n"), html: paragraphs.map(({ html }) => html).join("") };
}

function wordsFor(what, panel) {
  const { quotation, link } = panel.querySelector(".copy").dataset;
  const further = [...panel.querySelectorAll(".citation.further")].map(cited);
  const pasted = [...panel.querySelectorAll(".citation:not(.further)")].map(cited);
  return {
    both: () => joined([quoted(panel, quotation), ...pasted]),
    quotation: () => ({ text: quotation }),
    citation: () => joined(pasted),
    further: () => joined(further),
    link: () => ({ text: link }),
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
    said.textContent = "Your browser does not allow copying here. Select the text and copy it yourself.";
  }
}

// The citations in all styles are in the page: another style is shown at once, and remembered as the form does.
function show(panel, style) {
  const made = document.getElementById("site:styles").content.querySelector(`[data-style="${style}"]`);
  panel.querySelector(".in-style").replaceWith(made.cloneNode(true));
  offerFurther(panel);
  // the site sets the cookie, out of the reach of scripts; nothing is lost where it cannot be asked
  const { action } = panel.querySelector("form.styles");
  fetch(`${action}?style=${style}&remember=1`, { redirect: "manual", keepalive: true }).catch(() => {});
  const address = new URL(location);
  if (!address.searchParams.has("style")) return;
  address.searchParams.set("style", style);
  history.replaceState(history.state, "", address);
}

function offerFurther(panel) {
  panel.querySelector("[data-copy=further]").hidden = !panel.querySelector(".in-style .further");
}

for (const panel of document.querySelectorAll("section.cite")) {
  const styles = panel.querySelector("#site\\:style");
  panel.querySelector(".styles button").hidden = true;
  offerFurther(panel);
  styles.addEventListener("change", () => show(panel, styles.value));
}

for (const panel of document.querySelectorAll("section.cite, .spot")) {
  panel.querySelector(".copy").hidden = false;
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) copy(panel, button);
  });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const box = document.getElementById("site:q");
  if (event.key !== "/" || typing || !box || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// On a phone the filters fill the screen, in a dialog that Back closes like a page.
function fillScreen(fold, filters, form) {
  const dialog = document.createElement("dialog");
  const apply = filters.querySelector("button[data-show]");
  const usual = apply.textContent;
  let leaving = false;
  dialog.className = "sheet";
  dialog.setAttribute("aria-label", "Filters");
  dialog.innerHTML = '<p class="top"><strong>Filters</strong><button type="button" class="quiet">Close</button></p>';
  filters.after(dialog);

  function open() {
    dialog.append(filters);
    apply.textContent = apply.dataset.show;
    dialog.showModal();
    history.pushState({ sheet: true }, "");
  }

  // the entry that opening made is taken by the page that follows: Back leads to the list as it was
  function leaveFor(address) {
    leaving = true;
    dialog.close();
    location.replace(address);
  }

  fold.querySelector("summary").addEventListener("click", (event) => {
    if (!matchMedia("(max-width: 48rem)").matches) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    fold.after(filters);
    apply.textContent = usual;
    if (leaving) return;
    for (const box of filters.querySelectorAll("input")) box.checked = box.defaultChecked;
    if (history.state?.sheet) history.back();
  });
  filters.addEventListener("change", () => {
    if (dialog.open) apply.textContent = "Show passages"; // how many, only the search can tell
  });
  filters.querySelector("a.clear")?.addEventListener("click", (event) => {
    if (!dialog.open) return;
    event.preventDefault();
    leaveFor(event.target.closest("a").href);
  });
  form.addEventListener("submit", (event) => {
    if (!dialog.open) return;
    event.preventDefault();
    leaveFor(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  });
  window.addEventListener("popstate", () => dialog.close());
}

const fold = document.querySelector(".filters-fold");
if (fold) fillScreen(fold, fold.nextElementSibling, document.getElementById("site:form"));

// after Back, the ticks show the list as it was, not as it was about to become
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) form.reset();
});
