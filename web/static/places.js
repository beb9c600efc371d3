// Where the reader is in the results: kept with each history entry, and restored after Back; after a choice, the
// control that was used keeps the focus and its place on the screen.
const PAUSE_MILLISECONDS = 150; // browsers limit how often the history may be written

let pause = 0;
let used = null; // the control in use before the results were replaced
let leaving = false; // from Back until its results are there: the results shown are not those of this entry

// A selector for what has the focus that also finds it in other results.
function named(element) {
  if (!element?.closest("main, dialog")) return "";
  const quoted = (value) => `"${CSS.escape(value)}"`;
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.matches("summary")) return element.parentElement.id && `#${CSS.escape(element.parentElement.id)} > summary`;
  if (element.matches("input")) return `input[name=${quoted(element.name)}][value=${quoted(element.value)}]`;
  if (element.matches("a[href]")) return `a[href=${quoted(element.getAttribute("href"))}]`;
  if (element.dataset.passage) return `[data-passage=${quoted(element.dataset.passage)}]`;
  return "";
}

function found(selector) {
  return selector ? document.querySelector(`dialog[open] ${selector}`) ?? document.querySelector(`main ${selector}`) : null;
}

function save() {
  clearTimeout(pause);
  if (leaving) return;
  const place = { top: scrollY, focus: named(document.activeElement) };
  const before = history.state?.place;
  if (before?.top === place.top && before?.focus === place.focus) return;
  history.replaceState({ ...history.state, place }, "");
}

function saveSoon() {
  clearTimeout(pause);
  pause = setTimeout(save, PAUSE_MILLISECONDS);
}

function restore(place) {
  scrollTo(0, place?.top ?? 0);
  found(place?.focus)?.focus({ preventScroll: true });
}

// The control itself, else what is now in its place, else the results.
function successor({ selector, group }) {
  return found(selector) ?? document.querySelector(group ? `main ${group} a, main ${group} select` : null);
}

function keepControl() {
  if (!used) return;
  const control = successor(used) ?? document.querySelector(".sheet[open] .show") ?? document.getElementById("site:results");
  control.focus({ preventScroll: true });
  if (!control.matches(used.selector || "*")) return;
  const scroller = control.closest("dialog .filters") ?? document.scrollingElement;
  scroller.scrollTop += control.getBoundingClientRect().top - used.top;
}

const AFTER = {
  back: () => restore(history.state?.place),
  typed: () => scrollTo(0, 0),
  chosen: keepControl,
  led: () => {
    scrollTo(0, 0);
    document.getElementById("site:results").focus({ preventScroll: true });
  },
};

document.addEventListener("results:replacing", ({ detail }) => {
  const focus = document.activeElement;
  const group = focus.closest(".chips, .toolbar .group, .years");
  used = focus.closest("main, dialog")
    ? { selector: named(focus), group: group && `.${group.classList[0]}`, top: focus.getBoundingClientRect().top }
    : null;
  if (detail.how !== "back") save();
});
document.addEventListener("results:replaced", ({ detail }) => {
  leaving = false;
  AFTER[detail.how]();
  saveSoon();
});
document.addEventListener("results:kept", () => (leaving = false));
document.addEventListener("scroll", saveSoon, { passive: true });
document.addEventListener("focusin", saveSoon);
window.addEventListener("pagehide", save);
window.addEventListener("popstate", () => {
  clearTimeout(pause);
  leaving = true;
});

history.scrollRestoration = "manual"; // the browser would scroll before the results of that entry are there
if (history.state?.place) restore(history.state.place);
