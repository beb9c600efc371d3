// While the reader types: themes, documents and phrases below the search box, as a combobox with a
// listbox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The box itself works without it.
"use strict";

const SUGGEST = new URL("../api/suggest", import.meta.url);
const PAUSE_MILLISECONDS = 120; // without a key before the site is asked
const MIN_CHARS = 2;
const MAX_CHARS = 200; // the site completes no longer text
const SEARCHES = ["phrase", "word"]; // searched for with the current filters; all other completions are pages

function complete(box) {
  const form = box.form;
  const list = document.createElement("ul");
  let offered = [];
  let active = -1;
  let pause = 0;
  let asked = new AbortController();

  list.id = "site:completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  box.after(list);
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
    mark(-1);
    offered = [];
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
  }

  function show(found) {
    mark(-1);
    offered = found;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  function mark(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    stop();
    const text = box.value;
    if (text.trim().length < MIN_CHARS || text.length > MAX_CHARS) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${SUGGEST}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      const found = answer.ok ? (await answer.json()).completions : [];
      if (box.value === text && document.activeElement === box) show(found);
    } catch {
      // overtaken by another key, or no connection: what was typed can be searched all the same
    }
  }

  function choose(completion) {
    close();
    if (!SEARCHES.includes(completion.kind)) return location.assign(completion.url);
    box.value = completion.value;
    form.requestSubmit();
  }

  function move(step) {
    if (list.hidden) return ask();
    const places = offered.length + 1; // one more: the box itself, with nothing marked
    mark(((active + 1 + step + places) % places) - 1);
  }

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(offered[active]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
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
    const place = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (place >= 0) choose(offered[place]);
  });
}

function option({ text, kind, count, language }, place) {
  const item = document.createElement("li");
  const about = document.createElement("span");
  item.id = `site:completion-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  about.className = "kind";
  about.textContent = `${kind}, ${count.toLocaleString("en")} passage${count === 1 ? "" : "s"}`;
  const words = document.createElement("bdi");
  words.dir = "auto";
  if (language) words.lang = language;
  words.textContent = text;
  item.append(words, " ", about);
  return item;
}

const box = document.getElementById("site:q");
if (box) complete(box);
