// A link to the words that a reader selects: a text fragment, as web/urls/text_fragments.py makes it of a whole passage.
// https://wicg.github.io/scroll-to-text-fragment/
"use strict";

const MAX_WORDS_WRITTEN_OUT = 10; // a longer text is written as its first and last words
const MIN_WORDS_AT_END = 5;
const MAX_WORDS_AT_END = 30; 
const MAX_CONTEXT_WORDS = 10;

function linesOf(text) {
  return text.split("\n").map((line) => line.split(/\s+/).filter(Boolean)).filter((words) => words.length);
}

// browsers seek without regard to case and accents
function folded(words) {
  return words.join(" ").normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
}

// hyphens and commas part the terms; the other signs are those that programs cut off links
function written(words) {
  const hex = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(words.join(" ")).replace(/[-.!'()*~]/g, hex);
}

function least(room, enough) {
  const most = Math.min(room, MAX_WORDS_AT_END);
  let size = Math.min(MIN_WORDS_AT_END, most);
  while (size < most && !enough(size)) size += 1;
  return size;
}

function endsOf(lines, once) {
  const [head, tail, single] = [lines[0], lines.at(-1), lines.length === 1];
  if (single && head.length <= MAX_WORDS_WRITTEN_OUT) return [head, []];
  const whole = folded(lines.flat());
  const begin = folded(head.slice(0, MIN_WORDS_AT_END)).length;
  const last = least(tail.length - (single ? MIN_WORDS_AT_END : 0), (size) => {
    const end = folded(tail.slice(-size));
    return whole.indexOf(end, begin) === whole.length - end.length;
  });
  const first = least(head.length - (single ? last : 0), (size) => once(head.slice(0, size)));
  return [head.slice(0, first), tail.slice(-last)];
}

// The text directive, as written after `:~:text=`. `before` and `after` are the text around the words, `page` all
// text of the page up to and including them: the browser takes the first match.
function textDirective(before, words, after, page) {
  const lines = linesOf(words);
  if (!lines.length) return "";
  const sought = folded(linesOf(page).flat());
  const once = (some) => sought.split(folded(some)).length <= 2;
  const [start, end] = endsOf(lines, once);
  const [near, far] = [linesOf(before).at(-1) ?? [], linesOf(after)[0] ?? []];
  let [prefix, suffix] = [[], []];
  for (let size = 1; size <= MAX_CONTEXT_WORDS && !once([...prefix, ...start, ...suffix]); size += 1) {
    prefix = near.slice(-size);
    suffix = end.length ? [] : far.slice(0, size);
  }
  const parts = [prefix.length && `${written(prefix)}-`, written(start), written(end)];
  return [...parts, suffix.length && `-${written(suffix)}`].filter(Boolean).join(",");
}

const WORDS = "article[id] .source, article[id] .note-text";
const BLOCKS = "p, li, dt, dd, figcaption, blockquote, article, div, h1, h2, h3";
const UNREAD = ".verdict, .offer, script, [hidden]"; // not there when the link is opened

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

// The passages' words of which some are selected.
function selectedIn(range) {
  const all = [...document.querySelectorAll(WORDS)].filter((each) => range.intersectsNode(each));
  return all.filter((each) => textOf(within(range, each)).trim());
}

// The link to what is selected, whole words at both ends.
function linkTo(range) {
  const parts = selectedIn(range);
  const [first, last] = [parts[0], parts.at(-1)];
  const [begin, end] = [within(range, first), within(range, last)];
  const all = textOf(between(first, 0, last, last.childNodes.length));
  let from = textOf(between(first, 0, begin.startContainer, begin.startOffset)).length;
  let to = textOf(between(first, 0, end.endContainer, end.endOffset)).length;
  const cuts = (at) => /^\S\S$/.test(all.slice(at - 1, at + 1));
  while (cuts(from)) from -= 1;
  while (cuts(to)) to += 1;
  const page = textOf(between(document.body, 0, last, last.childNodes.length));
  const text = textDirective(all.slice(0, from), all.slice(from, to), all.slice(to), page);
  const address = document.querySelector("link[rel=canonical]").href;
  return `${address}#${encodeURIComponent(first.closest("article").id)}:~:text=${text}`;
}

function made(name, className, role) {
  const element = document.createElement(name);
  element.className = className;
  if (role) element.setAttribute("role", role);
  return element;
}

// A button that comes next after the words, on the keyboard as well, while some of them are selected.
function makeOffer() {
  const offer = made("p", "offer");
  const button = made("button", "");
  const said = made("p", "offered", "status");
  const told = made("p", "unseen", "status");
  let chosen = null;
  offer.hidden = true;
  button.type = "button";
  button.textContent = "Copy link to these words";
  offer.append(button);
  document.querySelector("main").append(said, told);
  document.getElementById("site:selecting")?.removeAttribute("hidden");

  function show() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const parts = range ? selectedIn(range) : [];
    if (!parts.length) {
      offer.hidden = document.activeElement !== button;
      if (!said.firstElementChild) said.textContent = "";
      return;
    }
    chosen = range.cloneRange();
    if (parts.at(-1).nextSibling !== offer) parts.at(-1).after(offer);
    said.textContent = "";
    told.textContent = "Press Tab to copy a link to the selected words."; // read out once, as it stays the same
    offer.hidden = false;
  }

  async function copy() {
    const link = linkTo(chosen);
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = "Link to these words copied";
    } catch {
      said.textContent = "Your browser does not allow copying here. Copy this link yourself: ";
      const shown = document.createElement("a");
      shown.href = shown.textContent = link;
      said.append(shown);
    }
  }

  let soon = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 150);
  });
  document.addEventListener("keydown", (event) => {
    // where nothing is focused, browsers go on from the page's beginning, not from what is selected
    const onward = event.key === "Tab" && !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey);
    if (!onward || offer.hidden || document.activeElement.tabIndex >= 0) return;
    event.preventDefault();
    button.focus();
  });
  // pressing it must not take the selection away
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", copy);
  button.addEventListener("blur", () => {
    if (getSelection().isCollapsed) offer.hidden = true;
  });
}

makeOffer();
