/* Filters and order of the insights; the whole of a quote that a link led to. Without this file every insight is shown,
   by priority, and the stylesheet shows where a link led. */
"use strict";
(() => {
  const arrive = () => {
    for (const one of document.querySelectorAll(".arrived")) one.classList.remove("arrived");
    let key = location.hash.slice(1);
    try { key = decodeURIComponent(key); } catch { return; }
    const target = key && document.getElementById(key);
    if (!target) return;
    // An older browser leaves a fold closed around the place that a link leads to.
    for (let at = target.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const name = target.dataset.mention;
    // A quote that another one overlaps is marked in several pieces, of which only the first has the id.
    if (name) for (const one of document.querySelectorAll("mark")) if (one.dataset.mention === name) one.classList.add("arrived");
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);
  if (location.hash) arrive();
})();
(() => {
  const form = document.getElementById("page-filters");
  const list = document.getElementById("page-insights"), thing = list ? list.dataset.thing : "";
  if (!form || !list) return;
  const result = document.getElementById("page-result");
  const fold = document.getElementById("page-singles");
  const singles = document.getElementById("page-single-insights");
  const lists = [list, singles].filter(Boolean).map((parent) => ({ parent, articles: Array.from(parent.children) }));
  const articles = lists.flatMap((one) => one.articles);
  const untouched = fold ? fold.open : false;
  const texts = new Map();
  const text = (one) => {
    if (!texts.has(one)) texts.set(one, one.querySelector(".body").textContent.toLowerCase());
    return texts.get(one);
  };
  const orders = {
    number: (one) => Number(one.dataset.number),
    people: (one) => -Number(one.dataset.people),
    severity: (one) => -Number(one.dataset.weight),
    mood: (one) => Number(one.dataset.mood),
  };
  const value = (name) => (form.elements[name] ? form.elements[name].value : "");
  const fits = (one, words) =>
    (!value("kind") || one.dataset.kind === value("kind")) &&
    (!value("severity") || one.dataset.severity === value("severity")) &&
    (!value("topic") || one.dataset.topicOf === value("topic")) &&
    (!value("persona") || one.dataset.personas.split(" ").includes(value("persona"))) &&
    Number(one.dataset.people) >= (Number(value("people")) || 1) &&
    words.every((word) => text(one).includes(word));

  const apply = () => {
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of articles) {
      one.hidden = !fits(one, words);
      shown += one.hidden ? 0 : 1;
    }
    if (fold) {
      // What a filter finds among single voices must not stay folded away; clearing it folds them again.
      const narrowed = shown < articles.length;
      const left = lists[1].articles.some((one) => !one.hidden);
      fold.hidden = !left;
      if (narrowed && left) fold.open = true;
      else if (!narrowed && !location.hash) fold.open = untouched;
    }
    result.textContent = shown === articles.length
      ? `All ${shown} ${thing}s are shown.`
      : `${shown} of ${articles.length} ${thing}s ${shown === 1 ? "is" : "are"} shown.`;
  };
  const sort = () => {
    const order = orders[value("sort")] || orders.number;
    for (const one of lists) {
      one.articles.sort((a, b) => order(a) - order(b) || orders.number(a) - orders.number(b));
      one.parent.append(...one.articles);
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name === "sort") sort();
    apply();
  });
  form.addEventListener("reset", () => setTimeout(() => { sort(); apply(); }));
  if (value("sort") !== "number") sort(); // a browser may restore the fields when one comes back to the page
  apply();
})();
