// Nothing here is needed to search, read or cite: it adds copy buttons, and styles without loading.
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

// after Back, the ticks show the list as it was, not as it was about to become
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) form.reset();
});
