import { hex, STRENGTH } from "./palette.js";

/** The colours of reports and of the page. */
export const TONES = {
  light:
    "--paper:#fdfcf9;--card:#fff;--ink:#1c2730;--quiet:#5c6872;--line:#e4e0d6;--accent:#1d5f82;--dot:#1d5578;--mark:#fdf4d8;--warn:#7d5100;--warn-back:#fbf0d5",
  dark: "--paper:#14191e;--card:#1a2026;--ink:#e3e8ea;--quiet:#9aa7b0;--line:#2c353d;--accent:#7cc3d8;--dot:#86cfc0;--mark:#33301c;--warn:#f0c674;--warn-back:#3a3018",
} as const;

const LIGHT = `${TONES.light};--strong-ink:#fff;--hatch:#d8d3c6;--category:#b0652a;--date:#5d7f36;--boolean:#8a5a96;--time:#2d8378`;
const DARK = `${TONES.dark};--strong-ink:#10181d;--hatch:#3a444d;--category:#d99a6c;--date:#a3c27a;--boolean:#c39bd0;--time:#74c7ba`;

/** The style sheet of the report: light by default, dark where the reader's system is, light on paper. */
export function styleSheet(): string {
  const steps = (tone: "light" | "dark") =>
    STRENGTH[tone].map((colour, step) => `.q${step}{fill:${hex(colour)}}`).join("");
  return `:root{color-scheme:light dark;${LIGHT}}
${steps("light")}.tone-dark{display:none}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}${steps("dark")}.tone-dark{display:inline}.tone-light{display:none}}
${RULES}`;
}

/** Pictures of pairs, here and on the page. */
export const PICTURES = `.plot{width:100%;height:auto;font-size:11.5px;overflow:visible;font-family:inherit}
.plot .axis-title{font-size:12px;fill:var(--quiet)}
.frame{fill:none;stroke:currentColor;stroke-opacity:.25}
.ratios text{font-size:10px;stroke:var(--card);stroke-width:2.5px;stroke-opacity:.75;stroke-linejoin:round;paint-order:stroke}
.band{stroke:var(--ink);stroke-opacity:.35;stroke-dasharray:3 3;fill:none}
.dots path{stroke:var(--dot);stroke-width:4.6;stroke-linecap:round;fill:none;opacity:.5}
.dots.many path{stroke-width:3.2;opacity:.42}
.spread{fill:var(--dot);fill-opacity:.16;stroke:none}
.halo,.median{fill:none;stroke-linejoin:round;stroke-linecap:round}
.halo{stroke:var(--card);stroke-width:5;stroke-opacity:.75}
.median{stroke:var(--ink);stroke-width:2}
.plot circle{fill:var(--ink)}`;

