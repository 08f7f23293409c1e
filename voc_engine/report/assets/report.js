/* Filters and order of the insights. Without this file every insight is shown, by priority. */
"use strict";
(() => {
  const form = document.getElementById("page-filters");
  const list = document.getElementById("page-insights");
  if (!form || !list) return;
  const result = document.getElementById("page-result");
  const articles = Array.from(list.children);
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
    result.textContent = shown === articles.length
      ? `All ${shown} insights are shown.`
      : `${shown} of ${articles.length} insights ${shown === 1 ? "is" : "are"} shown.`;
  };
  const sort = () => {
    const order = orders[value("sort")] || orders.number;
    articles.sort((a, b) => order(a) - order(b) || orders.number(a) - orders.number(b));
    list.append(...articles);
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
