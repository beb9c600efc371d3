// Remembers in the browser whether the filters beside the results are folded. It runs before the first paint, so that
// nothing moves afterwards; without it, filters stay folded only until another page is opened.
const ROOT = new URL("..", import.meta.url).pathname.slice(0, -1); // the path prefix of this site, often empty
const KEY = `kb-filters${ROOT}`; // named on the page "About"

const rail = document.getElementById("site:rail");
try {
  if (rail && localStorage.getItem(KEY) === "folded") rail.open = false;
} catch {
  // the browser is set to keep nothing
}

// captured, since it does not bubble, and on the document, since each search replaces the filters
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.id !== "site:rail") return;
    try {
      if (target.open) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "folded");
    } catch {
      // then it holds for this page only
    }
  },
  true,
);
