import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { startBrowser } from './browser.ts'
import { french, hues, petals, picture, printFontFaces } from './design.ts'
import { filesFolder } from './folder.ts'
import { type Article, type Issue, issues } from './magazine-text.ts'
import { brick, type Hue, ink, lagoon, leaf, ochre, paper, plum } from './palette.ts'

const run = promisify(execFile)
const boxes: Record<Issue['hue'], Hue> = { brick, ochre, leaf, lagoon, plum }

const style = (hue: Hue): string => `
@page{size:A4;margin:0}*{box-sizing:border-box;margin:0}
body{font:10.6pt/1.5 'Atkinson Hyperlegible Next';color:${ink.deep};background:${paper.light};-webkit-print-color-adjust:exact}
.page{width:210mm;height:296.9mm;overflow:hidden;position:relative;padding:17mm 17mm 20mm;break-after:page;background:${paper.light}}
.page:last-child{break-after:auto}
h1,h2,h3,.running,.kicker,.name{font-family:'Bricolage Grotesque';letter-spacing:-.015em;line-height:1.06}
.cover{padding:0;background:${hue.pale}}
.cover header{padding:13mm 15mm 7mm;display:flex;justify-content:space-between;align-items:end}
.cover .name{font-size:78pt;font-weight:800;line-height:.8;color:${hue.deep}}
.cover .date{text-align:right;font:700 12pt/1.35 'Bricolage Grotesque';color:${hue.deep}}
.cover img{display:block;width:210mm;height:152mm;object-fit:cover}
.cover .words{padding:9mm 15mm;display:grid;grid-template-columns:1fr auto;gap:8mm}
.cover h1{font-size:37pt;font-weight:700;color:${ink.deep};max-width:150mm}
.cover p{font-size:13pt;margin-top:4mm;max-width:140mm}
.band{position:absolute;inset:auto 0 0;display:flex;height:6mm}.band i{flex:1}
.running{position:absolute;left:17mm;right:17mm;bottom:8mm;display:flex;justify-content:space-between;font-size:8.5pt;font-weight:500;color:${ink.soft};border-top:.4mm solid ${hue.base};padding-top:2.2mm}
.kicker{font-size:10.5pt;font-weight:700;color:${hue.deep};margin-bottom:3mm;display:flex;align-items:center;gap:3mm}.kicker::before{content:'';width:12mm;height:2.4mm;background:${hue.base}}
h2{font-size:29pt;font-weight:700;margin-bottom:7mm;max-width:165mm;text-wrap:balance}
h3{font-size:13.5pt;font-weight:700;color:${hue.deep};margin:3.4mm 0 1.6mm;break-after:avoid}
p+p,ul{margin-top:2.4mm}ul{padding-left:5mm}li{margin-bottom:1.2mm}li::marker{color:${hue.base}}
blockquote{margin:5mm 0;padding:3.5mm 5mm;border-left:2.4mm solid ${hue.base};background:${hue.pale};font:700 14.5pt/1.22 'Bricolage Grotesque';break-inside:avoid}
.columns{font-size:var(--size,10.6pt);columns:2;column-gap:9mm}.columns p{orphans:3;widows:3}
.picture{display:block;width:100%;height:var(--tall,92mm);object-fit:cover;margin-bottom:6mm}.picture.last{margin:8mm 0 0;height:var(--tall,60mm)}
.editorial{display:grid;grid-template-columns:1fr 58mm;gap:11mm}.editorial .text{font-size:var(--size,12pt);line-height:1.5}
.contents{background:${hue.pale};padding:6mm;align-self:start}.contents h3{margin-top:0}.contents ol{list-style:none;padding:0;margin:0}.contents li{padding:2.6mm 0;border-top:.3mm solid ${hue.light};font-weight:700;line-height:1.25;margin:0}
.job,.pair,.closing{font-size:var(--size,10.6pt)}.job{display:grid;grid-template-columns:68mm 1fr;gap:9mm;margin-bottom:10mm;align-items:start}.job img{width:68mm;height:68mm;object-fit:cover;border-radius:50%}.job h2{font-size:23pt;margin-bottom:4mm}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:9mm}.box{padding:7mm;background:${hue.pale}}.box h2{font-size:17pt;margin-bottom:4mm}.box.strong{background:${hue.deep};color:${paper.light}}.box.strong h2{color:${paper.light}}
.closing svg{flex:none}.closing{margin-top:10mm;display:flex;gap:6mm;align-items:center;color:${ink.base}}
`

// The editorial's own picture: what the number speaks of, seen from the people's side.
const editorialPictures: Record<number, string> = {
  1: 'demarche-moment-convivial',
  2: 'direction-cadre-de-vie',
  3: 'album-ateliers-4',
  4: 'album-journee-6'
}
const band = `<div class="band" aria-hidden="true">${hues.map((hue) => `<i style="background:${hue.base}"></i>`).join('')}</div>`
const readable = (article: Article): string => french(article.html)

