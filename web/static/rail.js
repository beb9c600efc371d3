// Whether the filters beside the results are folded: the browser remembers it. This runs before the first paint, so
// that nothing moves afterwards; without it the filters fold until another page is opened.
const ROOT = new URL("..", import.meta.url).pathname.slice(0, -1); // the path prefix of this site, often empty
const KEY = `kb-filters${ROOT}`; // named on the page "About"

const rail = document.getElementById("site:rail");
try {
  if (rail && localStorage.getItem(KEY) === "folded") rail.open = false;
} catch {
  // the browser was told to keep nothing
}

// captured, since it does not bubble: the filters are others after each search
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.id !== "site:rail") return;
    try {
      if (target.open) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "folded");
    } catch {
      // then it holds for this page
    }
  },
  true,
);
