/* One step of the walkthrough at a time, by keys, buttons or touch. Without this file the steps stand below one another. */
"use strict";
(() => {
  const steps = Array.from(document.querySelectorAll(".step"));
  if (!steps.length) return;
  const byId = (name) => document.getElementById(name);
  const links = Array.from(document.querySelectorAll(".bar-foot nav a"));
  const where = byId("page-where"), notes = byId("page-notes");
  let at = 0;

  const numberIn = (hash) => {
    const found = /^#step-(\d+)$/.exec(hash);
    return found ? Math.min(Math.max(Number(found[1]), 1), steps.length) - 1 : 0;
  };
  const show = (to, focus) => {
    at = Math.min(Math.max(to, 0), steps.length - 1);
    steps.forEach((one, place) => { one.hidden = place !== at; });
    links.forEach((one, place) => {
      if (place === at) one.setAttribute("aria-current", "step"); else one.removeAttribute("aria-current");
    });
    where.textContent = `Step ${at + 1} of ${steps.length}`;
    byId("page-back").disabled = at === 0;
    byId("page-next").disabled = at === steps.length - 1;
    const name = `#step-${at + 1}`;
    if (location.hash !== name && (at || location.hash)) history.replaceState(null, "", name);
    if (focus) steps[at].focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };
  const toggleNotes = () => {
    const open = document.body.classList.toggle("with-notes");
    notes.setAttribute("aria-pressed", String(open));
  };
  const fill = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  };
  const leave = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else location.href = byId("page-leave").href;
  };

  const keys = {
    ArrowRight: () => show(at + 1, true), ArrowDown: () => show(at + 1, true), PageDown: () => show(at + 1, true),
    ArrowLeft: () => show(at - 1, true), ArrowUp: () => show(at - 1, true), PageUp: () => show(at - 1, true),
    Home: () => show(0, true), End: () => show(steps.length - 1, true),
    n: toggleNotes, N: toggleNotes, f: fill, F: fill, Escape: leave,
  };
  // A step taller than the screen is scrolled to its end before the next one comes.
  const scrolls = (down) => {
    const page = document.documentElement;
    return down ? page.scrollTop + page.clientHeight < page.scrollHeight - 2 : page.scrollTop > 2;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target.closest && event.target.closest("a, button, summary");
    if (event.key === " ") {
      if (onControl) return; // space is the control's own
      event.preventDefault();
      show(at + (event.shiftKey ? -1 : 1), true);
      return;
    }
    if (!Object.hasOwn(keys, event.key)) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && scrolls(event.key === "ArrowDown")) return;
    event.preventDefault();
    keys[event.key]();
  });

  let start = null;
  document.addEventListener("touchstart", (event) => {
    const one = event.changedTouches[0];
    start = event.touches.length === 1 ? { x: one.clientX, y: one.clientY } : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!start) return;
    const one = event.changedTouches[0], across = one.clientX - start.x, down = one.clientY - start.y;
    start = null;
    if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down)) show(at + (across < 0 ? 1 : -1), true);
  }, { passive: true });

  byId("page-back").addEventListener("click", () => show(at - 1, false));
  byId("page-next").addEventListener("click", () => show(at + 1, false));
  notes.addEventListener("click", toggleNotes);
  byId("page-full").addEventListener("click", fill);
  window.addEventListener("hashchange", () => show(numberIn(location.hash), true));

  document.body.classList.add("one-at-a-time");
  byId("page-controls").hidden = false;
  byId("page-keys").hidden = false;
  show(numberIn(location.hash), false);
})();
