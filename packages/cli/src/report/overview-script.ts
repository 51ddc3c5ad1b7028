/**
 * What the overview of many columns can do in a page: a cell is read by pointer and by arrow keys, a column is found by its name, and
 * the picture is made larger, with more of the names, which stay at the side of what is seen. A part of the page's one script: uses its `show` and `hide`.
 */
export const OVERVIEW_SCRIPT = `const overview = document.querySelector(".overview");
const store = document.getElementById("overview-data");
if (overview && store) {
  const data = JSON.parse(store.textContent);
  const bytes = Uint8Array.from(atob(data.mi), (char) => char.charCodeAt(0));
  const values = new DataView(bytes.buffer);
  const n = data.names.length;
  const cross = overview.querySelector(".cross");
  const at = (k) => ((k + 0.5) / n) * data.size;
  const valueOf = (row, column) => {
    const [high, low] = [Math.max(row, column), Math.min(row, column)];
    return values.getUint16(2 * ((high * (high - 1)) / 2 + low), true);
  };
  const inWords = (value) => value === 65535 ? "not computed" : (value / 1000).toFixed(3) + " " + data.units;
  const point = (row, column, event) => {
    cross.setAttribute("d", "M" + data.left + "," + at(row) + "h" + data.size + "M" + (data.left + at(column)) + ",0v" + data.size);
    const box = overview.getBoundingClientRect();
    const scale = box.width / (data.left + data.size);
    const place = event || {
      clientX: box.left + (data.left + at(column)) * scale,
      clientY: box.top + (data.top + at(row)) * scale,
    };
    const names = data.names[row] + " × " + data.names[column] + ": ";
    show(row === column ? data.names[row] : names + inWords(valueOf(row, column)), place);
  };
  const frame = overview.parentElement;
  // Scrolls the frame, and where it is told to the page, until a cell is seen.
  const bring = (row, column, page) => {
    const [box, seen] = [overview.getBoundingClientRect(), frame.getBoundingClientRect()];
    const scale = box.width / (data.left + data.size);
    const x = box.left + (data.left + at(column)) * scale;
    const y = box.top + (data.top + at(row)) * scale;
    if (x < seen.left + 60 || x > seen.right - 60) frame.scrollLeft += x - (seen.left + seen.right) / 2;
    if (page && (y < 60 || y > innerHeight - 60)) scrollBy(0, y - innerHeight / 2);
  };
  const leave = () => {
    cross.setAttribute("d", "");
    hide();
  };
  overview.addEventListener("pointermove", (event) => {
    const box = overview.getBoundingClientRect();
    const scale = (data.left + data.size) / box.width;
    const column = Math.floor((((event.clientX - box.left) * scale - data.left) / data.size) * n);
    const row = Math.floor((((event.clientY - box.top) * scale - data.top) / data.size) * n);
    if (column < 0 || row < 0 || column >= n || row >= n) return leave();
    point(row, column, event);
  });
  overview.addEventListener("pointerleave", leave);
  overview.addEventListener("blur", leave);
  let [row, column] = [1, 0];
  byKeys(overview, (down, right) => {
    row = Math.min(Math.max(row + down, 0), n - 1);
    column = Math.min(Math.max(column + right, 0), n - 1);
    bring(row, column, true);
    point(row, column);
  });
  const tools = document.createElement("p");
  tools.className = "tools";
  const list = document.createElement("datalist");
  list.id = "overview-names";
  for (const name of data.names) list.appendChild(document.createElement("option")).value = name;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "filter";
  field.setAttribute("list", list.id);
  field.placeholder = "Find a column …";
  field.setAttribute("aria-label", "Find a column by its name");
  const found = document.createElement("output");
  found.className = "note";
  field.addEventListener("input", () => {
    const text = field.value.trim().toLowerCase();
    const lower = data.names.map((name) => name.toLowerCase());
    const exact = lower.indexOf(text);
    row = text === "" ? -1 : exact >= 0 ? exact : lower.findIndex((name) => name.includes(text));
    if (row < 0) {
      found.textContent = text === "" ? "" : "No column has this in its name.";
      row = 1;
      return leave();
    }
    const others = data.names.map((name, k) => ({ name, k, value: k === row ? 0 : valueOf(row, k) }))
      .filter(({ k, value }) => k !== row && value !== 65535).sort((a, b) => b.value - a.value).slice(0, 5);
    found.textContent = data.names[row] + ", strongest with " + (others.length === 0 ? "none" :
      others.map(({ name, value }) => name + " (" + inWords(value) + ")").join(", "));
    column = others.length === 0 ? row : others[0].k;
    cross.setAttribute("d", "M" + data.left + "," + at(row) + "h" + data.size + "M" + (data.left + at(row)) + ",0v" + data.size);
    bring(row, row, false);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || field.value.trim() === "") return;
    overview.focus({ preventScroll: true });
    bring(row, column, true);
    point(row, column);
  });
  let zoom = 1;
  const side = overview.querySelector(".names");
  const every = overview.closest("figure").querySelector(".every");
  // Names at the size that they are read in, as many as have room.
  const name = () => {
    const step = Math.ceil((n * 12.5) / (data.size * zoom));
    side.replaceChildren();
    side.setAttribute("font-size", 11 / zoom);
    side.setAttribute("stroke-width", 3 / zoom);
    for (let k = 0; k < n; k += step) {
      const text = document.createElementNS(overview.namespaceURI, "text");
      const chars = [...data.names[k]];
      text.textContent = chars.length > data.chars ? chars.slice(0, data.chars - 1).join("") + "…" : data.names[k];
      text.setAttribute("x", data.left - 8 / zoom);
      text.setAttribute("y", at(k) + 3.5 / zoom);
      text.setAttribute("text-anchor", "end");
      side.appendChild(text);
    }
    if (every) every.hidden = step === 1 || zoom > 1;
  };
  const beside = () => {
    const scale = overview.getBoundingClientRect().width / (data.left + data.size);
    const wide = data.left * (1 - 1 / zoom);
    side.setAttribute("transform", "translate(" + Math.max(0, frame.scrollLeft / scale - wide) + ",0)");
  };
  frame.addEventListener("scroll", beside);
  const button = (label, text, factor) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => {
      const before = zoom;
      zoom = Math.min(Math.max(zoom * factor, 1), 8);
      overview.style.maxWidth = "none";
      overview.style.width = zoom === 1 ? "" : zoom * 100 + "%";
      if (zoom === 1) overview.style.maxWidth = "";
      const middle = frame.scrollLeft + frame.clientWidth / 2;
      frame.scrollLeft = (middle * zoom) / before - frame.clientWidth / 2;
      name();
      beside();
    });
    return made;
  };
  tools.append(field, list, button("Make the map larger", "+", 2), button("Make the map smaller", "\\u2212", 0.5), found);
  const figure = overview.closest("figure");
  figure.parentElement.insertBefore(tools, figure);
}
`;