const layout = async (issue: Issue, fonts: string): Promise<string> => {
  const hue = boxes[issue.hue]
  let number = 1
  const running = () => {
    number += 1
    return `<div class="running"><span>Entre nous n°\u00a0${issue.number}</span><span>${issue.season}</span><span>${number}</span></div>`
  }
  const find = (kind: Article['kind']) => issue.articles.filter((article) => article.kind === kind)
  const [editorial] = find('editorial')
  const [portrait] = find('portrait')
  const [agenda] = find('agenda')
  const [practical] = find('practical')
  const articles = find('article')
  const cover = `<section class="page cover"><header><div class="name">Entre<br>nous</div><div class="date">N°\u00a0${issue.number}<br>${issue.season}<br>Le journal des agents<br>de la ville de Valbrune</div></header><img alt="" src="${await picture(issue.cover, 1060, 54)}"><div class="words"><div><h1>${french(issue.title)}</h1><p>${french(issue.summary)}</p></div>${petals(96)}</div>${band}</section>`
  const opening = editorial
    ? `<section class="page"><p class="kicker">Éditorial</p><h2>${editorial.title}</h2><div class="editorial"><div class="text">${readable(editorial)}</div><aside class="contents"><h3>Dans ce numéro</h3><ol>${issue.articles
        .filter((article) => article !== editorial)
        .map((article) => `<li>${french(article.title)}</li>`)
        .join(
          ''
        )}</ol></aside></div><img class="picture last" alt="" src="${await picture(editorialPictures[issue.number] ?? issue.cover, 800, 48, 420)}">${running()}</section>`
    : ''
  const middle = await Promise.all(
    articles.map(
      async (article, index) =>
        `<section class="page"><p class="kicker">${index === 0 ? 'À la une' : index === 1 ? 'Reportage' : 'Entre nous'}</p><h2>${french(article.title)}</h2><img class="picture" alt="" src="${await picture(article.picture ?? issue.cover, 860, 50, 570)}"><div class="columns">${readable(article)}</div>${running()}</section>`
    )
  )
  const closing = `<section class="page"><p class="kicker">Portrait d’un métier</p>${portrait ? `<div class="job"><img alt="" src="${await picture(portrait.picture ?? 'equipe-1', 360, 62)}"><div><h2>${french(portrait.title)}</h2>${readable(portrait)}</div></div>` : ''}<div class="pair">${agenda ? `<div class="box"><h2>${agenda.title}</h2>${readable(agenda)}</div>` : ''}${practical ? `<div class="box strong"><h2>${french(practical.title)}</h2>${readable(practical)}</div>` : ''}</div><div class="closing">${petals(70)}<p><strong>Entre nous</strong>, journal interne de la ville de Valbrune. Rédaction : direction de la communication, avec les référentes et référents des huit directions. Imprimé à l’atelier municipal sur papier recyclé.</p></div>${running()}</section>`
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Entre nous n°\u00a0${issue.number}, ${issue.season} : ${french(issue.title)}</title><style>${fonts}${style(hue)}</style></head><body>${cover}${opening}${middle.join('')}${closing}</body></html>`
}

const browser = await startBrowser()
const page = await browser.newPage()
const fonts = await printFontFaces()
for (const issue of issues) {
  const name = `entre-nous-${issue.number}`
  const file = join(filesFolder, `${name}.pdf`)
  await page.setContent(await layout(issue, fonts))
  await page.evaluate('document.fonts.ready')
  // Each page is filled by its own text: letters grow first, then the picture.
  const spilled = await page.evaluate<boolean[]>(`[...document.querySelectorAll('.page:not(.cover)')].map((page) => {
    const limit = page.getBoundingClientRect().bottom - 74
    const bottom = () => Math.max(...[...page.children].filter((child) => !child.matches('.running')).map((child) => child.getBoundingClientRect().bottom))
    const grow = (name, from, to, step, unit) => {
      let value = from
      while (value < to && bottom() <= limit) { value += step; page.style.setProperty(name, value + unit) }
      if (bottom() > limit) page.style.setProperty(name, (value - step) + unit)
    }
    grow('--size', 10.6, 14, 0.2, 'pt')
    grow('--tall', page.querySelector('.last') ? 60 : 92, 138, 2, 'mm')
    return bottom() > limit
  })`)
  if (spilled.includes(true)) console.warn(`${name}: a page spills over`, spilled)
  await page.pdf({ path: file, tagged: true, outline: true, printBackground: true, preferCSSPageSize: true })
  await writeFile(
    join(filesFolder, `${name}.json`),
    `${JSON.stringify(
      {
        number: issue.number,
        title: french(issue.title),
        season: issue.season,
        summary: french(issue.summary),
        articles: issue.articles.map((article) => ({ title: french(article.title), html: readable(article) }))
      },
      null,
      2
    )}\n`
  )
  const folder = await mkdtemp(join(tmpdir(), 'cover-'))
  await run('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', '-png', file, join(folder, 'cover')])
  const cover = join(folder, 'cover-1.png')
  await sharp(cover)
    .resize(900)
    .jpeg({ quality: 70, mozjpeg: true })
    .toFile(join(filesFolder, `${name}-couverture.jpg`))
  await rm(folder, { recursive: true })
  console.log(name)
}
await browser.close()
