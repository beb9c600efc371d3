// Nothing here is needed to search, read or cite: it adds copy buttons, one key, and a larger panel of filters.
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
