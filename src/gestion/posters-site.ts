/** The sheet to cut: twenty key rings and three badges on one page A4, printed at its true size. */
import { type Card, type CardSite, cardOf } from './posters-cards.ts'
import { drawCode, millimetre, type Print, printable, printPage } from './posters-pdf.ts'
import { fitText } from './posters-text.ts'

const margin = 17 * millimetre
const guide = '#9a9a9a'

export function sitePdf(site: CardSite): Promise<Buffer> {
  const ring = cardOf('porte-cles', site)
  const badge = cardOf('badge', site)
  return printPage({ title: `Porte-clés et badges\u00a0: ${site.cityName}`, author: site.cityName }, (print) => {
    const width = 176 * millimetre
    const title = fitText('Porte-clés et badges', print.measure('title'), {
      width,
      largest: 24,
      smallest: 18,
      lines: () => 1
    })
    print.tag('H1', () => void print.lines('title', title, { x: margin, y: margin + 16, colour: '#1a1a1a' }))
    const advice = fitText(
      printable(
        'Imprimez à la taille réelle (100\u00a0%, sans « ajuster à la page »), sur papier épais. Découpez au carré ou au cercle, puis essayez un code avec un téléphone avant de tout découper.'
      ),
      print.measure('text'),
      { width, largest: 11, smallest: 9, lines: () => 3 }
    )
    print.tag('P', () => void print.lines('text', advice, { x: margin, y: margin + 38, colour: '#1a1a1a' }))

    const gap = 4
    const top = margin / millimetre + 26
    for (let index = 0; index < 20; index += 1) {
      const at = { x: 17 + 3 + (index % 5) * (30 + gap + 1), y: top + Math.floor(index / 5) * (30 + gap) }
      drawOne(print, ring, at, index === 0, true)
    }
    for (let index = 0; index < 3; index += 1) {
      drawOne(print, badge, { x: 17 + 3 + index * (54 + gap), y: top + 4 * (30 + gap) + 4 }, index === 0, false)
    }
  })
}

/** The first of each is read aloud; its copies are ornament. `at` is in millimetres. */
function drawOne(print: Print, card: Card, at: { x: number; y: number }, isRead: boolean, isRound: boolean): void {
  const draw = () => drawCard(print, card, at)
  if (isRead) print.tag('Figure', draw, card.title)
  else print.decorate(draw)
  print.decorate(() => {
    const { document } = print
    document.lineWidth(0.3).strokeColor(guide)
    document.rect(at.x * millimetre, at.y * millimetre, card.width * millimetre, card.height * millimetre).stroke()
    if (!isRound) return
    const radius = (card.width / 2) * millimetre
    document
      .circle(at.x * millimetre + radius, at.y * millimetre + radius, radius)
      .dash(2, { space: 2 })
      .stroke()
      .undash()
  })
}

function drawCard(print: Print, card: Card, at: { x: number; y: number }): void {
  const { document } = print
  for (const band of card.bands) {
    const box = [at.x + band.x, at.y + band.y, band.width, band.height].map((value) => value * millimetre)
    document.rect(box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0).fill(band.colour)
  }
  drawCode(document, card.code.drawing, {
    x: (at.x + card.code.x) * millimetre,
    y: (at.y + card.code.y) * millimetre,
    side: card.code.side * millimetre
  })
  for (const line of card.lines) {
    const face = line.bold ? 'bold' : 'text'
    const size = line.size * millimetre
    const text = printable(line.text)
    const x = (at.x + card.width / 2) * millimetre - (print.measure(face)(text) * size) / 2
    print.lines(face, { size, lines: [text] }, { x, y: (at.y + line.y) * millimetre, colour: '#000' })
  }
}
