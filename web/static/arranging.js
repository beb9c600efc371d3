// The page of the brief: it saves itself while one types, in this browser and in its address; choices and buttons
// show the server's own page in place. Without this script the same form loads that page. It sends the document
// "brief:changed" when the brief or the page has changed, and "brief:said" with what is to be read out.
const ROOT = new URL("..", import.meta.url).pathname.slice(0, -1); // the path prefix of this site, often empty
const KEY = `kb-brief${ROOT}`; // named on the page "About", as are the next two
const OWN = `kb-brief-own${ROOT}`; // of this tab: the addresses that its own brief had
const OTHERS = `kb-brief-others${ROOT}`; // briefs that are not the reader's own any more, or not yet; newest first
const PATH = `${ROOT}/brief`;
const PAUSE_MILLISECONDS = 400; // without a key, before what was typed is saved
const MAX_ADDRESS_CHARS = 8000;
const MAX_OTHERS = 10;
const MAX_STATES = 50;
const MAX_WAIT_SECONDS = 60; // a longer one is left to the reader

const main = document.querySelector("main");
let shown = ""; // the query of the brief on the page, as it was last saved
let own = true;
let pause = 0;
let visit = 0; // grows with each Back or Forward: what was on its way by then comes too late
let steps = Promise.resolve(); // one after the other: each starts from what the one before led to

const say = (words, stays) => document.dispatchEvent(new CustomEvent("brief:said", { detail: { words, stays } }));
const form = () => document.getElementById("site:brief");
const counted = (query) => {
  const number = new URLSearchParams(query).getAll("p").length;
  return ngettext("{count} passage", "{count} passages", number);
};

function read(store, key, empty) {
  try {
    return store.getItem(key) ?? empty;
  } catch {
    return empty; // the browser was told to keep nothing
  }
}

function write(store, key, value) {
  try {
    if (value) store.setItem(key, value);
    else store.removeItem(key);
  } catch {
    // then only the address has it
  }
}

const stored = () => read(localStorage, KEY, "");
const others = () => JSON.parse(read(localStorage, OTHERS, "[]"));

function keepOther(query, instead) {
  const rest = others().filter((each) => each !== query && each !== instead);
  write(localStorage, OTHERS, JSON.stringify([query, ...rest].slice(0, MAX_OTHERS)));
}

function dropOther(query) {
  const rest = others().filter((each) => each !== query);
  write(localStorage, OTHERS, rest.length ? JSON.stringify(rest) : "");
}

// The addresses that the reader's own brief had in this tab, unless passages have been added to it elsewhere.
function ownStates() {
  const { last, addresses } = JSON.parse(read(sessionStorage, OWN, "{}"));
  return last === stored() && addresses ? addresses : [];
}

function adopt(query) {
  const states = [...new Set([...ownStates(), query])].slice(-MAX_STATES);
  write(localStorage, KEY, query);
  write(sessionStorage, OWN, JSON.stringify({ last: query, addresses: states }));
  document.dispatchEvent(new CustomEvent("brief:changed"));
}

function isOwn(query) {
  return !stored() || [query, location.search.slice(1)].includes(stored()) || ownStates().includes(query);
}

// The brief in the form, written as the server would: passages with their notes, headings between them.
const oneLine = (words) => words.split(/\s+/).filter(Boolean).join(" ");

function items() {
  const data = new FormData(form());
  const counts = { p: 0, h: 0 };
  return [...data].filter(([name]) => name in counts).map(([name, value]) => {
    const number = (counts[name] += 1);
    if (name === "h") return { words: oneLine(data.get(`h${number}`) ?? value) };
    return { address: value, note: (data.get(`n${number}`) ?? "").replace(/\r\n?/g, "\n").trim() };
  });
}

const entries = () => items().filter(({ address }) => address);

function drafted(order = items()) {
  const data = new FormData(form());
  const params = new URLSearchParams();
  const title = oneLine(data.get("title"));
  if (title) params.append("title", title);
  if (data.get("group") !== "none") params.append("group", data.get("group"));
  params.append("style", data.get("style"));
  if (data.get("fingerprints") !== "annex") params.append("fingerprints", data.get("fingerprints"));
  for (const { address, note, words } of order) {
    if (address) params.append("p", note ? `${address}~${note}` : address);
    else if (words) params.append("h", words);
  }
  return params.toString().replaceAll("%2F", "/").replaceAll("%7E", "~").replaceAll("*", "%2A");
}

