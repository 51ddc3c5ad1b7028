/**
 * What the page can do beyond reading: quick tooltips, highlighting of a cell's two names, a filter for long
 * rankings, opening the folded rows when a link leads into them, and reading the overview of many columns.
 * Everything is there without it. Text only ever enters the page as text.
 */
export const SCRIPT = `(() => {
const root = document.documentElement;
root.classList.add("js");
const tip = document.body.appendChild(document.createElement("div"));
tip.id = "tip";
tip.setAttribute("role", "status");
const show = (text, event) => {
  tip.textContent = text;
  tip.classList.add("on");
  const box = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - box.width - 8);
  const below = event.clientY + 18;
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = (below + box.height > innerHeight ? event.clientY - box.height - 12 : below) + "px";
};
const hide = () => tip.classList.remove("on");
for (const cell of document.querySelectorAll(".heat .cell")) {
  const title = cell.querySelector("title");
  if (!title) continue;
  cell.dataset.tip = title.textContent;
  (cell.closest("a") || cell).setAttribute("aria-label", title.textContent);
  title.remove();
}
for (const heat of document.querySelectorAll(".heat")) {
  const names = [...heat.querySelectorAll(".name")];
  const lines = names.map((name) => ({
    name,
    x: Number(name.getAttribute("x")) - 8,
    y: Number(name.getAttribute("y")),
  }));
  heat.addEventListener("pointermove", (event) => {
    const cell = event.target.closest(".cell");
    for (const name of names) name.classList.remove("hit");
    if (!cell) return hide();
    show(cell.dataset.tip, event);
    const x = Number(cell.getAttribute("x"));
    const y = Number(cell.getAttribute("y"));
    const size = Number(cell.getAttribute("width"));
    for (const line of lines) {
      const heads = line.x <= x + 1 && x + 1 < line.x + size + 2;
      const ends = y <= line.y && line.y <= y + size;
      line.name.classList.toggle("hit", heads || ends);
    }
  });
  heat.addEventListener("pointerleave", () => {
    hide();
    for (const name of names) name.classList.remove("hit");
  });
}
const reveal = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details");
  if (folded && !folded.open) {
    folded.open = true;
    target.scrollIntoView({ block: "center" });
  }
};
addEventListener("hashchange", reveal);
reveal();
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
const rows = [...document.querySelectorAll(".ranking tbody tr")];
if (rows.length > 15) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "filter";
  field.placeholder = "Show only pairs with …";
  field.setAttribute("aria-label", "Show only pairs with this text in a name");
  const texts = rows.map((row) => row.querySelector("th").textContent.toLowerCase());
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    rows.forEach((row, k) => { row.hidden = !words.every((word) => texts[k].includes(word)); });
    const rest = document.querySelector("details.rest");
    if (rest && words.length > 0) rest.open = true;
  });
  const list = document.getElementById("ranking");
  list.insertBefore(field, list.querySelector(".scroll"));
}
const overview = document.querySelector(".overview");
const store = document.getElementById("overview-data");
if (overview && store) {
  const data = JSON.parse(store.textContent);
  const bytes = Uint8Array.from(atob(data.mi), (char) => char.charCodeAt(0));
  const values = new DataView(bytes.buffer);
  const n = data.names.length;
  const cross = overview.querySelector(".cross");
  overview.addEventListener("pointermove", (event) => {
    const box = overview.getBoundingClientRect();
    const scale = (data.left + data.size) / box.width;
    const column = Math.floor((((event.clientX - box.left) * scale - data.left) / data.size) * n);
    const row = Math.floor((((event.clientY - box.top) * scale - data.top) / data.size) * n);
    if (column < 0 || row < 0 || column >= n || row >= n) {
      cross.setAttribute("d", "");
      return hide();
    }
    const at = (k) => ((k + 0.5) / n) * data.size;
    cross.setAttribute("d", "M" + data.left + "," + at(row) + "h" + data.size + "M" + (data.left + at(column)) + ",0v" + data.size);
    if (row === column) return show(data.names[row], event);
    const high = Math.max(row, column);
    const low = Math.min(row, column);
    const value = values.getUint16(2 * ((high * (high - 1)) / 2 + low), true);
    const text = value === 65535 ? "not computed" : (value / 1000).toFixed(3) + " " + data.units;
    show(data.names[row] + " × " + data.names[column] + ": " + text, event);
  });
  overview.addEventListener("pointerleave", () => {
    cross.setAttribute("d", "");
    hide();
  });
}
})();`;
