// The link that leaves this site at once: Back does not return to it. Without this script it is an ordinary link.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.leave");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});