function save() {
  clearTimeout(pause);
  if (!form()) return;
  const query = drafted();
  if (query === shown) return;
  if (own) adopt(query);
  else keepOther(query, shown);
  shown = query;
  const title = form().elements.title.value.trim();
  main.querySelector("h1").textContent = title || _("Brief");
  const excess = PATH.length - ROOT.length + 1 + query.length - MAX_ADDRESS_CHARS;
  if (excess > 0) {
    const said = _("Saved in this browser, but {count} characters too long for a link or a file. Shorten a note.", {
      count: excess,
    });
    return say(said, true);
  }
  if (!main.querySelector(".kept-elsewhere")) return take(() => drafted()); // it was too long until now
  history.replaceState(history.state, "", `${PATH}?${query}`);
  document.getElementById("site:link").value = location.href;
}

// Shows the page of an address in place; `after` puts the focus back on what was used.
async function show(address, { isBack = false, after = () => {}, mine = visit } = {}) {
  let answer;
  try {
    answer = await fetch(address);
  } catch {
    return say(_("The site cannot be reached. What you wrote is saved in this browser."), true);
  }
  const wait = Number(answer.headers.get("Retry-After")) || 1;
  if (answer.status === 429 && wait <= MAX_WAIT_SECONDS) {
    say(_("Too many changes in a short time. Trying again."));
    await new Promise((resolve) => setTimeout(resolve, 1000 * wait));
    return mine === visit && show(address, { isBack, after, mine });
  }
  if (!answer.ok && answer.status !== 400) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== visit) return;
  const { pathname, search } = new URL(answer.url);
  if (!isBack && pathname + search !== location.pathname + location.search) history.pushState(null, "", pathname + search);
  const isWriting = document.activeElement.matches("textarea, input"); // the reader went on: the focus stays there
  replace(page, isBack);
  if (!isWriting) after();
}

// Keeps what was typed while the page was on its way: it is newer than what the page has.
function replace(page, isBack) {
  const typed = isBack ? () => {} : unsaved();
  const write = caret();
  for (const each of page.querySelectorAll("main noscript")) each.remove();
  document.title = page.title;
  main.replaceChildren(...page.querySelector("main").childNodes);
  dress(isBack);
  typed();
  write();
}

function unsaved() {
  if (!form()) return () => {};
  const before = new URLSearchParams(shown);
  const notes = new Map(before.getAll("p").map((each) => each.split(/~(.*)/s).slice(0, 2)));
  const changed = new Map(entries().filter(({ address, note }) => note !== (notes.get(address) ?? "")).map(({ address, note }) => [address, note]));
  const title = form().elements.title.value;
  const isRenamed = oneLine(title) !== (before.get("title") ?? "");
  const headings = items().filter(({ address }) => !address).map(({ words }) => words);
  const retitled = headings.join("\n") !== before.getAll("h").join("\n");
  return () => {
    if (!form()) return;
    const fields = [...form().querySelectorAll("input[name=h]")].map((_, at) => headingField(at + 1));
    if (retitled && fields.length === headings.length) fields.forEach((field, at) => field && (field.value = headings[at]));
    for (const field of form().querySelectorAll("textarea")) field.value = changed.get(addressOf(field)) ?? field.value;
    if (isRenamed) form().elements.title.value = title;
    if (isRenamed || retitled || changed.size) pause = setTimeout(save, PAUSE_MILLISECONDS);
  };
}

const addressOf = (field) => form().querySelectorAll("input[name=p]")[Number(field.name.slice(1)) - 1]?.value;

function caret() {
  const field = document.activeElement;
  if (!field.matches("textarea, input") || field.form !== form()) return () => {};
  const { id, selectionStart, selectionEnd } = field;
  const address = addressOf(field);
  return () => {
    const notes = [...main.querySelectorAll("textarea")];
    const same = address ? notes.find((each) => addressOf(each) === address) : document.getElementById(id);
    same?.focus({ preventScroll: true });
    same?.setSelectionRange(selectionStart, selectionEnd);
  };
}

// A step starts once the one before it has ended.
function queue(step) {
  const mine = visit;
  steps = steps.then(() => mine === visit && step()).catch((problem) => console.error(problem));
}

