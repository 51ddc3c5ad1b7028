import { OVERVIEW_SCRIPT } from "./overview-script.js";

/**
 * What the page can do beyond reading: quick tooltips, highlighting of a cell's two names, a filter for long
 * rankings and tables, opening the folded rows when a link leads into them, arrow keys in the maps, and the overview of many columns.
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
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -1e6], End: [0, 1e6] };
const byKeys = (map, move) => {
  map.setAttribute("tabindex", "0");
  map.setAttribute("aria-label", map.getAttribute("aria-label") + " Arrow keys go from cell to cell.");
  map.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(step[0], step[1]);
  });
};
for (const cell of document.querySelectorAll(".heat .cell")) {
  const title = cell.querySelector("title");
  if (!title) continue;
  cell.dataset.tip = title.textContent;
  const named = cell.closest("a") || cell;
  named.setAttribute("aria-label", title.textContent);
  if (named === cell) cell.setAttribute("role", "img");
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
  const leave = () => {
    hide();
    for (const cell of heat.querySelectorAll(".cell.hit")) cell.classList.remove("hit");
    for (const name of names) name.classList.remove("hit");
  };
  heat.addEventListener("pointerleave", leave);
  heat.addEventListener("blur", leave);
  const cells = [...heat.querySelectorAll(".cell")];
  let [row, column] = [1, 0];
  const current = () => cells[(row * (row - 1)) / 2 + column];
  byKeys(heat, (down, right) => {
    row = Math.min(Math.max(row + down, 1), names.length - 1);
    column = Math.min(Math.max(column + right, 0), row - 1);
    leave();
    const cell = current();
    cell.classList.add("hit");
    names[row].classList.add("hit");
    names[column].classList.add("hit");
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    const box = cell.getBoundingClientRect();
    show(cell.dataset.tip, { clientX: box.right, clientY: box.bottom });
  });
  heat.addEventListener("keydown", (event) => {
    const link = event.key === "Enter" && current().closest("a");
    if (link) location.hash = link.getAttribute("href");
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
// Whatever scrolls is reached by keyboard, in every browser.
const reach = () => {
  for (const part of document.querySelectorAll(".scroll")) {
    if (part.scrollWidth > part.clientWidth + 1) part.setAttribute("tabindex", "0");
    else part.removeAttribute("tabindex");
  }
};
addEventListener("resize", reach);
addEventListener("toggle", reach, true);
reach();
const MANY = 15;
const filter = (place, rows, placeholder, label, after) => {
  if (rows.length <= MANY) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "filter";
  field.placeholder = placeholder;
  field.setAttribute("aria-label", label);
  const texts = rows.map((row) => row.querySelector("th").textContent.toLowerCase());
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    rows.forEach((row, k) => { row.hidden = !words.every((word) => texts[k].includes(word)); });
    if (words.length > 0) after();
  });
  place.insertBefore(field, place.querySelector(".scroll"));
};
filter(document.getElementById("ranking"), [...document.querySelectorAll(".ranking tbody tr")],
  "Show only pairs with …", "Show only pairs with this text in a name", () => {
    const rest = document.querySelector("details.rest");
    if (rest) rest.open = true;
  });
filter(document.getElementById("columns"), [...document.querySelectorAll(".columns tbody tr")],
  "Show only columns with …", "Show only columns with this text in their name", () => {});
${OVERVIEW_SCRIPT}})();`;
