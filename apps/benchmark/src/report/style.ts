/** The look of the report. */
export const STYLE = `
:root { color-scheme: light; --ink: #1d2129; --soft: #626a76; --line: #e3e6ea; --accent: #0072b2; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 40px 24px 80px; max-width: 1080px; color: var(--ink); background: #fff;
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
h1 { font-size: 30px; letter-spacing: -0.02em; margin: 0 0 4px; }
h2 { font-size: 21px; margin: 48px 0 4px; padding-top: 16px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; margin: 22px 0 4px; }
p { margin: 6px 0 14px; max-width: 76ch; }
.soft, figcaption { color: var(--soft); }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; width: 100%; }
th, td { padding: 6px 8px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; color: var(--soft); white-space: normal; vertical-align: bottom; }
.name { text-align: left; }
td.best { font-weight: 700; color: var(--accent); }
.scroll { overflow-x: auto; }
.panels { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 18px; }
@media (max-width: 800px) { .panels { grid-template-columns: 1fr; } }
figure { margin: 0; }
figure svg { width: 100%; max-width: 760px; height: auto; }
figcaption { font-size: 13px; line-height: 1.4; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin: 0 4px 0 10px; vertical-align: baseline; }
dl { display: grid; grid-template-columns: max-content 1fr max-content; gap: 3px 18px; font-size: 13px; margin: 8px 0; }
dt { color: var(--soft); } dd { margin: 0; }
footer { margin-top: 56px; padding-top: 14px; border-top: 1px solid var(--line); font-size: 13px; color: var(--soft); }
`;