// The query is that of the form as it is when the step starts.
function take(query, options) {
  save();
  queue(() => form() && show(`${PATH}?${query()}`, options));
}

function heading() {
  const title = main.querySelector("h1");
  title.tabIndex = -1;
  return title;
}

const numberOf = (address) => entries().findIndex((each) => each.address === address) + 1;
const entryOf = (address) => document.getElementById(`site:p${numberOf(address)}`);

const headingField = (number) => document.getElementById(`site:h${number}`);
const worded = (number) => items().filter(({ address }) => !address).slice(0, number).filter(({ words }) => words).length;
const headingsBefore = (address) => {
  const order = items();
  return order.slice(0, order.findIndex((each) => each.address === address)).filter(({ words }) => words).length;
};

const AFTER = {
  heading: (address) => () => {
    const field = headingField(headingsBefore(address));
    field?.focus();
    field?.select();
  },
  remove: () => () => (main.querySelector("a.undo") ?? heading()).focus(),
  move: (address, kind) => () => {
    const item = entryOf(address);
    const [there, back] = kind.endsWith("up") ? ["up", "down"] : ["down", "up"];
    const buttons = [there, back].map((each) => item.querySelector(`button[value^="${each}."]`));
    buttons.find(Boolean)?.focus();
    if (!kind.startsWith("group")) place(item, there);
  },
};

// Says where a passage is now, and scrolls to it; it was moved "up", "down" or by dragging.
function place(item, way) {
  item.scrollIntoView({ block: "nearest" });
  const list = [...item.parentElement.children];
  const heading = item.closest("section").querySelector("h2")?.textContent;
  const values = { place: list.indexOf(item) + 1, total: list.length, heading };
  const now = heading ? _("now {place} of {total} under “{heading}”.", values) : _("now {place} of {total}.", values);
  say(`${way === "up" ? _("Moved up:") : way === "down" ? _("Moved down:") : _("Moved:")} ${now}`);
}

function moved(address, way) {
  const item = entryOf(address);
  item.querySelector(".grip").focus({ preventScroll: true });
  place(item, way);
}

// Arrow keys on a handle work like the buttons "Up" and "Down", and the focus stays on the handle.
function step(grip, kind) {
  const item = grip.closest("li");
  const button = item.querySelector(`button[value^="${kind}."]`);
  if (!button) return say(kind === "up" ? _("It is already first.") : _("It is already last."));
  press(button, (address) => moved(address, kind));
}

// After a drop, items that the page does not show stay after the one they followed.
function reorder({ order, moved: address }) {
  const all = items();
  const numbers = all.map((each, at) => each.address ?? all.slice(0, at + 1).filter((one) => !one.address).length);
  const shownItems = new Set(order);
  const sorted = order.map((each) => all[numbers.indexOf(each)]);
  numbers.forEach((each, at) => {
    if (!shownItems.has(each)) sorted.splice(at ? sorted.indexOf(all[at - 1]) + 1 : 0, 0, all[at]);
  });
  const keys = sorted.map((each) => each.address ?? each);
  take(() => drafted(keys.map((each) => items().find((one) => one.address === each) ?? each)), {
    after: () => moved(address, "Moved"),
  });
}

function press(button, focus) {
  const [kind, place] = button.value.split(".");
  const number = Number(place);
  if (kind.startsWith("heading-")) {
    const after = () => (headingField(number) ?? heading()).focus();
    return take(() => `${drafted()}&do=${kind}.${worded(number)}`, { after });
  }
  const { address } = entries()[number - 1];
  const after = focus ? () => focus(address) : (AFTER[kind] ?? AFTER.move)(address, kind);
  take(() => `${drafted()}&do=${kind}.${numberOf(address)}`, { after });
}

// Says whose brief this is, and what else this browser keeps.
function dress(isBack = false) {
  const before = shown;
  const strange = main.querySelector(".kept-elsewhere");
  if (!form()) empty(isBack);
  else {
    shown = strange?.dataset.brief ?? drafted();
    own = isOwn(shown) || (!isBack && own);
    if (own) adopt(shown);
    else if (!isBack && before !== shown) keepOther(shown, before);
    for (const each of main.querySelectorAll(".copy-link, .saves-itself, .grip")) each.hidden = false;
    main.querySelector(".forgetting").hidden = !stored();
  }
  if (strange) {
    strange.hidden = own;
    const mine = strange.querySelector(".mine");
    mine.href = `${PATH}?${stored()}`;
    mine.textContent = counted(stored());
  }
  listOthers();
  document.dispatchEvent(new CustomEvent("brief:changed"));
}

