// What a page can do without at first is fetched after its style sheets, so that the page is painted first.
for (const each of document.getElementById("site:late").content.children) {
  const late = document.importNode(each);
  if (late.localName === "script") late.async = false; // they run in their order
  document.head.append(late);
}
