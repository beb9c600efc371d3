// What a page can be read without is fetched when its style sheets are there, so that it is painted first.
for (const each of document.getElementById("site:late").content.children) {
  const late = document.importNode(each);
  if (late.localName === "script") late.async = false; // they run in their order
  document.head.append(late);
}
