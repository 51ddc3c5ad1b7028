/** Pictures of the page as one file: what its style sheet says of them is written into them. Loaded when one is saved. */

const NAMESPACE = "http://www.w3.org/2000/svg";
/** What the style sheet may say of a part of a picture. */
const SAID = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"],
  ...[
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "paint-order",
    "font-family",
    "font-size",
    "font-weight",
  ],
] as const;
const GAP = 24;
const TITLE = 34;

/**
 * Pictures side by side under a title, as SVG that needs no style sheet.
 *
 * @param pictures as they stand in the page
 */
export function standingAlone(title: string, pictures: readonly SVGSVGElement[]): string {
  const whole = document.createElementNS(NAMESPACE, "svg");
  const paper = getComputedStyle(document.body);
  let [width, height] = [0, 0];
  for (const picture of pictures) {
    const copy = picture.cloneNode(true) as SVGSVGElement;
    dress(picture, copy);
    const { width: wide, height: high } = picture.viewBox.baseVal;
    for (const [name, value] of Object.entries({ x: width, y: TITLE, width: wide, height: high }))
      copy.setAttribute(name, String(value));
    whole.append(copy);
    width += wide + GAP;
    height = Math.max(height, high);
  }
  width -= GAP;
  const name = document.createElementNS(NAMESPACE, "text");
  name.textContent = title;
  for (const [key, value] of Object.entries({
    x: 8,
    y: 20,
    fill: paper.color,
    "font-size": 15,
    "font-weight": 600,
  }))
    name.setAttribute(key, String(value));
  const ground = document.createElementNS(NAMESPACE, "rect");
  for (const [key, value] of Object.entries({ width: "100%", height: "100%", fill: paper.backgroundColor }))
    ground.setAttribute(key, value);
  whole.prepend(ground, name);
  whole.setAttribute("viewBox", `0 0 ${width} ${height + TITLE}`);
  whole.setAttribute("width", String(width));
  whole.setAttribute("height", String(height + TITLE));
  whole.setAttribute("font-family", paper.fontFamily);
  return new XMLSerializer().serializeToString(whole);
}

/** Gives a copy what the page shows of the original; what is not shown is left out. */
function dress(shown: Element, copy: Element): void {
  const style = getComputedStyle(shown);
  for (const property of SAID) {
    const value = style.getPropertyValue(property);
    if (value !== "" && value !== "normal") copy.setAttribute(property, value);
  }
  const [parts, copies] = [[...shown.children], [...copy.children]];
  for (const [k, part] of parts.entries()) {
    if (getComputedStyle(part).display === "none") copies[k].remove();
    else dress(part, copies[k]);
  }
  copy.removeAttribute("class");
}
