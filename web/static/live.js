// Results in place: as words are typed, and filters, order and pages chosen, the page of that address is fetched and
// its main part shown. Without this script the same controls load that page. Scripts that listen for
// "results:replaced" on the document can complete the new results; "results:replacing" comes before, while the old
// ones are still there, and "results:asked" when new ones are requested.
const SEARCH = new URL("../search", import.meta.url).pathname;
const PAUSE_MILLISECONDS = 200; // without a key, before what was typed is searched for
const SETTLED_MILLISECONDS = 1500; // without a key, after which other words are another search
const SLOW_MILLISECONDS = 300; // before the page shows that it waits
const SAID_MILLISECONDS = 700; // without another answer, before the count is read out
const PAINTED_MILLISECONDS = 100; // longest wait for the control that was used to be painted
const MAX_WAIT_SECONDS = 60; // a longer one is left to the reader
const MAX_KEPT_PAGES = 12;
const CHOICES = ".chips, .filters, .sheet, .toolbar, .years"; // where the control used is still there afterwards

const form = document.getElementById("site:form");
const box = document.getElementById("site:q");
const main = document.querySelector("main");
const kept = new Map(); // pages by address, for Back: no cache may keep them
let shown = location.pathname + location.search;
let asking = new AbortController();
let drafting = false; // whether the newest entry of the history is for words that are still being typed
let [pause, settling, slow, saying, retry] = [0, 0, 0, 0, 0];

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`results:${name}`, { detail }));

// What is read out, and what went wrong: both are there from the start, or screen readers would miss them.
const said = document.createElement("p");
const trouble = document.createElement("div");
said.className = "unseen";
said.setAttribute("role", "status");
trouble.className = "trouble";
trouble.innerHTML = '<p role="status"></p><button type="button" class="quiet" hidden></button>';
trouble.querySelector("button").textContent = _("Try again");
document.body.append(said, trouble);

function complain(words, again) {
  const button = trouble.querySelector("button");
  trouble.querySelector("p").textContent = words;
  button.hidden = !again;
  button.onclick = again ?? null;
}

// The address that the form would lead to, without defaults.
function wanted() {
  const asked = new URLSearchParams(new FormData(form));
  asked.set("q", box.value.trim());
  if (!asked.get("q")) asked.delete("q");
  if (asked.get("sort") === "relevance") asked.delete("sort");
  const query = asked.toString().replaceAll("%2F", "/");
  return query ? `${SEARCH}?${query}` : SEARCH;
}

// Whether two addresses are of the same search, whatever the order of their parameters.
function isSame(one, other) {
  const parts = (address) => [...new URLSearchParams(address.split("?")[1])].map(String).sort().join("&");
  return parts(one) === parts(other);
}

function stop() {
  for (const timer of [pause, slow, retry]) clearTimeout(timer);
  asking.abort();
  main.removeAttribute("aria-busy");
}

function settle() {
  clearTimeout(settling);
  drafting = false;
}

// Waits until the choice is painted before working on the answer; a page in the background paints nothing.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PAINTED_MILLISECONDS);
  });
}

// A step is `how` it was taken ("typed", "chosen", "led" by a link, or "back"), and whether words are `done`.
async function ask(address, step) {
  stop();
  tell("asked", step);
  const mine = (asking = new AbortController());
  const words = box.value;
  const shownFirst = painted();
  slow = setTimeout(() => main.setAttribute("aria-busy", "true"), SLOW_MILLISECONDS);
  let page = "";
  try {
    const answer = await fetch(address, { signal: mine.signal });
    if (answer.status === 429) return refuse(address, step, Number(answer.headers.get("Retry-After")) || 1);
    if (answer.status >= 500) return fail(_("Search is unavailable at the moment."), address, step);
    if (!answer.ok) return location.assign(address); // that page says what is wrong with the address
    page = await answer.text();
    await shownFirst;
  } catch {
    if (!mine.signal.aborted) fail(_("The site cannot be reached."), address, step);
    return;
  }
  if (!mine.signal.aborted) take(page, address, { ...step, words });
}

function refuse(address, step, seconds) {
  const again = () => ask(address, step);
  stop();
  if (seconds > MAX_WAIT_SECONDS) return fail(_("That was too many searches in a short time."), address, step);
  complain(
    ngettext(
      "Too many searches in a short time. Trying again in {count} second.",
      "Too many searches in a short time. Trying again in {count} seconds.",
      seconds,
    ),
  );
  retry = setTimeout(again, 1000 * seconds);
}

