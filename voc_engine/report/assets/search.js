/* The search page: looks through the index beside it. Nothing is asked for elsewhere. */
"use strict";
(() => {
  const field = document.getElementById("search-words"), told = document.getElementById("search-told");
  const findings = document.getElementById("search-findings"), list = document.getElementById("search-sentences");
  const index = window.vocSearch, most = 200;
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const sentences = index.sentences.map((one) => folded(one[2]));
  const titles = index.findings.map((one) => folded(one[0]));
  const add = (parent, name, text, more = {}) => {
    const made = Object.assign(document.createElement(name), more);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const shown = (parent, text, words) => {
    const small = text.toLowerCase(), marks = [];
    /* Where small letters have another length, places would shift: then nothing is marked. */
    if (small.length === text.length) for (const word of words) {
      for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + word.length)) marks.push([at, at + word.length]);
    }
    marks.sort((a, b) => a[0] - b[0]);
    let at = 0;
    for (const [start, end] of marks) {
      if (start < at) continue;
      parent.append(text.slice(at, start));
      add(parent, "mark", text.slice(start, end));
      at = end;
    }
    parent.append(text.slice(at));
  };
  const look = () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    findings.replaceChildren();
    list.replaceChildren();
    document.getElementById("search-found-findings").hidden = true;
    if (!words.length) { told.textContent = ""; return; }
    const fits = (text) => words.every((word) => text.includes(word));
    const named = titles.flatMap((text, number) => fits(text) ? [number] : []);
    const found = sentences.flatMap((text, number) => fits(text) ? [number] : []);
    document.getElementById("search-found-findings").hidden = !named.length;
    for (const number of named.slice(0, most)) {
      const [title, people, place] = index.findings[number], row = add(findings, "li", "");
      add(row, "a", title, { href: place });
      add(row, "span", ` ${people}`, { className: "count", title: "people" });
    }
    for (const number of found.slice(0, most)) {
      const [at, person, text] = index.sentences[number], [place, heading, source] = index.documents[at];
      const row = add(list, "li", ""), quote = add(row, "p", "", { className: "quote" });
      shown(quote, text, words);
      const small = add(row, "p", "", { className: "small" });
      add(small, "a", `${person}, ${heading}`, { href: `${place}:~:text=${encodeURIComponent(text.slice(0, 80)).replace(/-/g, "%2D")}` });
      small.append(` · ${source}`);
    }
    const people = new Set(found.map((number) => index.sentences[number][1]));
    told.textContent = found.length
      ? `${found.length} sentences of ${people.size} speakers${found.length > most ? `, the first ${most} shown` : ""}`
      : "Nothing was found.";
  };
  let waits = 0;
  field.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(look, 120); });
  document.getElementById("search-form").addEventListener("submit", (event) => { event.preventDefault(); look(); });
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked) { field.value = asked; look(); }
})();
