// The brief that this browser remembers, as the query of its address: passages are added and removed on the pages
// that show them, and the link at the top leads to the whole brief. Without this script "Add" is a link that takes
// the brief along.

const ROOT = new URL("..", import.meta.url).pathname.slice(0, -1); // the path prefix of this site, often empty
const KEY = `kb-brief${ROOT}`; // named on the page "About"
const [OWN, OTHERS] = [`kb-brief-own${ROOT}`, `kb-brief-others${ROOT}`]; // what arranging.js keeps besides
const PATH = `${ROOT}/brief`;
const MAX_PASSAGES = 100;
const MAX_ADDRESS_CHARS = 8000;
const MESSAGE_MILLISECONDS = 6000;

const stored = () => localStorage.getItem(KEY) ?? "";
const chosen = (query) => new URLSearchParams(query).getAll("p").map((each) => each.split("~")[0]);
const written = (params) => params.toString().replaceAll("%2F", "/").replaceAll("%7E", "~");
const counted = (number) => ngettext("{count} passage in the brief.", "{count} passages in the brief.", number);

function remembers() {
  try {
    localStorage.setItem(`${KEY}-probe`, "");
    localStorage.removeItem(`${KEY}-probe`);
    return true;
  } catch {
    return false; // the browser was told to keep nothing
  }
}

function keep(query) {
  if (query) localStorage.setItem(KEY, query);
  else localStorage.removeItem(KEY);
  showCount();
}

function showCount() {
  const link = document.querySelector(".to-brief");
  const query = stored();
  const number = chosen(query).length;
  link.href = query ? `${PATH}?${query}` : PATH;
  link.textContent = number ? `${_("Brief")} (${number})` : _("Brief");
}

// A message goes away after a while; an error stays until the next message.
const status = document.createElement("p");
status.className = "brief-said";
status.setAttribute("role", "status");
let clearing = 0;

function say(words, stays = false) {
  clearTimeout(clearing);
  status.textContent = words;
  if (!stays) clearing = setTimeout(() => (status.textContent = ""), MESSAGE_MILLISECONDS);
}

const taken = new Map(); // notes of passages removed here come back with them

function without(params, id) {
  const [gone, others] = [[], []];
  for (const each of params.getAll("p")) (each.split("~")[0] === id ? gone : others).push(each);
  taken.set(id, gone[0]);
  params.delete("p");
  for (const each of others) params.append("p", each);
}

function toggle(id) {
  const params = new URLSearchParams(stored());
  const before = params.getAll("p").length;
  const removing = chosen(stored()).includes(id);
  if (removing) without(params, id);
  else params.append("p", taken.get(id) ?? id);
  const query = written(params);
  if (!removing && (before >= MAX_PASSAGES || `/brief?${query}`.length > MAX_ADDRESS_CHARS)) {
    const full = _("Not added: the brief is full ({count} passages). Open it from the top of the page to make room.", {
      count: before,
    });
    return say(full, true);
  }
  keep(params.has("p") ? query : "");
  say(`${removing ? _("Removed.") : _("Added.")} ${counted(chosen(stored()).length)}`);
}

function label(button, held) {
  const [words, name] = button.childNodes;
  const changed = held ? _("Added (undo)") : _("Add to brief");
  if (words.data !== changed) words.data = changed;
  button.classList.toggle("held", held);
  return name;
}

function labelAll() {
  const held = new Set(chosen(stored()));
  for (const button of document.querySelectorAll("button.add")) label(button, held.has(button.dataset.passage));
}

function makeButtons() {
  for (const link of document.querySelectorAll("a.add")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.dataset.passage = new URL(link.href).searchParams.get("add");
    button.append(...link.childNodes);
    link.replaceWith(button);
  }
  labelAll();
}

function buttons() {
  makeButtons();
  document.addEventListener("results:replaced", makeButtons);
  document.body.classList.add("keeps-brief");
  document.addEventListener("site:offered", labelAll); // selection.js made a button
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.add");
    if (!button) return;
    toggle(button.dataset.passage);
    labelAll();
  });
}

// Takes a brief out of the links, which carry it for readers without scripts: here the browser remembers it.
function stopCarrying() {
  for (const link of document.querySelectorAll('a[href*="brief="]')) {
    const address = new URL(link.href);
    address.searchParams.delete("brief");
    link.href = address;
  }
  for (const field of document.querySelectorAll("input[name=brief]")) field.remove();
}

function forget() {
  for (const key of [KEY, OTHERS]) localStorage.removeItem(key);
  sessionStorage.removeItem(OWN);
  if (location.pathname === PATH) return location.assign(PATH);
  showCount();
  say(_("Deleted. No brief is saved in this browser now."), true);
}

function start() {
  document.body.append(status);
  stopCarrying();
  buttons();
  showCount();
  document.querySelector("[hidden]:not(.forgetting) > button.forget")?.parentElement.removeAttribute("hidden");
  document.addEventListener("click", ({ target }) => target.closest("button.forget") && forget());
  document.addEventListener("brief:said", ({ detail }) => say(detail.words, detail.stays));
  const again = () => {
    showCount();
    labelAll();
  };
  document.addEventListener("brief:changed", () => {
    stopCarrying();
    again();
  });
  window.addEventListener("storage", again); // another tab changed it
  window.addEventListener("pageshow", (event) => event.persisted && again());
}

if (remembers()) start();
