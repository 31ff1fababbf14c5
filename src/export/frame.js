// Filters and pairwise highlighting. The report is complete without this script.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  // Controls with data-filter="key" hide the items whose data-key does not hold their value.
  const controls = all("[data-filter]"), items = all("[data-item]");
  const count = document.querySelector("[data-count]");
  const chosen = () => {
    const wanted = {};
    for (const c of controls) {
      const value = c.tagName === "BUTTON" ? c.getAttribute("aria-pressed") === "true" && c.dataset.value : c.value.trim();
      if (value) (wanted[c.dataset.filter] ??= []).push(value);
    }
    return wanted;
  };
  const fits = (item, [key, values]) => key === "words"
    ? values.every(v => item.textContent.includes(v))
    : values.some(v => (item.dataset[key] ?? "").split(" ").includes(v));
  const apply = () => {
    const wanted = Object.entries(chosen());
    let shown = 0;
    for (const item of items) {
      item.hidden = !wanted.every(w => fits(item, w));
      if (!item.hidden && item.matches(".card")) shown += 1;
    }
    for (const group of all("[data-group]")) group.hidden = !group.querySelector("[data-item]:not([hidden])");
    if (count) count.textContent = count.dataset.count.replace("{}", shown);
  };
  for (const c of controls) {
    if (c.tagName === "BUTTON") c.addEventListener("click", () => {
      c.setAttribute("aria-pressed", c.getAttribute("aria-pressed") !== "true");
      apply();
    });
    else c.addEventListener("input", apply);
  }
  if (count) apply();

  // A piece of evidence lights its partner in the other text: while pointed at, and kept once clicked.
  const ids = el => (el.dataset.e ?? "").split(" ");
  const light = (pair, id) => {
    pair.classList.toggle("lit", Boolean(id));
    for (const el of all("[data-e]", pair)) el.classList.toggle("on", Boolean(id) && ids(el).includes(id));
    for (const el of all(".tie", pair)) el.setAttribute("aria-pressed", pair.dataset.kept === el.dataset.e);
  };
  for (const pair of all(".pair")) {
    const target = event => event.target.closest("[data-e]");
    const show = event => { const el = target(event); light(pair, el ? ids(el)[0] : pair.dataset.kept); };
    pair.addEventListener("mouseover", show);
    pair.addEventListener("focusin", show);
    for (const name of ["mouseleave", "focusout"]) pair.addEventListener(name, () => light(pair, pair.dataset.kept));
    pair.addEventListener("click", event => {
      const el = target(event);
      if (!el) return;
      const id = ids(el)[0];
      if (pair.dataset.kept === id) delete pair.dataset.kept; else pair.dataset.kept = id;
      light(pair, pair.dataset.kept);
    });
  }

  // Paper shows everything that is folded on the screen.
  let opened = [];
  addEventListener("beforeprint", () => { opened = all("details:not([open], .aside)"); opened.forEach(d => { d.open = true; }); });
  addEventListener("afterprint", () => { opened.forEach(d => { d.open = false; }); });
})();
