// The brief that this browser remembers, as the query of its address: passages are added and removed on the page
// that shows them, and the link at the top leads to all of them. Without this script "Add" is a link that takes the
// brief along.

const ROOT = new URL("..", import.meta.url).pathname.slice(0, -1); // the path prefix of this site, often empty
const KEY = `kb-brief${ROOT}`; // named on the page "About"
const OWN = `kb-brief-own${ROOT}`;
const PATH = `${ROOT}/brief`;
const MAX_PASSAGES = 100;
const MAX_ADDRESS_CHARS = 8000;
const MESSAGE_MILLISECONDS = 6000;

const stored = () => localStorage.getItem(KEY) ?? "";
const chosen = (query) => new URLSearchParams(query).getAll("p").map((each) => each.split("~")[0]);
const written = (params) => params.toString().replaceAll("%2F", "/").replaceAll("%7E", "~");
const counted = (number) => `${number} passage${number === 1 ? "" : "s"} in the brief.`;

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
  link.textContent = number ? `Brief (${number})` : "Brief";
}

// What was said goes after a while, what went wrong stays until the next message.
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
    return say(`Not added: the brief is full (${before} passages). Open it from the top of the page to make room.`, true);
  }
  keep(params.has("p") ? query : "");
  say(`${removing ? "Removed" : "Added"}. ${counted(chosen(stored()).length)}`);
}

function label(button, held) {
  const [words, name] = button.childNodes;
  const changed = held ? "Added (undo)" : "Add to brief";
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

// A page that a reader without a script came by takes a brief along: here the browser remembers it.
function stopCarrying() {
  for (const link of document.querySelectorAll('a[href*="brief="]')) {
    const address = new URL(link.href);
    address.searchParams.delete("brief");
    link.href = address;
  }
  for (const field of document.querySelectorAll("input[name=brief]")) field.remove();
}

// The page of the brief itself. A brief opened by a link is not yet the reader's own; one that this tab made of
// the reader's own is, as are the states before it, which Back leads to, unless passages were added meanwhile.
function ownStates() {
  const kept = JSON.parse(sessionStorage.getItem(OWN) ?? "{}");
  return kept.last === stored() ? kept : { addresses: [], changing: false };
}

function remember(addresses, changing) {
  const recent = [...new Set(addresses)].slice(-50);
  sessionStorage.setItem(OWN, JSON.stringify({ last: stored(), addresses: recent, changing }));
}

function adopt(query) {
  const { addresses } = ownStates();
  keep(query);
  remember([...addresses, query], false);
}

function isOwn(query) {
  const { addresses, changing } = ownStates();
  return [query, location.search.slice(1)].includes(stored()) || changing || addresses.includes(query);
}

function arrange(form, strange) {
  const { brief: query } = strange.dataset;
  const forgetting = document.querySelector(".forgetting");
  const show = (own) => {
    strange.hidden = own;
    forgetting.hidden = !own;
    strange.querySelector(".other").hidden = !stored();
    strange.querySelector(".no-other").hidden = Boolean(stored());
    strange.querySelector(".other a").href = `${PATH}?${stored()}`;
  };
  const own = isOwn(query);
  if (own) adopt(query);
  show(own);
  const changing = () => !strange.hidden || remember([...ownStates().addresses, query], true);
  strange.querySelector("button").addEventListener("click", () => {
    adopt(query);
    show(true);
    say(`Saved in this browser. ${counted(chosen(query).length)}`);
  });
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.hasAttribute("formaction")) changing();
  });
  guard(form);
  document.querySelector("a.undo")?.addEventListener("click", changing);
  const copy = document.querySelector(".copy-link");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const { value } = document.getElementById("site:link");
    try {
      await navigator.clipboard.writeText(value);
      say("Link copied");
    } catch {
      say("Your browser does not allow copying here. Select the link and copy it yourself.", true);
    }
  });
}

// Notes that no button has kept yet are not lost without a question.
function guard(form) {
  let [unsaved, sending] = [false, false];
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", () => {
    sending = true;
    setTimeout(() => (sending = false), 1000); // a file was sent, and the page stays
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !sending) event.preventDefault();
  });
}

// An address with nothing in it: the last passage was removed, or the brief that is kept is meant.
function emptied() {
  if (ownStates().changing) adopt("");
  else if (stored() && !location.search) location.replace(`${PATH}?${stored()}`);
  document.querySelector("a.undo")?.addEventListener("click", () => remember([""], true));
}

function forget() {
  localStorage.removeItem(KEY);
  sessionStorage.removeItem(OWN);
}

function start() {
  document.body.append(status);
  stopCarrying();
  buttons();
  const strange = document.querySelector(".kept-elsewhere");
  if (strange) arrange(document.getElementById("site:brief"), strange);
  else if (document.querySelector(".empty")) emptied();
  showCount();
  for (const button of document.querySelectorAll("button.forget")) {
    button.closest("[hidden]:not(.forgetting)")?.removeAttribute("hidden");
    button.addEventListener("click", () => {
      forget();
      if (strange) return location.assign(PATH);
      showCount();
      say("Deleted. No brief is saved in this browser now.", true);
    });
  }
  const again = () => {
    showCount();
    labelAll();
  };
  window.addEventListener("storage", again); // another tab changed it
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) strange || location.pathname === PATH ? location.reload() : again();
  });
}

if (remembers()) start();
