// The keys of every page: to the search box, away from it, and the list of all keys. Single-character keys can be
// switched off (WCAG 2.1.4), which the browser remembers; all are ignored while somebody types.
const ROOT = new URL("..", import.meta.url).pathname.slice(0, -1); // the path prefix of this site, often empty
const KEY = `kb-keys${ROOT}`; // named on the page "About"
const TYPING = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";

const box = document.getElementById("site:q");
const list = document.getElementById("site:keys");
const single = list.querySelector("input");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // the browser was told to keep nothing
  }
}

function remember() {
  try {
    if (single.checked) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // then the choice holds for this page only
  }
}

function search() {
  box.focus();
  box.select();
}

const SINGLE = { "/": search, "?": () => list.showModal() };

// What a key does here, if anything.
function action({ key, target, ctrlKey, metaKey, altKey, isComposing }) {
  if (isComposing || altKey) return null;
  if ((ctrlKey || metaKey) && key.toLowerCase() === "k" && !(ctrlKey && metaKey)) return search;
  if (ctrlKey || metaKey) return null;
  if (key === "Escape" && target === box) return () => box.blur();
  return single.checked && !target.closest(TYPING) ? SINGLE[key] : null;
}

document.addEventListener("keydown", (event) => {
  const act = event.defaultPrevented || document.querySelector("dialog[open]") ? null : action(event);
  if (!act) return;
  event.preventDefault();
  act();
});
single.checked = remembered() !== "off";
single.addEventListener("change", remember);
list.querySelector("button").addEventListener("click", () => list.close());
window.addEventListener("storage", () => (single.checked = remembered() !== "off"));
for (const opener of document.querySelectorAll("button.open-keys")) {
  opener.hidden = false;
  opener.addEventListener("click", () => list.showModal());
}
