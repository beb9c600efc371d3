// What a reader can do with words selected in a passage by mouse, finger or keys: a bar that is next in order after
// the words. The quotation and its citation come from the server.
"use strict";

const PASSAGES = "[data-words-of]";
const BLOCKS = "p, li, dt, dd, figcaption, blockquote, article, div, h1, h2, h3";
const UNREAD = ".verdict, .selected, script, [hidden]"; // not there when a link is opened
const SETTLED_MILLISECONDS = 250;
const MAX_WRITTEN_CHARS = 2000;
const FINGERS = matchMedia("(pointer: coarse)");

// The text of a range, a line feed between blocks.
function textOf(range) {
  const top = range.commonAncestorContainer;
  const nodes = document.createTreeWalker(top.nodeType === Node.TEXT_NODE ? top.parentNode : top, NodeFilter.SHOW_TEXT);
  let [text, last] = ["", null];
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (!range.intersectsNode(node) || node.parentElement.closest(UNREAD)) continue;
    const begin = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.length;
    const block = node.parentElement.closest(BLOCKS);
    text += (block === last ? "" : "\n") + node.data.slice(begin, end);
    last = block;
  }
  return text;
}

function between(startNode, startOffset, endNode, endOffset) {
  const range = document.createRange();
  range.setStart(startNode, startOffset);
  range.setEnd(endNode, endOffset);
  return range;
}

// The part of a range that lies in an element.
function within(range, element) {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  return part;
}

// The elements with the words of passages of which some are selected.
function selectedIn(range) {
  const all = [...document.querySelectorAll(PASSAGES)].filter((each) => range.intersectsNode(each));
  return all.filter((each) => textOf(within(range, each)).trim());
}

// What is selected of the passages, without what the page has between them.
const wordsIn = (range, parts) => parts.map((each) => textOf(within(range, each)).trim()).join("\n");
const bare = (text) => text.replace(/\s+/g, "");
const letters = (text) => text.replace(/[^\p{L}\p{N}]+/gu, ""); // punctuation at the edges is not quoted
const count = (text) => [...bare(text)].length;

// How the server learns which words are meant: from where they begin and end if the passages are shown whole, else
// from the words themselves.
function asked(range, parts) {
  const [first, last] = [parts[0], parts.at(-1)];
  const [document_, begin] = first.dataset.wordsOf.split("/");
  const [other, end] = last.dataset.wordsOf.split("/");
  if (document_ !== other) return null;
  const place = begin === end ? begin : `${begin}..${end}`;
  const [head, tail] = [within(range, first), within(range, last)];
  const counted = new URLSearchParams({
    from: count(textOf(between(first, 0, head.startContainer, head.startOffset))),
    to: count(textOf(between(last, 0, tail.endContainer, tail.endOffset))),
  });
  const written = new URLSearchParams({ words: wordsIn(range, parts).slice(0, MAX_WRITTEN_CHARS) });
  const isWhole = ![first, last].some((each) => each.matches(".snippet, .said *"));
  return { path: `${SITE_ROOT}/api/passages/${document_}/${place}/quote`, ways: isWhole ? [counted, written] : [written] };
}

const SITE_ROOT = new URL("..", document.currentScript.src).pathname.slice(0, -1); // the path prefix, often empty

