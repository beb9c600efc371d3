// A link to the words that a reader selects: a text fragment, as web/urls/text_fragments.py makes it of a whole passage.
// https://wicg.github.io/scroll-to-text-fragment/
"use strict";

const MAX_WORDS_WRITTEN_OUT = 10; // a longer text is written as its first and last words
const MIN_WORDS_AT_END = 5;
const MAX_WORDS_AT_END = 30; 
const MAX_CONTEXT_WORDS = 10;

// Scripts written without spaces, as in kb/text/scripts.py.
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/u;
const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;

// The words of a line, each with the white space before it. In scripts without spaces they are the words of the
// browser's own dictionaries: it only finds text that begins where a word begins and ends where one ends.
function wordsOf(line) {
  const flat = line.split(/\s+/).filter(Boolean).join(" ");
  if (!segmenter || !UNSPACED.test(flat)) return flat.match(/ ?[^ ]+/g) ?? [];
  const words = [];
  for (const { segment } of segmenter.segment(flat)) {
    if (words.at(-1) === " ") words[words.length - 1] += segment;
    else words.push(segment);
  }
  return words;
}

function linesOf(text) {
  return text.split("\n").map(wordsOf).filter((words) => words.length);
}

const wordsAsText = (words) => words.join("").trim();

// browsers search without regard to case, accents and invisible characters
function folded(text) {
  const flat = text.split(/\s+/).filter(Boolean).join(" ");
  return flat.normalize("NFKD").replace(/[\p{M}\p{Cf}]+/gu, "").toLowerCase();
}

// hyphens and commas separate the terms; the other signs are those that programs cut off links
function written(text) {
  const hex = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[-.!'()*~]/g, hex);
}

// The smallest number of words that is enough; if none is, the least or the most there may be.
function least(room, enough, otherwise) {
  const most = Math.min(room, MAX_WORDS_AT_END);
  const begin = Math.min(MIN_WORDS_AT_END, most);
  for (let size = begin; size <= most; size += 1) if (enough(size)) return size;
  return otherwise(begin, most);
}

function endsOf(lines, leadsHere) {
  const [head, tail, single] = [lines[0], lines.at(-1), lines.length === 1];
  if (single && head.length <= MAX_WORDS_WRITTEN_OUT) return [wordsAsText(head), ""];
  const whole = folded(lines.map(wordsAsText).join(" "));
  const begin = folded(wordsAsText(head.slice(0, MIN_WORDS_AT_END))).length;
  const endsHere = (size) => {
    const end = folded(wordsAsText(tail.slice(-size)));
    return whole.indexOf(end, begin) === whole.length - end.length;
  };
  const last = least(tail.length - (single ? MIN_WORDS_AT_END : 0), endsHere, Math.min);
  const first = least(head.length - (single ? last : 0), (size) => leadsHere(wordsAsText(head.slice(0, size))), Math.max);
  return [wordsAsText(head.slice(0, first)), wordsAsText(tail.slice(-last))];
}

// Tells whether the browser's first match, or its only one, is where the words are, unless they are there twice.
function seeker(page, words) {
  const [sought, whole] = [folded(page), folded(words)];
  const place = sought.indexOf(whole) === sought.lastIndexOf(whole) ? sought.indexOf(whole) : -1;
  const exactly = (text) => folded(text).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return (start, prefix = "", suffix = "") => {
    const before = prefix ? `${exactly(prefix)} ?` : "";
    const after = suffix ? ` ?${exactly(suffix)}` : "";
    const matches = sought.matchAll(new RegExp(`(${before})${exactly(start)}${after}`, "gu"));
    const [first, second] = [matches.next().value, matches.next().value];
    return !second || first.index + first[1].length === place;
  };
}

// The text directive, as written after `:~:text=`. `before` and `after` are the text around the words, `page` all
// text of the page up to and including them: the browser takes the first match.
function textDirective(before, words, after, page) {
  const lines = linesOf(words);
  if (!lines.length) return "";
  const leadsHere = seeker(page, words);
  const [start, end] = endsOf(lines, leadsHere);
  const [near, far] = [linesOf(before).at(-1) ?? [], linesOf(after)[0] ?? []];
  let [prefix, suffix] = ["", ""];
  for (let size = 1; size <= MAX_CONTEXT_WORDS && !leadsHere(start, prefix, suffix); size += 1) {
    prefix = wordsAsText(near.slice(-size));
    suffix = end ? "" : wordsAsText(far.slice(0, size));
  }
  const parts = [prefix && `${written(prefix)}-`, written(start), written(end)];
  return [...parts, suffix && `-${written(suffix)}`].filter(Boolean).join(",");
}

// Where words begin and end in a text, at which a selection need not be extended.
function wordEnds(text) {
  const ends = new Set([0, text.length]);
  for (const { 0: chunk, index: at } of text.matchAll(/\s|\S+/g)) {
    ends.add(at);
    if (segmenter && UNSPACED.test(chunk)) for (const word of segmenter.segment(chunk)) ends.add(at + word.index);
  }
  return ends;
}

// The link to what is selected, whole words at both ends.
function linkTo(range) {
  const parts = selectedIn(range);
  const [first, last] = [parts[0], parts.at(-1)];
  const [begin, end] = [within(range, first), within(range, last)];
  const all = textOf(between(first, 0, last, last.childNodes.length));
  let from = textOf(between(first, 0, begin.startContainer, begin.startOffset)).length;
  let to = textOf(between(first, 0, end.endContainer, end.endOffset)).length;
  const ends = wordEnds(all);
  while (!ends.has(from)) from -= 1;
  while (!ends.has(to)) to += 1;
  const page = textOf(between(document.body, 0, last, last.childNodes.length));
  const text = textDirective(all.slice(0, from), all.slice(from, to), all.slice(to), page);
  const address = document.querySelector("link[rel=canonical]").href;
  return `${address}#${encodeURIComponent(first.closest("article").id)}:~:text=${text}`;
}