function listOthers() {
  const list = main.querySelector(".others");
  const kept = others().filter((each) => each !== stored() && each !== shown);
  list.hidden = !kept.length;
  list.querySelector("ul").replaceChildren(
    ...kept.map((query) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = `${PATH}?${query}`;
      link.dir = "auto";
      link.textContent = `${new URLSearchParams(query).get("title") || _("Untitled")} (${counted(query)})`;
      item.append(link);
      return item;
    }),
  );
}

// An address without passages: the last one was removed, or the brief that is kept is meant.
function empty(isBack) {
  if (!location.search && stored()) return location.replace(`${PATH}?${stored()}`);
  if (isBack ? location.search && ownStates().includes("") : own) adopt("");
  shown = "";
}

// Both are kept: the reader's own joins the others, and can be brought back from there.
function makeMine() {
  const before = stored();
  keepOther(before, shown);
  adopt(shown);
  own = true;
  const bar = main.querySelector(".kept-elsewhere");
  const words = bar.querySelector(".choice");
  bar.querySelector(".made").hidden = false;
  words.hidden = true;
  listOthers();
  bar.querySelector(".unmake").focus();
  bar.querySelector(".unmake").onclick = () => {
    keepOther(shown);
    dropOther(before);
    write(localStorage, KEY, before);
    write(sessionStorage, OWN, "");
    own = false;
    document.dispatchEvent(new CustomEvent("brief:changed"));
    words.hidden = false;
    bar.querySelector(".made").hidden = true;
    listOthers();
    bar.querySelector(".use").focus();
  };
}

async function copyLink() {
  save();
  try {
    await navigator.clipboard.writeText(document.getElementById("site:link").value);
    say(_("Link copied"));
  } catch {
    say(_("Your browser does not allow copying here. Select the link and copy it yourself."), true);
  }
}

main.addEventListener("input", ({ target }) => {
  if (target.form !== form() || target.matches("select")) return;
  clearTimeout(pause);
  pause = setTimeout(save, PAUSE_MILLISECONDS);
});
main.addEventListener("change", ({ target }) => {
  if (target.form !== form() || !target.matches("select")) return save();
  history.pushState(null, "", location.href); // the entry before keeps what was chosen before
  const after = () => document.getElementById(target.id)?.focus({ preventScroll: true });
  take(() => drafted(), { after });
});
document.addEventListener("brief:ordered", ({ detail }) => reorder(detail));
main.addEventListener("keydown", (event) => {
  const grip = event.target.closest(".grip");
  const kind = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (grip && kind) {
    event.preventDefault();
    return step(grip, kind);
  }
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".titled input")) return;
  event.preventDefault(); // it would press the first button
  save();
});
main.addEventListener("submit", (event) => {
  if (event.target !== form() || event.submitter?.hasAttribute("formaction")) return save();
  event.preventDefault();
  press(event.submitter);
});
main.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest(".use")) makeMine();
  else if (target.closest(".copy-link")) copyLink();
  else if (target.closest("a.undo") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const { href } = target.closest("a.undo");
    queue(() => show(href, { after: () => heading().focus() }));
  }
});
window.addEventListener("popstate", () => {
  clearTimeout(pause);
  visit += 1;
  queue(() => show(location.pathname + location.search, { isBack: true }));
});
window.addEventListener("storage", ({ key }) => {
  if (key !== KEY || !own || stored() === shown) return;
  queue(() => show(stored() ? `${PATH}?${stored()}` : PATH)); // another tab added to it
});
window.addEventListener("pagehide", save);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
const isLate = () => main.querySelector(".kept-elsewhere").dataset.brief !== stored();
const wasReloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
if (wasReloaded && stored() && ownStates().includes(main.querySelector(".kept-elsewhere")?.dataset.brief) && isLate()) {
  location.replace(`${PATH}?${stored()}`); // what was typed last came too late for the address
} else dress(true);
