// Passages of a brief are dragged by their handles. When one is dropped, the document gets "brief:ordered" with the
// items in their new order: a passage as its address, a heading of the reader's own as its number. The buttons "Up"
// and "Down", and the arrow keys on a handle (arranging.js), do the same without a pointer.
const EDGE_PIXELS = 70; // this near the top or bottom of the window, the page scrolls
const SCROLL_PIXELS = 12; // a frame
const LEAST_PIXELS = 5; // less is a click

const main = document.querySelector("main");
let drag = null;

const addressOf = (item) => main.querySelectorAll("#site\\:brief input[name=p]")[Number(item.id.slice("site:p".length)) - 1].value;
const isGrouped = () => document.getElementById("site:group").value !== "none";
const lists = () => (isGrouped() ? [drag.list] : [...main.querySelectorAll("ol.chosen")]);

// The list that the pointer is in, and its item below the pointer: passages make room where a drop would go.
function follow() {
  const { item, y } = drag;
  const list = lists().findLast((each) => each.closest("section").getBoundingClientRect().top <= y) ?? lists()[0];
  const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
  const next = [...list.children].find((each) => each !== item && middle(each) > y) ?? null;
  if (item.parentElement !== list || (item.nextElementSibling !== next && next !== item)) list.insertBefore(item, next);
}

function scroll() {
  if (!drag?.isMoving) return;
  const step = drag.y < EDGE_PIXELS ? -SCROLL_PIXELS : drag.y > innerHeight - EDGE_PIXELS ? SCROLL_PIXELS : 0;
  if (step) {
    scrollBy(0, step);
    follow();
  }
  requestAnimationFrame(scroll);
}

function move(event) {
  if (event.pointerId !== drag?.pointer) return;
  drag.y = event.clientY;
  if (!drag.isMoving && Math.abs(drag.y - drag.start) < LEAST_PIXELS) return;
  if (!drag.isMoving) {
    drag.isMoving = true;
    drag.item.classList.add("dragged");
    scroll();
  }
  follow();
}

// The items that the page shows, with those that it does not show after the ones they followed.
function order() {
  const shown = [];
  for (const section of main.querySelectorAll("#site\\:brief > section")) {
    const list = section.querySelector("ol.chosen");
    const heading = section.querySelector(".titled input");
    if (heading) shown.push(Number(heading.name.slice(1)));
    if (list) shown.push(...[...list.children].map(addressOf));
  }
  return shown;
}

function end(isDropped) {
  const { item, list, next, isMoving } = drag;
  drag = null;
  item.classList.remove("dragged");
  if (!isMoving) return;
  if (!isDropped) return list.insertBefore(item, next);
  if (item.parentElement === list && item.nextElementSibling === next) return;
  document.dispatchEvent(new CustomEvent("brief:ordered", { detail: { order: order(), moved: addressOf(item) } }));
}

main.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip || event.button || drag) return;
  const item = grip.closest("li");
  const { pointerId: pointer, clientY: y } = event;
  drag = { item, list: item.parentElement, next: item.nextElementSibling, pointer, start: y, y };
  grip.releasePointerCapture(pointer); // an element that moves in the page would lose it
});
window.addEventListener("pointermove", move);
window.addEventListener("pointerup", () => drag && end(true));
window.addEventListener("pointercancel", () => drag && end(false));
document.addEventListener("keydown", (event) => {
  if (!drag || event.key !== "Escape") return;
  event.preventDefault();
  end(false);
});
