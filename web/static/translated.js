// What scripts say, in the language of the page, which has the words with it if that is not English.
function translations() {
  return JSON.parse(document.getElementById("site:translations")?.textContent ?? "{}");
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function _(text, values = {}) {
  return filled(translations()[text] ?? text, values);
}

// The forms of a language come in the order of the Unicode names for its plurals.
function ngettext(one, other, count, values = {}) {
  const forms = translations()[one] ?? [one, other];
  const rules = new Intl.PluralRules(document.documentElement.lang);
  const known = new Set(rules.resolvedOptions().pluralCategories);
  const names = ["zero", "one", "two", "few", "many", "other"].filter((name) => known.has(name));
  return filled(forms[Math.min(names.indexOf(rules.select(count)), forms.length - 1)], { count, ...values });
}
