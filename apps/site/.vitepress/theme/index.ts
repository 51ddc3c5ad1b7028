import type { Theme } from "vitepress";
import { useRoute } from "vitepress";
// Without the fonts that the theme brings: a page is read in those of its reader.
import theme from "vitepress/theme-without-fonts";
import { nextTick, onMounted, watch } from "vue";
import "./style.css";

export default {
  extends: theme,
  setup() {
    const route = useRoute();
    /** The theme's first page has no landmark for readers of the screen to go to. */
    const mark = () =>
      nextTick(() => document.querySelector(".VPContent.is-home")?.setAttribute("role", "main"));
    onMounted(mark);
    watch(() => route.path, mark);
  },
} satisfies Theme;
