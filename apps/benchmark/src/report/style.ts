/** The look of the report. */
export const STYLE = `
:root { color-scheme: light; --ink: #1d2129; --soft: #5b6370; --line: #e3e6ea; --accent: #0072b2;
  --better: #0b6b3a; --better-bg: #e5f4ea; --within: #7a5a00; --within-bg: #fdf3d6; --worse: #a3240f; --worse-bg: #fce6e1; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 40px 24px 80px; max-width: 1080px; color: var(--ink); background: #fff;
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 8px; }
h2 { font-size: 21px; margin: 48px 0 4px; padding-top: 16px; border-top: 1px solid var(--line); scroll-margin-top: 8px; }
h3 { font-size: 15px; margin: 26px 0 4px; }
p { margin: 6px 0 14px; max-width: 76ch; }
code { font-size: 0.92em; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 18px 0 0; }
a { color: var(--accent); }
.soft, figcaption { color: var(--soft); }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; width: 100%; }
th, td { padding: 6px 8px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
thead th { font-weight: 600; color: var(--soft); white-space: normal; vertical-align: bottom; }
.name, th[scope^='row'] { text-align: left; }
td.best { font-weight: 700; color: var(--accent); }
.scroll { overflow-x: auto; }
.standings { width: auto; }
.standings th:first-child { min-width: 9em; } .standings td { min-width: 11em; }
.standings th[scope='row'], .details th[scope^='row'] { position: sticky; left: 0; background: #fff; vertical-align: top; }
.standings td { vertical-align: top; line-height: 1.35; border-left: 3px solid #fff; color: var(--ink); }
.standings td b { font-weight: 500; }
.standings td.best { font-weight: 400; color: var(--ink); }
.frame { margin-left: 4px; }
.standings td.best b, .frame { font-weight: 700; outline: 1.5px solid currentColor; outline-offset: 2px; border-radius: 2px; }
.standings td .mark { font-weight: 700; margin-right: 6px; }
.details th, .details td { padding: 2px 8px; }
.details th[scope='rowgroup'] { padding-top: 12px; }
.details th[scope='row'] { font-weight: 400; }
small { color: var(--soft); font-size: 12px; }
td.better { background: var(--better-bg); } td.within { background: var(--within-bg); } td.worse { background: var(--worse-bg); }
.better > .mark, span.better { color: var(--better); } .within > .mark, span.within { color: var(--within); } .worse > .mark, span.worse { color: var(--worse); }
tr.floor th, tr.floor td { border-top: 2px solid var(--soft); color: var(--soft); font-weight: 500; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px; margin: 10px 0 2px; max-width: none; }
.verdict { list-style: none; padding: 0; margin: 12px 0; max-width: 84ch; }
.verdict li { display: flex; gap: 12px; padding: 8px 12px; margin: 6px 0; border-radius: 4px; background: #f3f4f6; }
.verdict .mark { font-weight: 700; width: 1em; flex: none; }
.verdict li.better { background: var(--better-bg); } .verdict li.worse { background: var(--worse-bg); }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(188px, 1fr)); gap: 12px 14px; }
.panels.few { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.panels svg { display: block; width: 100%; border: 1px solid var(--line); border-radius: 3px; }
.panels .none { display: grid; place-content: center; aspect-ratio: 1; border: 1px dashed var(--line); border-radius: 3px; color: var(--soft); font-size: 13px; text-align: center; padding: 8px; }
.panels figcaption b { color: var(--ink); font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px 28px; }
.settings th, .settings td { text-align: left; vertical-align: top; white-space: normal; padding: 3px 14px 3px 0; }
.settings th { font-weight: 400; color: var(--soft); } .settings td:last-child { min-width: 9em; }
figure { margin: 0; }
figure svg { width: 100%; max-width: 760px; height: auto; }
figcaption { font-size: 13px; line-height: 1.4; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin: 0 5px 0 2px; vertical-align: baseline; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 18px; font-size: 13px; margin: 8px 0; }
dt { color: var(--soft); } dd { margin: 0; } .origin { color: var(--soft); }
footer { margin-top: 56px; padding-top: 14px; border-top: 1px solid var(--line); font-size: 13px; color: var(--soft); }
@media (max-width: 800px) {
  body { padding: 24px 16px 60px; }
  .charts { grid-template-columns: 1fr; }
  .panels, .panels.few { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
  .settings th, .settings td { text-align: left; vertical-align: top; white-space: normal; padding: 3px 14px 3px 0; }
.settings th { font-weight: 400; color: var(--soft); } .settings td:last-child { min-width: 9em; }
  dl { grid-template-columns: minmax(0, 9em) 1fr; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav { display: none; }
  figure, tr, li, dl { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .panels:not(.few) { grid-template-columns: repeat(5, 1fr); gap: 6px; }
  .scroll { overflow: visible; }
  table, small { font-size: 7.5pt; }
  .standings th:first-child, .standings td { min-width: 0; }
  .standings th, .standings td, .details th, .details td { padding: 2px 4px; position: static; }
  .charts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  td, li { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
