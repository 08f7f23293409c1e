/* The search page: looks through the index beside it. Nothing is asked for elsewhere. */
"use strict";
(() => {
  const field = document.getElementById("search-words"), told = document.getElementById("search-told");
  const also = document.getElementById("search-also"), wide = document.getElementById("search-near");
  const findings = document.getElementById("search-findings"), list = document.getElementById("search-sentences");
  const others = document.getElementById("search-other-words");
  const index = window.vocSearch, most = 200, little = new Set(index.little);
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const sentences = index.sentences.map((one) => folded(one[2]));
  const titles = index.findings.map((one) => folded(one[0]));
  const add = (parent, name, text, more = {}) => {
    const made = Object.assign(document.createElement(name), more);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const places = (text, words) => words.flatMap((word) => {
    const found = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    return found;
  });
  const shown = (parent, text, marks) => {
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
  /* What is asked as words, and as pairs of words that the index knows: each with the words near to it in meaning. A word that
     may stand anywhere ("the") need not be found where another is. */
  const units = (words) => {
    const found = [];
    for (let at = 0; at < words.length; at += 1) {
      const pair = `${words[at]} ${words[at + 1]}`, two = Object.hasOwn(index.near, pair);
      const word = two ? pair : words[at];
      if (two) at += 1;
      const told = Object.hasOwn(index.near, word) ? index.near[word] : [], near = new Map();
      for (let place = 0; place < told.length; place += 2) near.set(index.own[told[place]], told[place + 1] / 100);
      /* None of these has a letter that a pattern would take for its own. */
      const any = near.size ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${[...near.keys()].join("|")})(?![\\p{L}\\p{N}])`, "gu") : null;
      found.push({ word, near, any });
    }
    const telling = found.filter((one) => !little.has(one.word));
    return telling.length ? telling : found;
  };
  /* How near a text is to each thing asked, 1 where the very word stands there; 0 in all where one is missing. */
  const nearness = (text, asked) => {
    let sum = 0;
    for (const { word, near, any } of asked) {
      if (text.includes(word)) { sum += 1; continue; }
      let best = 0;
      if (any) for (const [hit] of text.matchAll(any)) best = Math.max(best, near.get(hit));
      if (!best) return 0;
      sum += best;
    }
    return sum / asked.length;
  };
  const row = (parent, number, words) => {
    const [at, person, text] = index.sentences[number], [place, heading, source] = index.documents[at];
    const item = add(parent, "li", ""), quote = add(item, "p", "", { className: "quote" }), small = text.toLowerCase();
    /* Where small letters have another length, places would shift: then nothing is marked. */
    shown(quote, text, small.length === text.length ? words(small) : []);
    const below = add(item, "p", "", { className: "small" });
    add(below, "a", `${person}, ${heading}`, { href: `${place}:~:text=${encodeURIComponent(text.slice(0, 80)).replace(/-/g, "%2D")}` });
    below.append(` · ${source}`);
  };
  const counted = (numbers) => {
    const people = new Set(numbers.map((number) => index.sentences[number][1]));
    const n = numbers.length, speakers = people.size;
    return `${n} ${n === 1 ? "sentence" : "sentences"} of ${speakers} ${speakers === 1 ? "speaker" : "speakers"}${n > most ? `, the first ${most} shown` : ""}`;
  };
  const look = () => {
    const words = folded(field.value).split(/[\s"“”„]+/).filter(Boolean);
    for (const one of [findings, list, others]) one.replaceChildren();
    also.textContent = "";
    for (const one of ["findings", "exact", "others"]) document.getElementById(`search-found-${one}`).hidden = true;
    if (!words.length) { told.textContent = ""; return; }
    const asked = wide.checked ? units(words) : [];
    const fits = (text) => words.every((word) => text.includes(word));
    const found = [], near = [];
    sentences.forEach((text, number) => {
      if (fits(text)) found.push(number);
      else if (asked.length) { const close = nearness(text, asked); if (close) near.push([close, number]); }
    });
    const named = titles.flatMap((text, number) => { const close = fits(text) ? 2 : nearness(text, asked); return close ? [[close, number]] : []; });
    const nearest = (a, b) => b[0] - a[0] || a[1] - b[1];
    named.sort(nearest);
    near.sort(nearest);
    document.getElementById("search-found-findings").hidden = !named.length;
    for (const [, number] of named.slice(0, most)) {
      const [title, people, place] = index.findings[number], item = add(findings, "li", "");
      add(item, "a", title, { href: place });
      add(item, "span", ` ${people}`, { className: "count", title: "people" });
    }
    document.getElementById("search-found-exact").hidden = !found.length;
    for (const number of found.slice(0, most)) row(list, number, (small) => places(small, words));
    const hits = (small) => asked.flatMap(({ word, any }) => [
      ...places(small, [word]), ...(any ? [...small.matchAll(any)].map((hit) => [hit.index, hit.index + hit[0].length]) : []),
    ]);
    const numbers = near.map(([, number]) => number);
    document.getElementById("search-found-others").hidden = !numbers.length;
    document.getElementById("search-told-others").textContent = numbers.length ? `${counted(numbers)}, the nearest first` : "";
    for (const number of numbers.slice(0, most)) row(others, number, hits);
    const tried = asked.flatMap(({ near: several }) => [...several.keys()]);
    if (tried.length) also.textContent = `Looked for in other words too: ${tried.join(", ")}`;
    told.textContent = found.length ? counted(found) : numbers.length ? "Nobody says it in these words." : "Nothing was found.";
  };
  let waits = 0;
  const soon = () => { clearTimeout(waits); waits = setTimeout(look, 120); };
  field.addEventListener("input", soon);
  wide.addEventListener("change", look);
  document.getElementById("search-form").addEventListener("submit", (event) => { event.preventDefault(); look(); });
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked) { field.value = asked; look(); }
})();
