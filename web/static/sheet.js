// On a phone the filters fill the screen, in a dialog that Back closes like a page. The results behind it follow each
// choice; closing it without "Show" brings back the earlier ones. "Show" may come before the answer to the last
// choice: the dialog closes, and the results follow.
const PHONE = "(max-width: 48rem)";

const dialog = document.createElement("dialog");
dialog.className = "sheet";
dialog.setAttribute("aria-label", _("Filters"));
dialog.innerHTML =
  '<p class="top"><strong></strong><button type="button" class="quiet close"></button></p>' +
  '<p class="apply"><a class="clear"></a><button type="button" class="show"></button></p>';
dialog.querySelector("strong").textContent = _("Filters");
dialog.querySelector(".close").textContent = _("Close");
dialog.querySelector(".clear").textContent = _("Clear");
document.body.append(dialog);
const show = dialog.querySelector(".show");
const clear = dialog.querySelector(".clear");
let opened = ""; // at which address
let waiting = false; // for the results of a choice

function fill() {
  const filters = document.querySelector("main .filters");
  dialog.querySelector(".filters")?.remove();
  if (filters) dialog.querySelector(".top").after(filters);
  show.textContent = filters?.dataset.show ?? _("Show passages");
  const everything = document.querySelector(".chips .clear");
  clear.hidden = !everything;
  if (everything) clear.href = everything.href;
}

function open() {
  fill();
  dialog.showModal();
  opened = location.href;
  waiting = false;
  history.pushState({ choosing: true }, "");
}

function close() {
  document.querySelector(".filters-fold").after(dialog.querySelector(".filters"));
  dialog.close();
  document.querySelector(".filters-fold > summary").focus();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".filters-fold > summary") || !matchMedia(PHONE).matches) return;
  event.preventDefault();
  open();
});
dialog.querySelector(".close").addEventListener("click", () => history.back());
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  history.back();
});
show.addEventListener("click", () => {
  if (location.href === opened && !waiting) return history.back();
  if (!waiting) history.replaceState(null, "");
  close();
});
document.addEventListener("results:asked", () => (waiting = true));
document.addEventListener("results:replaced", ({ detail }) => {
  waiting = false;
  if (dialog.open && detail.how !== "back") fill();
});
window.addEventListener("popstate", () => {
  if (dialog.open) close();
});