// The quotation with the words as they are on the page; null if the server has different ones.
async function fetchQuotation({ path, ways }, words, signal) {
  for (const way of ways) {
    const answer = await fetch(`${path}?${way}`, { signal });
    if (!answer.ok) continue;
    const made = await answer.json();
    if (letters(made.words).includes(letters(words)) || way.has("words")) return made;
  }
  return null;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function makeBar() {
  const bar = element("div", "selected");
  const place = element("span", "place");
  const [both, link] = [element("button", "quiet", _("Copy quotation with citation")), element("button", "quiet", _("Copy link"))];
  const told = element("p", "unseen");
  let [add, chosen, quotation, asking, closed, pending] = [null, null, null, null, "", false];
  bar.hidden = true;
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", _("Selected words"));
  told.setAttribute("role", "status");
  both.type = link.type = "button";
  bar.append(place, both, link);
  document.body.append(told); // the main part may be replaced

  function offerToAdd(reference) {
    const isKept = document.body.classList.contains("keeps-brief");
    if (!add) {
      add = element(isKept ? "button" : "a", "add", _("Add to brief"));
      add.append(element("span", "unseen", ` ${_("the selected words")}`));
      if (isKept) add.type = "button";
    }
    if (isKept) add.dataset.passage = reference;
    else add.href = `${SITE_ROOT}/brief?add=${reference}`;
    if (!add.isConnected) both.after(add); // it may have the focus
    document.dispatchEvent(new Event("site:offered"));
  }

  function hide() {
    asking?.abort();
    bar.hidden = true;
    chosen = quotation = null;
  }

  // Above the words with a mouse, where there is room; below them for fingers, as the system's own menu is above.
  function put_in_place(range) {
    const rects = [...range.getClientRects()].filter(({ width }) => width);
    if (!rects.length) return;
    const [first, last] = [rects[0], rects.at(-1)];
    const origin = (bar.offsetParent ?? document.documentElement).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = bar;
    const isAbove = !FINGERS.matches && first.top > height + 72;
    const top = isAbove ? Math.min(...rects.map((each) => each.top)) - height - 8 : Math.max(...rects.map((each) => each.bottom)) + (FINGERS.matches ? 28 : 8);
    const left = Math.max(8, Math.min(isAbove ? first.left : last.left, document.documentElement.clientWidth - width - 8));
    bar.style.top = `${top - origin.top}px`;
    bar.style.left = `${left - origin.left}px`;
  }

  async function ask(range, parts) {
    asking?.abort();
    asking = new AbortController();
    const meant = asked(range, parts);
    quotation = meant && fetchQuotation(meant, wordsIn(range, parts), asking.signal).catch(() => null);
    pending = true;
    const made = await quotation;
    if (chosen !== range) return;
    pending = false;
    if (!made) add?.remove();
    both.disabled = !made;
    place.textContent = made?.pinpoint ?? "";
    if (made) offerToAdd(made.reference);
    put_in_place(range);
  }

  function show() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const parts = range ? selectedIn(range) : [];
    if (!parts.length) {
      if (!bar.contains(document.activeElement)) hide();
      closed = "";
      return;
    }
    const words = textOf(range);
    if (words === closed || (chosen && !bar.hidden && words === textOf(chosen))) return;
    chosen = range.cloneRange();
    if (parts.at(-1).nextElementSibling !== bar) parts.at(-1).after(bar);
    if (bar.hidden) told.textContent = _("Press Tab to quote the selected words."); // read out once, as it stays the same
    bar.hidden = false;
    both.disabled = false;
    put_in_place(chosen);
    ask(chosen, parts);
  }

  async function copied(words, said, address = "") {
    try {
      await put(words);
      announce(said);
    } catch {
      announce(NOT_ALLOWED, address);
    }
  }

  async function copyBoth() {
    const made = await quotation;
    if (made) return copied(made, SAID.both);
    announce(_("These words cannot be quoted here. Open the passage and select them there."));
  }

  async function copyLink() {
    const isHere = typeof linkTo === "function" && selectedIn(chosen)[0].closest("article[id]");
    const address = isHere ? linkTo(chosen) : (await quotation)?.permalink;
    if (address) await copied({ text: address }, _("Link to these words copied"), address);
  }

  let soon = setTimeout(show, SETTLED_MILLISECONDS);
  document.addEventListener("selectionchange", () => {
    clearTimeout(soon);
    soon = setTimeout(show, SETTLED_MILLISECONDS);
  });
  document.addEventListener("keydown", (event) => {
    if (bar.hidden) return;
    if (event.key === "Escape") {
      closed = textOf(chosen);
      hide();
      return;
    }
    // with nothing focused, browsers start from the top of the page, not from the selection
    const onward = event.key === "Tab" && !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
    if (!onward || document.activeElement.tabIndex >= 0) return;
    event.preventDefault();
    clearTimeout(soon);
    show(); // what was selected just now
    both.focus();
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...bar.querySelectorAll("button:not(:disabled), a")];
    all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
    event.preventDefault();
  });
  // a button pressed at once waits for the words that are selected now
  bar.addEventListener("click", async (event) => {
    if (!pending || !event.target.closest(".add")) return;
    event.preventDefault();
    event.stopPropagation();
    await quotation;
    if (!pending && add.isConnected) add.click();
  }, true);
  // pressing it must not take the selection away
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  both.addEventListener("click", copyBoth);
  link.addEventListener("click", copyLink);
  bar.addEventListener("focusout", (event) => {
    if (getSelection().isCollapsed && !bar.contains(event.relatedTarget)) hide();
  });
}

makeBar();
