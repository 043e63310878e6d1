"""How does a report look?  Paper, black, one red: for the screen, for a phone, and for A4."""

from __future__ import annotations

from typing import Final

STYLE: Final = """\
:root{--paper:#efe6d2;--card:#f8f2e3;--shade:#dfd3b6;--ink:#1d1b19;--soft:#5c5247;--muted:#c9bda2;--red:#b92b1d;
--blue:#1f4e6b;--good:#0e6f66;--bad:#8a5100;--ochre:#c9972f;--grain:#7d5f12;
--serif:"PT Serif",Georgia,Gelasio,"Noto Serif","Liberation Serif",serif;
--sans:"PT Sans","Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
--head:"Peredyshka Head",Oswald,"Arial Narrow",sans-serif;--mono:"Peredyshka Title","Rubik Mono One",var(--head)}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.45 var(--serif)}
main,.foot{max-width:1080px;margin:0 auto;padding:0 28px}
p{margin:.4em 0}
h1,h2,h3,.cap{font-family:var(--head);font-weight:700;text-transform:uppercase;line-height:1.15;margin:0}
h2{font-size:1.3rem}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 20px;
border-top:4px solid var(--ink);padding-top:.5rem;margin:2rem 0 .6rem}
.top p{font-style:italic;font-size:.9rem;color:var(--soft);margin:0}
h3{font-size:1rem;margin:1.1rem 0 .3rem}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--card);padding:8px;z-index:2;outline:4px solid var(--ochre)}
a{color:var(--blue)}
a:focus{outline:4px solid var(--ochre)}
.soft{color:var(--soft)}.small{font-size:.88em}.good{color:var(--good)}.bad{color:var(--bad)}.red{color:var(--red)}
.number{font-family:var(--head);font-weight:700;text-align:right;white-space:nowrap}
.quote{font-style:italic}
.mast{background:var(--ink);color:var(--paper);border-bottom:8px solid var(--red)}
.mast .in{max-width:1080px;margin:0 auto;display:grid;grid-template-columns:300px 1fr;gap:0 32px;
padding:0 28px 24px 0}
.mast svg{display:block;width:300px;height:230px}
.mast h1{font-size:2.4rem;margin-top:30px;overflow-wrap:anywhere}
.mast h1:after{content:"";display:block;width:64px;height:6px;background:var(--red);margin:12px 0 14px}
.mast .kicker{font:700 .95rem/1.3 var(--head);text-transform:uppercase;color:var(--muted);margin:0 0 2px}
.mast p{max-width:60ch}
.mast .facts{color:var(--muted);font-size:.92rem}
.mast.plain .in{grid-template-columns:1fr;padding:26px 28px 22px}
.mast.plain h1{margin-top:0}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 36px}
.three{display:grid;grid-template-columns:1fr 1fr 1fr;gap:16px 24px}
.two>*,.three>*{min-width:0}
.card{background:var(--card);border:1.5px solid var(--ink);padding:12px 16px;break-inside:avoid}
.card h3{margin-top:0}
.scores{margin-top:8px;max-width:640px}
.mast .scores th,.mast .scores td{border:0;padding:2px 12px 2px 0;font-weight:400;vertical-align:middle}
.mast .scores th{font-family:var(--sans);white-space:nowrap}
.mast .scores thead th{color:var(--muted);font-size:.85em;text-transform:none}
.mast .scores .number{font:700 1.3em/1.2 var(--head);width:3.4em}
.mast .scores thead .number{font:400 .85em/1.3 var(--sans)}
.mast .scores tbody th{width:10em}
.mast .scores td svg{width:100%;height:16px;margin:0}
.figures th,.figures td{padding:3px 6px 3px 0;white-space:nowrap}
.figures .dots{font-style:italic;color:var(--soft)}
table{width:100%;border-collapse:collapse;font-size:.92rem}
caption{text-align:left;color:var(--soft);font-style:italic;padding-bottom:4px}
th,td{padding:5px 10px 5px 0;vertical-align:top;text-align:left;border-bottom:1px solid var(--shade);
overflow-wrap:break-word}
thead th{font:700 .78rem/1.3 var(--head);text-transform:uppercase;color:var(--soft);border-bottom:2px solid var(--ink);
vertical-align:bottom}
tbody th{font-weight:700}
th.number,td.number{text-align:right}
tr.band th{font-family:var(--mono);font-size:.95rem;font-weight:400;padding-top:14px;border-bottom:2px solid var(--ink)}
ul,ol{padding-left:1.3em;margin:.4em 0}
li{margin:.25em 0}
ol.plain,ul.plain{list-style:none;padding:0}
.gap{gap:14px 20px}
.deeds>li{display:grid;grid-template-columns:34px 1fr auto;gap:0 10px;padding:9px 0;
border-bottom:1px solid var(--shade);margin:0;break-inside:avoid}
.deeds svg{width:26px;height:26px;margin-top:8px}
.deeds .when{color:var(--soft);font-size:.86rem}
.deeds .what{font-weight:700;font-size:1.06rem}
.deeds .move{text-align:right;white-space:nowrap}
.deeds .move b{font-family:var(--head)}
.verdict{font-style:italic;font-size:.9rem;color:var(--soft)}
.verdict.unlike{color:var(--red)}
figure{margin:0 0 8px;break-inside:avoid}
figure svg{display:block;width:100%;height:auto}
figcaption{font-size:.88rem;color:var(--soft);font-style:italic}
svg text{font-family:var(--sans);fill:currentColor}
svg .head{font-family:var(--head);font-weight:700}
svg .it{font-family:var(--serif);font-style:italic}
dt{font-weight:700;break-after:avoid}
dd{margin:0 0 .6em;break-inside:avoid}
.lines{list-style:none;padding:0;margin:6px 0 14px}
.lines li{border-bottom:1px solid var(--soft);height:2.1em;margin:0}
.field{display:inline-block;min-width:15em;margin-right:1.5em;border-bottom:1px solid currentColor}
.tick:before{content:"";display:inline-block;width:.85em;height:.85em;border:1.5px solid var(--ink);margin-right:.5em;
vertical-align:-.08em}
.chip{display:inline-block;border:1.5px solid var(--ink);padding:0 7px;margin:1px 4px 1px 0;font:.86rem/1.5 var(--sans)}
.chip.own{background:var(--ink);color:var(--paper)}
.sides{display:grid;gap:6px 18px;grid-template-columns:repeat(2,1fr)}
.sides.n1{grid-template-columns:1fr}.sides.n3{grid-template-columns:repeat(3,1fr)}
.sides.n4{grid-template-columns:repeat(4,1fr)}.sides>*{min-width:0}
.question{border-bottom:1px solid var(--shade);padding-bottom:6px}
.sides p,.sides ul{margin:.15em 0}.sides li{margin:.1em 0}
h3{text-wrap:balance}
.question h3 svg{width:18px;height:18px;vertical-align:-3px}
.bar{height:10px;background:var(--shade);margin:4px 0 2px}.fill{height:10px;background:var(--red)}
.figures-row{display:flex;flex-wrap:wrap;gap:4px 36px;margin:10px 0 0}
.figures-row div{display:flex;flex-direction:column-reverse}.figures-row dt{font-weight:400}
.figures-row dd{font:700 2.2rem/1.1 var(--head);color:var(--paper);margin:0}
.flag{border-left:6px solid var(--red);padding:4px 0 4px 12px;margin:8px 0;break-inside:avoid}
.secret{background:var(--red);color:#fff;font:700 .9rem/1.3 var(--head);text-transform:uppercase;padding:4px 10px;
display:inline-block}
.sources li{margin:.35em 0}
.foot{color:var(--soft);font-size:.84rem;padding-top:20px;padding-bottom:36px}
@media screen and (max-width:760px){.mast .in,.two,.three{grid-template-columns:1fr;padding-left:20px}
main,.foot{padding:0 20px}
.mast svg{width:200px;height:150px}.sides.n3,.sides.n4{grid-template-columns:1fr 1fr}
.deeds>li{grid-template-columns:30px 1fr}.deeds .move{grid-column:2;text-align:left}
.wide{overflow-x:auto}}
@page{size:A4;margin:14mm 14mm 16mm}
@page{@bottom-right{content:counter(page) " / " counter(pages);font:9pt Georgia,serif;color:#5c5247}}
@media print{html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{background:#fff;font-size:10.2pt;line-height:1.38}
main,.foot,.mast .in{max-width:none;padding-left:0;padding-right:0}
.mast .in{grid-template-columns:200px 1fr;gap:0 20px;padding:0 18px 14px 0}
.mast.plain .in{grid-template-columns:1fr;padding:14px 18px 12px}
.mast svg{width:200px;height:153px}.mast h1{font-size:21pt;margin-top:16px}.mast.plain h1{margin-top:0}
.mast h1:after{height:5px;margin:8px 0 8px}
.card{background:#fff}.skip{display:none}
.top{margin:7mm 0 2.5mm;break-after:avoid}h2,h3{break-after:avoid}
p{orphans:3;widows:3}
table{font-size:8.6pt}th,td{padding:3px 8px 3px 0}thead{display:table-header-group}tr{break-inside:avoid}
tr.band{break-after:avoid}
.sheet{break-before:page}.keep{break-inside:avoid}
a{color:inherit;text-decoration:none}
th,td{border-bottom-color:#cfc4a8}}
"""
"""The style of every report. It names no file and fetches nothing."""
