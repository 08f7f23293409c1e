/* Keys, the place in a list, dialogs, and marking words. What is decided is decided by the server: this presses buttons. */
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const list = () => $("#rows") || $("ol.rows");
  const rows = () => all("ol.rows > .row");
  const ask = () => $("#ask");
  let place = 0;

  const say = (text, wrong = false) => {
    const said = $("#said");
    said.textContent = text;
    said.classList.toggle("wrong", wrong);
  };

  /* The place in the list. It stays where it was when a row leaves the list, so that the next one is there. */
  const stand = (number, scroll = true) => {
    const every = rows();
    for (const one of all(".row.at")) { one.classList.remove("at"); one.removeAttribute("aria-current"); }
    if (!every.length) return;
    place = Math.max(0, Math.min(number, every.length - 1));
    const row = every[place];
    row.classList.add("at");
    row.setAttribute("aria-current", "true");
    if (scroll) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); }
    follow(row, scroll);
  };
  /* Who reads is left where they are: a text moves only where the passage is not on the screen, or under the bar. */
  const inSight = (one) => {
    const { top, bottom } = one.getBoundingClientRect(), bar = $("#desk").getBoundingClientRect();
    return top >= Math.max(0, bar.bottom) && bottom <= innerHeight;
  };
  const follow = (row, scroll) => {
    const key = row.dataset.item;
    const from = list() && list().dataset.context;
    const pane = $("#context");
    if (from && key && pane && pane.dataset.shows !== key) {
      pane.dataset.shows = key;
      htmx.ajax("GET", from + encodeURIComponent(key), { target: "#context", swap: "innerHTML" });
    }
    for (const one of all("mark.at")) one.classList.remove("at");
    const marks = key ? all("#source-text mark").filter((one) => one.dataset.mention === key) : [];
    for (const one of marks) one.classList.add("at");
    if (marks.length && scroll && !inSight(marks[0])) marks[0].scrollIntoView({ block: "center" });
  };

  /* Dialogs come from the server. */
  const open = async (address) => {
    await htmx.ajax("GET", address, { target: "#ask", swap: "innerHTML" });
    if (!ask().open) ask().showModal();
    const first = $("[autofocus]", ask());
    if (first) { first.focus(); if (first.select) first.select(); }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.ask) open(button.dataset.ask);
    else if (button && "close" in button.dataset) ask().close();
    else if (button && "help" in button.dataset) $("#keys").showModal();
    else if (button && "markAll" in button.dataset) markAll();
    else if (button && button.dataset.copyTable) copyTable(document.getElementById(button.dataset.copyTable));
    const row = event.target.closest("ol.rows > .row");
    if (row && !event.target.closest("a, button, input, summary, label")) stand(rows().indexOf(row), false);
    const mark = event.target.closest("#source-text mark");
    if (mark && String(getSelection()) === "") {
      const number = rows().findIndex((one) => one.dataset.item === mark.dataset.mention);
      if (number >= 0) stand(number, false), rows()[number].scrollIntoView({ block: "nearest" });
    }
  });
  /* Rows and cells as a spreadsheet takes them: quotes of a cell one after the other; what would be a formula is text. */
  const copyTable = async (table) => {
    const cell = (one) => {
      const quotes = all("q", one).map((quote) => quote.textContent);
      const words = (quotes.length ? quotes.join(" | ") : one.textContent).replace(/\s+/gu, " ").trim();
      return /^[=+\-@]/u.test(words) ? "'" + words : words;
    };
    const lines = Array.from(table.rows).map((row) => Array.from(row.cells).map(cell).join("\t"));
    await navigator.clipboard.writeText(lines.join("\n")).then(
      () => say(`Copied: ${lines.length - 1} rows. Paste them into a spreadsheet.`),
      () => say("The browser did not let the table be copied: mark it and copy it by hand.", true),
    );
  };
  document.addEventListener("change", (event) => {
    if ("mark" in event.target.dataset) event.target.closest(".row").classList.toggle("marked-row", event.target.checked);
  });
  const markAll = () => {
    const boxes = all("[data-mark]");
    const on = !boxes.every((one) => one.checked);
    for (const one of boxes) { one.checked = on; one.closest(".row").classList.toggle("marked-row", on); }
  };

  /* The number of the row that an answer added: a passage that was just coded is the one to go on with. */
  let known = new Set();
  const added = () => {
    const now = rows().map((one) => one.dataset.item), fresh = now.filter((one) => !known.has(one));
    const one = now.length > known.size && fresh.length === 1 ? now.indexOf(fresh[0]) : null;
    known = new Set(now);
    return one;
  };

  /* After each answer: the dialog closes, the place stays, the row that was decided on is still there or the next is. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "ask" || event.detail.target.id === "context" || event.detail.target.id === "ask-options") return;
    if (ask().open) ask().close();
    $("#said").classList.remove("wrong");
    const pane = $("#context");
    const row = rows()[Math.min(place, rows().length - 1)];
    if (pane && row) pane.dataset.shows = rows()[0].dataset.item;
    stand(added() ?? place);
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (ask().open) ask().close();
    say(event.detail.xhr.responseText || "That was not saved.", true);
  });
  document.addEventListener("htmx:sendError", () => say("Not saved: the program does not answer. Start 'voc review' again.", true));

  /* Marking words: code points are counted inside the piece that holds the edge, and each piece tells where it begins. */
  const point = (node, offset) => {
    const piece = (node.nodeType === 1 ? node : node.parentElement).closest("[data-s]");
    if (!piece) return null;
    const range = document.createRange();
    range.selectNodeContents(piece);
    range.setEnd(node, offset);
    return Number(piece.dataset.s) + Array.from(range.toString()).length;
  };
  const marked = () => {
    const selection = getSelection();
    const text = $("#source-text[data-codable]");
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const start = point(range.startContainer, range.startOffset), end = point(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return null;
    const words = all("[data-s]", text).map((one) => {
      const at = Number(one.dataset.s), letters = Array.from(one.textContent);
      return letters.slice(Math.max(0, start - at), Math.max(0, end - at)).join("");
    }).join("");
    const front = Array.from(words).length - Array.from(words.trimStart()).length;
    const trimmed = words.trim();
    return trimmed ? { start: start + front, end: start + front + Array.from(trimmed).length, words: trimmed } : null;
  };
  const code = () => {
    const found = marked();
    if (!found) return false;
    const document_id = $("#source-text").dataset.document;
    open("/ask/code?" + new URLSearchParams({ ...found, document: document_id }));
    return true;
  };
  /* Where a turn is cut: before the word that was clicked into. */
  document.addEventListener("click", (event) => {
    const text = event.target.closest("[data-cut]"), selection = getSelection();
    if (!text || !selection.rangeCount || !selection.isCollapsed || !text.contains(selection.anchorNode)) return;
    const range = document.createRange();
    range.selectNodeContents(text);
    range.setEnd(selection.anchorNode, selection.anchorOffset);
    const letters = Array.from(text.textContent);
    let at = Array.from(range.toString()).length;
    while (at > 0 && !/\s/u.test(letters[at - 1])) at--;
    if (at > 0 && at < letters.length) open("/ask/cut?" + new URLSearchParams({ turn: text.dataset.cut, at }));
  });
  document.addEventListener("mouseup", (event) => { if (event.target.closest("#source-text")) setTimeout(code); });
  document.addEventListener("keyup", (event) => { if (event.key === "Enter" && event.target.id === "source-text") code(); });

  /* A passage's edges, by word: the text tells where the words are. */
  const edge = (row, which, less) => {
    const key = row.dataset.item;
    const text = $("#source-text[data-codable]");
    const own = text && all("mark", text).filter((one) => one.dataset.mention === key).map((one) => one.closest("[data-s]"));
    if (!own || !own.length) return;
    const turn = own[0].closest(".text");
    const parts = all("[data-s]", turn);
    const from = Number(parts[0].dataset.s);
    const letters = Array.from(parts.map((one) => one.textContent).join(""));
    let start = Number(own[0].dataset.s) - from;
    const last = own[own.length - 1];
    let end = Number(last.dataset.s) - from + Array.from(last.textContent).length;
    const blank = (at) => /\s/u.test(letters[at] || " ");
    if (which === "start" && !less) { do start--; while (start > 0 && blank(start)); while (start > 0 && !blank(start - 1)) start--; }
    if (which === "start" && less) { while (start < end && !blank(start)) start++; while (start < end && blank(start)) start++; }
    if (which === "end" && !less) { while (end < letters.length && blank(end)) end++; while (end < letters.length && !blank(end)) end++; }
    if (which === "end" && less) { while (end > start && !blank(end - 1)) end--; while (end > start && blank(end - 1)) end--; }
    start = Math.max(0, start);
    if (start >= end) return;
    const form = $("form.of-mention", row);
    const button = document.createElement("button");
    button.name = "decision";
    button.value = JSON.stringify(["mention", key, "bounds", `${from + start}:${from + end}`]);
    button.hidden = true;
    form.append(button);
    button.click();
  };

  /* Keys. None acts while words are typed. */
  const press = (key, from) => {
    const button = from && all("[data-key]", from).find((one) => one.dataset.key === key && !one.disabled);
    if (button) button.click();
    return Boolean(button);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) { if (event.key === "Escape" && !ask().open) typing.blur(); return; }
    const key = event.key;
    if (ask().open) { if (press(key, ask())) event.preventDefault(); return; }
    if ($("#keys").open) return;
    const every = rows();
    const row = every[place];
    const done = () => event.preventDefault();
    if (key === "j") return done(), stand(row && row.classList.contains("at") ? place + 1 : place);
    if (key === "k") return done(), stand(place - 1);
    if (key === "/") { done(); const field = $("[data-search]"); if (field) field.focus(), field.select(); else location.assign("/search"); return; }
    if (key === "o" && row && row.dataset.open) return done(), location.assign(row.dataset.open);
    if (key === "v" && row) { const box = $("[data-mark]", row); if (box) done(), box.click(); return; }
    if ("[]{}".includes(key) && row) return done(), edge(row, "[{".includes(key) ? "start" : "end", "{}".includes(key));
    if (event.target.tagName === "BUTTON" && (key === "Enter" || key === " ")) return;
    if (press(key, row) || press(key, $("#split-form")) || press(key, $("[data-page-item]")) || press(key, $(".switches"))) done();
  });

  /* A run that is under way tells how far it is; its end loads the page again. */
  const running = $("[data-running]");
  if (running) {
    const source = new EventSource("/events");
    source.onmessage = (event) => { $("[data-line]", running).textContent = event.data; };
    source.addEventListener("done", () => { source.close(); location.reload(); });
  }
  document.addEventListener("DOMContentLoaded", () => {
    added();
    const wanted = decodeURIComponent(location.hash.slice(1));
    /* A turn that was led to has no row of its own: its first passage is the one to go on with. */
    const turn = wanted ? document.getElementById(wanted) : null, inside = turn && $("mark", turn);
    const item = inside && turn.classList.contains("turn") ? inside.dataset.mention : wanted;
    const number = wanted ? rows().findIndex((one) => one.dataset.item === item) : 0;
    if (rows().length) stand(Math.max(0, number), Boolean(wanted) && number >= 0);
    if (turn && turn.classList.contains("turn")) turn.scrollIntoView({ block: "center" });
    const pane = $("#context");
    if (pane && rows()[0]) pane.dataset.shows = rows()[0].dataset.item;
  });
})();
