import type { Theme } from "vitepress";
// Without the fonts that the theme brings: a page is read in those of its reader.
import theme from "vitepress/theme-without-fonts";
import "./style.css";

export default theme satisfies Theme;
