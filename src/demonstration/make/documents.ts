import { join } from 'node:path'
import { startBrowser } from './browser.ts'
import { french, hues, petals, picture, printFontFaces } from './design.ts'
import { documents } from './documents-text.ts'
import { filesFolder } from './folder.ts'
import { brick, type Hue, ink, lagoon, leaf, ochre, paper, plum } from './palette.ts'

const boxes: Record<string, Hue> = { brick, ochre, leaf, lagoon, plum }

const style = (hue: Hue): string => `
@page{size:A4;margin:0}*{box-sizing:border-box;margin:0}
body{font:var(--size,11.4pt)/1.5 'Atkinson Hyperlegible Next';color:${ink.deep};-webkit-print-color-adjust:exact}
.page{width:210mm;height:296.9mm;overflow:hidden;position:relative;padding:18mm 20mm 22mm;break-after:page;background:${paper.light}}.page:last-child{break-after:auto}
h1,h2,.running,.owner,caption,thead{font-family:'Bricolage Grotesque';letter-spacing:-.015em;line-height:1.08}
header{margin:-18mm -20mm 9mm;background:${hue.pale};display:grid;grid-template-columns:1fr 76mm;height:84mm}header div{padding:14mm 8mm 8mm 20mm;display:grid;align-content:space-between}header img{width:76mm;height:84mm;object-fit:cover}
.owner{display:flex;gap:3mm;align-items:center;font-weight:500;font-size:11pt}h1{font-size:30pt;font-weight:800;color:${hue.deep};text-wrap:balance}header p.sub{font-size:12.5pt;line-height:1.35}
.lead{font-size:1.16em;line-height:1.42;padding-left:5mm;border-left:2.4mm solid ${hue.base}}
h2{font-size:1.62em;font-weight:700;color:${hue.deep};margin:1.3em 0 .5em}.page>h2:first-child{margin-top:0}
ul,ol{padding-left:6.5mm}li{margin-bottom:.42em}li::marker{color:${hue.deep};font-weight:700}
table{width:100%;border-collapse:collapse;margin:1em 0;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:700;font-size:1.3em;color:${hue.deep};padding-bottom:.5em}
th,td{text-align:left;padding:.5em .7em;vertical-align:top}thead th{background:${hue.deep};color:${paper.light};font-weight:700}tbody tr{border-bottom:.3mm solid ${hue.light}}tbody th{font-weight:700;min-width:32mm}tbody tr:nth-child(odd){background:${hue.pale}}
.whole{white-space:nowrap}blockquote{margin:1.2em 0;padding:.8em 1.1em;border-left:2.4mm solid ${hue.base};background:${hue.pale};font:700 1.3em/1.25 'Bricolage Grotesque'}
.running{position:absolute;left:20mm;right:20mm;bottom:10mm;display:flex;justify-content:space-between;font-size:8.5pt;color:${ink.soft}}.band{position:absolute;inset:auto 0 0;display:flex;height:5mm}.band i{flex:1}`

const band = `<div class="band" aria-hidden="true">${hues.map((hue) => `<i style="background:${hue.base}"></i>`).join('')}</div>`

const browser = await startBrowser()
const page = await browser.newPage()
const fonts = await printFontFaces()
for (const sheet of documents) {
  const hue = boxes[sheet.hue] ?? brick
  const running = (number: number) =>
    `<div class="running"><span>${sheet.title}</span><span>Ville de Valbrune</span><span>${number} / 2</span></div>${band}`
  await page.setContent(`<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${sheet.title}</title><style>${fonts}${style(hue)}</style></head><body>
<section class="page"><header><div><p class="owner">${petals(44)} Ville de Valbrune</p><h1>${sheet.title}</h1><p class="sub">${french(sheet.subtitle)}</p></div><img alt="" src="${await picture(sheet.picture, 620, 56, 640)}"></header>${french(sheet.pages[0])}${running(1)}</section>
<section class="page">${french(sheet.pages[1])}${running(2)}</section></body></html>`)
  await page.evaluate('document.fonts.ready')
  const spilled = await page.evaluate<boolean[]>(`[...document.querySelectorAll('.page')].map((page) => {
    const limit = page.getBoundingClientRect().bottom - 80
    const bottom = () => Math.max(...[...page.children].filter((child) => !child.matches('.running,.band')).map((child) => child.getBoundingClientRect().bottom))
    let size = 11
    while (size < 14 && bottom() <= limit) { size += 0.2; page.style.fontSize = size + 'pt' }
    if (bottom() > limit) page.style.fontSize = (size - 0.2) + 'pt'
    return bottom() > limit
  })`)
  if (spilled.includes(true)) console.warn(`${sheet.name}: a page spills over`, spilled)
  await page.pdf({
    path: join(filesFolder, `${sheet.name}.pdf`),
    tagged: true,
    outline: true,
    printBackground: true,
    preferCSSPageSize: true
  })
  console.log(sheet.name)
}
await browser.close()
