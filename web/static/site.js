// Nothing here is needed to search, read or cite: it adds copy buttons and one key.
"use strict";

const SAID = {
  both: "Quotation and citation copied",
  quotation: "Quotation copied",
  citation: "Citation copied",
  link: "Link copied",
};

function wordsFor(what, { quotation, citation, link }) {
  return { both: `“${quotation}”\n\n${citation}`, quotation, citation, link }[what];
}

async function copy(panel, button) {
  const said = panel.querySelector("[role=status]");
  const what = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(wordsFor(what, panel.dataset));
    said.textContent = SAID[what];
  } catch {
    said.textContent = "The browser does not allow copying here: select the text and copy it by hand.";
  }
}

for (const panel of document.querySelectorAll(".copy")) {
  panel.hidden = false;
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

// after Back, the ticks show the list as it was, not as it was about to become
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) form.reset();
});
