// While the reader types: themes, documents, phrases and passages below the search box, as a combobox with a
// grouped listbox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/, .../patterns/listbox/). The box works
// without it, and what was typed can be searched at any time.
const SUGGEST = new URL("../api/suggest", import.meta.url);
const { lang } = document.documentElement;
const SPOKEN = lang === "en" ? "" : `&lang=${lang}`;
const PAUSE_MILLISECONDS = 120; // without a key before the site is asked
const MIN_CHARS = 2;
const MAX_CHARS = 200; // the site completes no longer text
const SEARCHES = ["phrases"]; // searched for with the current filters; all other groups lead to pages
const NOTHING = { completions: [], groups: [], status: "" };

function complete(box) {
  const form = box.form;
  const list = document.createElement("div");
  const said = document.createElement("p");
  let options = [];
  let offered = [];
  let active = -1;
  let pause = 0;
  let asked = new AbortController();

  list.id = "site:completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", _("Suggestions"));
  said.className = "unseen";
  said.setAttribute("role", "status");
  box.after(list, said);
  box.type = "text"; // a search box may not be a combobox: https://www.w3.org/TR/html-aria/
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  function stop() {
    clearTimeout(pause);
    asked.abort();
  }

  function close() {
    stop();
    show(NOTHING);
  }

  function show(found) {
    mark(-1);
    offered = found.completions;
    const groups = found.groups.map((each) => group(each, offered));
    list.replaceChildren(...groups);
    options = [...list.querySelectorAll("[role=option]")];
    list.hidden = !options.length;
    list.scrollTop = 0;
    said.textContent = list.hidden ? "" : found.status;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  function mark(place) {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    if (active === 0) list.scrollTop = 0; // with its heading
    else option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    stop();
    const text = box.value;
    if (text.trim().length < MIN_CHARS || text.length > MAX_CHARS) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${SUGGEST}?q=${encodeURIComponent(text)}${SPOKEN}`, { signal: asked.signal });
      const found = answer.ok ? await answer.json() : NOTHING;
      if (box.value === text && document.activeElement === box) show(found);
    } catch {
      // overtaken by another key, or no connection: what was typed can be searched all the same
    }
  }

  function choose(completion) {
    close();
    if (!SEARCHES.includes(completion.group)) return location.assign(completion.url);
    box.value = completion.value;
    form.requestSubmit();
  }

  function move(step) {
    if (list.hidden) return ask();
    const places = options.length + 1; // one more: the box itself, with nothing marked
    mark(((active + 1 + step + places) % places) - 1);
  }

  const OWN = ["Home", "End", "ArrowLeft", "ArrowRight"]; // in the words typed, where they lead back to
  const keys = {
    Enter: { serves: () => active >= 0, does: () => choose(offered[active]) },
    ArrowDown: { serves: () => true, does: () => move(1) },
    ArrowUp: { serves: () => true, does: () => move(-1) },
    Escape: { serves: () => !list.hidden, does: close },
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.altKey && event.key !== "ArrowDown") return;
    if (OWN.includes(event.key)) mark(-1);
    if (!keys[event.key]?.serves()) return;
    event.preventDefault();
    keys[event.key].does();
  });
  box.addEventListener("input", (event) => {
    stop();
    if (!event.isComposing) pause = setTimeout(ask, PAUSE_MILLISECONDS);
  });
  box.addEventListener("compositionend", ask);
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const place = options.indexOf(event.target.closest("[role=option]"));
    if (place >= 0) choose(offered[place]);
  });
}

// the completions are in the order of their groups
function group({ name, heading }, offered) {
  const made = document.createElement("ul");
  const title = document.createElement("li");
  made.setAttribute("role", "group");
  made.setAttribute("aria-labelledby", `site:completions-${name}`);
  title.id = `site:completions-${name}`;
  title.className = "heading";
  title.setAttribute("role", "presentation");
  title.textContent = heading;
  made.append(title);
  offered.forEach((each, place) => {
    if (each.group === name) made.append(option(each, place));
  });
  return made;
}

function option({ text, title, ranges, detail, language }, place) {
  const item = document.createElement("li");
  const words = document.createElement("bdi");
  const about = document.createElement("span");
  item.id = `site:completion-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  words.dir = "auto";
  if (language) words.lang = language;
  words.append(...marked(text, ranges));
  if (title) words.title = title;
  about.className = "detail";
  about.textContent = detail;
  item.append(words, " ", about);
  return item;
}

// ranges count code points, as Python does
function marked(text, ranges) {
  const letters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [start, end] of ranges) {
    const typed = document.createElement("mark");
    typed.textContent = letters.slice(start, end).join("");
    parts.push(letters.slice(at, start).join(""), typed);
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

const box = document.getElementById("site:q");
if (box) complete(box);