const RULES = `*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 28px}
header{padding-top:38px}
h1,h2,h3,.big{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:600;line-height:1.2;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:34px;margin:2px 0 10px}
h1 small{display:inline-block;line-height:1.35}
b{unicode-bidi:isolate}
h2{font-size:23px;margin:0 0 10px}
h3{font-size:18px;margin:26px 0 8px}
p{margin:0 0 10px;max-width:75ch}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible,summary:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
small{font-size:12px;color:var(--quiet);font-weight:400}
section{margin:44px 0}
figure{margin:0}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.eyebrow{color:var(--accent);font-size:13px;letter-spacing:.04em;margin:0}
.meta,.note,figcaption{color:var(--quiet);font-size:13px}
.meta{max-width:none}
.meta span{display:inline-block}
.meta span+span::before{content:"·";margin:0 7px}
nav{display:flex;gap:6px 20px;flex-wrap:wrap;margin-top:16px;padding-bottom:12px;border-bottom:1px solid var(--line);font-size:14px}
.tiles{list-style:none;display:flex;flex-wrap:wrap;gap:12px;margin:22px 0 0;padding:0}
.tiles li{flex:1 1 130px;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:11px 15px;overflow-wrap:anywhere}
.tiles li:last-child{flex:2.4 1 260px}
.tiles b{display:block;font-size:23px;line-height:1.25;font-weight:600}
.tiles small{display:block}
.read{margin-top:14px}
.read>svg{max-width:100%;height:26px}
.read figcaption{margin:5px 0 0}
.read figcaption svg{display:inline}
.read .reasons{margin:6px 0 0}
.absent,.kind-unusable{fill:var(--hatch)}
.kind-number,.histogram path{fill:var(--dot)}
.kind-category{fill:var(--category)}
.kind-date{fill:var(--date)}
.kind-boolean{fill:var(--boolean)}
.kind-time{fill:var(--time)}
th small{display:block}
.scroll{overflow-x:auto}
svg{display:block}
svg text{fill:currentColor}
.heat{max-width:none;margin-top:4px;overflow:visible}
.heat.small{max-width:100%;height:auto}
.heat .name{font-weight:500}
.heat .value{font-size:12px;fill:var(--ink);pointer-events:none}
.heat .value.on-strong{fill:var(--strong-ink)}
.heat .cell{stroke:transparent;stroke-width:2}
.heat a:hover .cell,.heat a:focus .cell,.heat .cell.hit{stroke:var(--ink)}
.heat .name.hit{fill:var(--accent);text-decoration:underline}
.no-value-back{fill:var(--paper)}
.no-value-line{stroke:var(--hatch);stroke-width:2.5}
.overview{font-size:11px;color:var(--quiet);max-width:100%;height:auto}
.overview .names{stroke:var(--paper);stroke-linejoin:round;paint-order:stroke}
.pixels{image-rendering:pixelated}
.overview+figcaption svg{display:inline}
.cross{vector-effect:non-scaling-stroke;stroke:var(--ink);stroke-width:1;fill:none;pointer-events:none}
.legend{font-size:12px;flex:none;max-width:100%;height:auto}
.legend-line{display:flex;flex-wrap:wrap;align-items:flex-start;gap:4px 14px;max-width:none;margin:14px 0;color:var(--quiet);font-size:13px}
sup{line-height:0}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:5px 10px;text-align:left;vertical-align:middle;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:500;font-size:13px;vertical-align:bottom;line-height:1.25}
thead small{display:block;font-size:11px}
tbody th{font-weight:400;overflow-wrap:anywhere}
th.num,td.num{text-align:right;white-space:nowrap}
th b{font-weight:600}
.kind{white-space:nowrap}
td.quiet,.rank,.times{color:var(--quiet)}
td.strong{font-weight:600}
.ranking tbody th{min-width:210px}
.bar-cell{width:30%;min-width:170px;padding-left:14px;padding-right:14px}
.bar,.bar-axis{overflow:visible}
.bar-axis{font-size:11px}
.bar-axis line,.tick{stroke:var(--quiet);stroke-width:1;fill:none}
.bar .track{stroke:var(--line)}
.bar .range{stroke:var(--dot);stroke-width:4;stroke-linecap:round;opacity:.38}
.bar circle{fill:var(--dot)}
tr:target,.card:target,tr.lit{background:var(--mark)}
.warning{font-size:11.5px;line-height:1;color:var(--warn);background:var(--warn-back);border-radius:9px;padding:2px 7px;white-space:nowrap;display:inline-block;cursor:help}
.caution{font-size:13px;color:var(--warn)}
.tiles+.caution{margin-top:14px}
.strata{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:18px 22px;margin-top:18px}
.strata figure{break-inside:avoid;max-width:386px}
details.rest{margin-top:10px}
summary{cursor:pointer;color:var(--accent);padding:6px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 20px 14px;margin:18px 0;scroll-margin-top:12px;break-inside:avoid}
.card h3{margin:0 0 10px}
.card h3 .rank{color:var(--quiet);font-weight:400;margin-right:4px}
.panes{display:grid;grid-template-columns:minmax(200px,1fr) minmax(0,386px) minmax(0,386px);gap:14px 22px;align-items:start}
.panes figcaption,.strata figcaption{font-size:13.5px;color:var(--ink);font-weight:600;margin:0 0 6px 20%}
.facts p{font-size:13.5px;line-height:1.45}
.facts .big{font-size:34px;margin:0 0 8px}
.big small{font-size:15px;margin-left:5px}
.facts dl{margin:0 0 12px;font-size:13.5px}
.facts dl div{display:flex;justify-content:space-between;gap:8px;border-bottom:1px solid var(--line);padding:2px 0}
dt{color:var(--quiet)}
dd{margin:0}
${PICTURES}
.key{margin:4px 0 0 20%;font-size:12px;line-height:1.35;color:var(--quiet)}
.prose dl{margin:0;max-width:82ch}
.prose dt{color:var(--ink);font-weight:600;margin-top:12px}
.reasons{padding-left:20px;max-width:90ch;overflow-wrap:anywhere}
.filter{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:5px 10px;margin:0 0 10px;width:min(340px,100%)}
.tools{display:flex;flex-wrap:wrap;align-items:baseline;gap:6px;max-width:none}
.tools button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;min-width:34px;min-height:30px;cursor:pointer}
.tools output{flex:1 1 100%;overflow-wrap:anywhere}
.heat:focus-visible,.overview:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.only-js{display:none}
.js .only-js{display:inline}
#tip{position:fixed;z-index:9;max-width:360px;background:var(--ink);color:var(--paper);font-size:13px;line-height:1.4;border-radius:6px;padding:6px 10px;pointer-events:none;opacity:0;transition:opacity .08s}
#tip.on{opacity:1}
footer{color:var(--quiet);font-size:13px;padding-top:14px;padding-bottom:40px}
@media(max-width:1040px){.panes{grid-template-columns:1fr 1fr}.facts{grid-column:1/-1}}
@media(max-width:640px){.panes{grid-template-columns:minmax(0,1fr)}main,header,footer{padding-left:16px;padding-right:16px}th,td{padding:5px}.ranking tbody th,.columns tbody th{min-width:125px}.bar-cell{min-width:84px;padding-left:8px;padding-right:8px}.card{padding:14px}.bar-axis g:nth-child(even){display:none}}
@media print{body{font-size:11.5px;print-color-adjust:exact;-webkit-print-color-adjust:exact}nav,.filter,.tools,.only-js,#tip{display:none!important}.scroll{overflow:visible}th,td{padding:2px 5px;overflow-wrap:anywhere}table{font-size:10.5px}.ranking tbody th,.columns tbody th{min-width:0}.bar-cell{min-width:70px;width:24%}.num,.warning{white-space:normal}thead{display:table-header-group}.overview{width:100%!important;max-width:150mm!important}h2,h3{break-after:avoid}.card{padding:8px 12px;margin:10px 0}main,header,footer{max-width:none;padding:0}section{margin:24px 0}tr{break-inside:avoid}.heat{max-width:100%;height:auto}.panes{grid-template-columns:1.35fr 1.4fr 1.4fr;gap:8px 12px}.facts{grid-column:auto}.facts .big{font-size:24px}.facts p,.facts dl{font-size:10.5px}.strata{grid-template-columns:1fr 1fr 1fr;gap:8px 12px}}`;