function fail(reason, address, step) {
  stop();
  complain(`${reason} ${_("These are still the previous results.")}`, () => ask(address, step));
}

function take(page, address, step) {
  stop();
  complain("");
  tell("replacing", step);
  record(address, step);
  kept.delete(address);
  kept.set(address, page);
  if (kept.size > MAX_KEPT_PAGES) kept.delete(kept.keys().next().value);
  show(new DOMParser().parseFromString(page, "text/html"), step);
  tell("replaced", step);
  clearTimeout(saying);
  said.textContent = "";
  saying = setTimeout(() => {
    said.textContent = main.querySelector(".total").textContent.trim().replace(/\s+/g, " ");
  }, SAID_MILLISECONDS);
}

// One entry for each search: words being typed, and filters chosen in the sheet of a phone, stay in theirs.
function record(address, { how, done }) {
  const within = (how === "typed" && drafting) || history.state?.choosing || address === shown;
  if (how !== "back") {
    if (within) history.replaceState(document.querySelector(".sheet[open]") && history.state, "", address);
    else history.pushState(null, "", address);
  }
  drafting = how === "typed" && !done;
  shown = address;
}

function show(answer, { how, words }) {
  const fresh = answer.querySelector("main");
  for (const each of fresh.querySelectorAll("noscript")) each.remove();
  fresh.querySelector(".total").removeAttribute("role"); // the count is read out once typing has ended
  for (const { id, open } of document.querySelectorAll(".filters details[id], main details[id]")) {
    const same = answer.getElementById(id);
    if (same) same.open = open;
  }
  document.title = answer.title;
  const given = answer.getElementById("site:q").defaultValue;
  box.defaultValue = given;
  if (how !== "typed" && (how === "back" || box.value === words)) box.value = given;
  for (const field of form.querySelectorAll("input[type=hidden]")) field.remove();
  form.append(...answer.querySelectorAll("#site\\:form input[type=hidden]"));
  main.replaceChildren(...fresh.childNodes);
}

box.addEventListener("input", (event) => {
  clearTimeout(pause);
  clearTimeout(settling);
  if (event.isComposing) return;
  pause = setTimeout(() => {
    if (isSame(wanted(), shown)) stop();
    else ask(wanted(), { how: "typed" });
  }, PAUSE_MILLISECONDS);
  settling = setTimeout(settle, SETTLED_MILLISECONDS);
});
box.addEventListener("compositionend", () => box.dispatchEvent(new Event("input")));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  clearTimeout(settling);
  if (matchMedia("(pointer: coarse)").matches) box.blur(); // the keyboard on the screen makes room
  if (isSame(wanted(), shown)) settle();
  else ask(wanted(), { how: "typed", done: true });
});

document.addEventListener("change", ({ target }) => {
  if (target.form !== form || target === box) return;
  settle();
  ask(wanted(), { how: "chosen" });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || link.target || link.hasAttribute("download")) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const { origin, pathname, search } = new URL(link.href);
  if (origin !== location.origin || pathname !== SEARCH || !link.closest("main, dialog")) return;
  event.preventDefault();
  settle();
  ask(pathname + search, { how: link.closest(CHOICES) ? "chosen" : "led" });
});

window.addEventListener("popstate", () => {
  const address = location.pathname + location.search;
  stop();
  settle();
  complain("");
  if (address === shown) {
    for (const field of form.elements) if (field.type === "checkbox") field.checked = field.defaultChecked;
    return tell("kept");
  }
  if (kept.has(address)) take(kept.get(address), address, { how: "back" });
  else ask(address, { how: "back" });
});
window.addEventListener("pagehide", stop);

// What was chosen or typed before this script loaded; after Back, the fields come from the page's own entry.
const isTouched = ({ type, checked, defaultChecked, value, defaultValue, selectedOptions }) => {
  if (selectedOptions) return !selectedOptions[0].defaultSelected;
  return type === "checkbox" ? checked !== defaultChecked : value !== (defaultValue ?? value); // buttons have none
};
const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "navigate" && [...form.elements].some(isTouched)) ask(wanted(), { how: "chosen" });
