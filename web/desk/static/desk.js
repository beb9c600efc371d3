// The desk by keyboard. Every key is a button or a link of the page; without this script, those remain.

const OFF = "kb-desk-keys";
const page = document.querySelector("[data-desk]");

if (page) {
  const cards = [...document.querySelectorAll(".card")];
  const switched = document.getElementById("desk:keys");
  const help = document.getElementById("desk:help");

  const isOff = () => localStorage.getItem(OFF) === "off";
  const chosen = () => document.querySelector(".card.chosen") ?? cards[0];
  const show = (card) => {
    if (!card) return;
    for (const one of cards) one.classList.toggle("chosen", one === card);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    showSource(card);
  };

  // The source beside the passage that has the focus, fetched once it has been chosen for a moment.
  let waiting;
  const showSource = (card) => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`${page.dataset.desk}/passages/${card.id}/source`);
      if (!answer.ok || chosen() !== card) return;
      const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector(".source-pane").replaceWith(shown.querySelector(".source-pane"));
      scrollToMark();
    }, 150);
  };

  const scrollToMark = () => {
    const lines = document.querySelector(".source-pane .lines");
    const first = lines?.querySelector(".of-passage");
    if (first) lines.scrollTop = first.offsetTop - lines.offsetTop - 48;
    const picture = document.querySelector(".source-pane .picture");
    const image = picture?.querySelector("img");
    const scroll = () => (picture.scrollTop = picture.dataset.depth * image.clientHeight - picture.clientHeight / 4);
    if (image?.complete) scroll();
    else image?.addEventListener("load", scroll, { once: true });
  };

  const press = (selector) => {
    const found = chosen()?.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  };
  const follow = (selector) => document.querySelector(selector)?.click();
  const step = (by) => {
    const next = cards[cards.indexOf(chosen()) + by];
    if (next) show(next);
    else follow(by > 0 ? 'a[rel="next"]' : 'a[rel="prev"]');
  };
  const themes = () => {
    const first = chosen()?.querySelector(".details input[type=checkbox]");
    if (first) first.focus();
    else if (chosen()) location.assign(`${page.dataset.desk}?at=${chosen().id}&focus=themes#${chosen().id}`);
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    m: () => press('[value="merge"]'),
    s: () => press("a.split"),
    t: themes,
    h: () => press('[value="heading"], [value="paragraph"]'),
    x: () => press('[value="drop"]'),
    e: () => press("h2 a"),
    u: () => document.getElementById("desk:undo")?.click(),
    r: () => document.getElementById("desk:redo")?.click(),
    "?": () => help?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    const action = digit ? () => press(`.suggestions li:nth-child(${digit}) [name="accept"]`) : keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card && card !== chosen()) {
      for (const one of cards) one.classList.toggle("chosen", one === card);
      showSource(card);
    }
  });

  document.getElementById("desk:open-help").hidden = false;
  document.getElementById("desk:open-help").addEventListener("click", () => help.showModal());
  switched.checked = !isOff();
  switched.addEventListener("change", () => localStorage.setItem(OFF, switched.checked ? "on" : "off"));

  const at = document.getElementById(location.hash.slice(1));
  if (new URLSearchParams(location.search).get("focus") === "themes") themes();
  else if (at?.classList.contains("card")) show(at);
  else {
    if (new URLSearchParams(location.search).has("at")) document.querySelector(".card.chosen")?.scrollIntoView();
    scrollToMark();
  }
}
