import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strToU8, zipSync } from 'fflate'
import sharp from 'sharp'
import { french, hues } from './design.ts'
import { filesFolder } from './folder.ts'
import { brick, type Hue, ink, ochre, paper, plum } from './palette.ts'

const run = promisify(execFile)

interface Slide {
  title: string
  /** Each line is a paragraph of the slide. */
  lines: readonly string[]
  notes?: string
  picture?: string
  kind?: 'cover' | 'figures' | 'end'
  figures?: readonly (readonly [string, string])[]
}

interface Deck {
  name: string
  title: string
  hue: Hue
  slides: readonly Slide[]
}

const decks: readonly Deck[] = [
  {
    name: 'deck-culture',
    title: 'Projet de la direction de la Culture',
    hue: plum,
    slides: [
      {
        kind: 'cover',
        title: 'Projet de la direction de la Culture',
        lines: ['Ville de Valbrune', 'Projet d’administration, 2023-2026'],
        picture: 'direction-culture',
        notes:
          'Accueillir, rappeler que ce projet a été écrit avec toute la direction : médiathèque, théâtre, conservatoire, archives. Durée : quinze minutes, puis échange.'
      },
      {
        title: 'Qui nous sommes',
        lines: [
          'Une médiathèque et ses deux annexes',
          'Un théâtre de 420 places',
          'Un conservatoire de musique et de danse',
          'Les archives municipales',
          '64 agents, au service de 31 000 habitants'
        ],
        picture: 'album-ateliers-6',
        notes:
          'Insister sur la diversité des métiers : régie, accueil, enseignement, conservation, médiation, administration.'
      },
      {
        kind: 'figures',
        title: 'Une année en quatre chiffres',
        lines: [],
        figures: [
          ['96 000', 'entrées à la médiathèque'],
          ['74', 'représentations au théâtre'],
          ['610', 'élèves au conservatoire'],
          ['38', 'classes accueillies']
        ]
      },
      {
        title: 'Ce que vous nous avez dit',
        lines: [
          '« Les horaires ne sont pas ceux des gens qui travaillent. »',
          '« Entre services, on découvre les projets des autres trop tard. »',
          '« Le théâtre, je passe devant, je n’ose pas entrer. »'
        ],
        picture: 'album-ateliers-5',
        notes: 'Paroles relevées dans les six ateliers de 2021 et dans les boîtes à idées. Elles sont citées sans nom.'
      },
      {
        title: 'Action 1. Une médiathèque ouverte plus tard',
        lines: [
          'Ouverture jusqu’à 20 h le jeudi, depuis septembre 2024',
          'Des plannings choisis par l’équipe, revus chaque trimestre',
          'Premier bilan : 40 % de nouveaux visiteurs le jeudi soir'
        ]
      },
      {
        title: 'Action 2. La scène dans les quartiers',
        lines: [
          'Six soirées par an, dans les cours d’école et les parcs',
          'Avec les directions de l’Éducation et du Cadre de vie',
          'Un spectacle, un repas partagé, une visite des coulisses'
        ],
        picture: 'album-journee-3',
        notes: 'La régie mobile est achetée. La prochaine soirée a lieu au parc des Tilleuls.'
      },
      {
        title: 'Action 3. Un agenda commun à toute la ville',
        lines: [
          'Un seul calendrier pour les services et les associations',
          'Moins de dates en double, des salles mieux partagées',
          'Prévu : premier trimestre 2026, avec la direction du Numérique'
        ]
      },
      {
        kind: 'end',
        title: 'Et maintenant ?',
        lines: [
          'Un point d’étape à chaque réunion de direction',
          'La page de la direction, tenue à jour chaque mois',
          'Vos idées sont attendues : parlez-en à votre référente'
        ],
        notes: 'Conclure par la date de la prochaine rencontre et ouvrir la discussion.'
      }
    ]
  },
  {
    name: 'deck-education',
    title: 'Projet de la direction de l’Éducation et de l’Enfance',
    hue: brick,
    slides: [
      {
        kind: 'cover',
        title: 'Projet de la direction de l’Éducation et de l’Enfance',
        lines: ['Ville de Valbrune', 'Projet d’administration, 2023-2026'],
        picture: 'direction-education',
        notes: 'Présentation faite aux équipes des écoles et des centres de loisirs à la rentrée.'
      },
      {
        title: 'Une journée d’enfant, une seule équipe',
        lines: [
          'Accueil du matin, classe, repas, étude, centre de loisirs',
          '11 écoles, 186 agents, 2 900 enfants',
          'Un référent par école, du premier au dernier accueil'
        ],
        notes: 'Partir du parcours de l’enfant plutôt que de l’organigramme.'
      },
      {
        title: 'Des métiers mieux reconnus',
        lines: [
          'Un tutorat pour chaque nouvelle arrivée',
          'Trois jours de formation par an, sur le temps de travail',
          'Des remplacements organisés par secteur'
        ],
        picture: 'album-ateliers-3',
        notes: 'Le tutorat concerne déjà vingt-deux agents.'
      },
      {
        title: 'Des cours d’école plus vertes',
        lines: [
          'Quatre cours transformées depuis 2023',
          'Des arbres, de l’ombre, un sol qui laisse passer l’eau',
          'Un chantier suivi avec le Cadre de vie et les enfants'
        ],
        picture: 'direction-cadre-de-vie'
      },
      {
        kind: 'end',
        title: 'Prochaines étapes',
        lines: [
          'Printemps : ouverture de la cinquième cour',
          'Juin : bilan du tutorat',
          'Septembre : inscription aux activités en une seule fois'
        ]
      }
    ]
  }
]

const emu = (pixels: number): number => Math.round(pixels * 9525)
const hex = (colour: string): string => colour.slice(1).toUpperCase()
const escaped = (text: string): string =>
  french(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const namespaces =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

interface Frame {
  x: number
  y: number
  width: number
  height: number
}

const place = ({ x, y, width, height }: Frame): string =>
  `<a:xfrm><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm>`

const block = (id: number, frame: Frame, colour: string): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Aplat ${id}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>${place(frame)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="${hex(colour)}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="fr-FR"/></a:p></p:txBody></p:sp>`

interface Words {
  id: number
  name: string
  frame: Frame
  paragraphs: readonly { text: string; size: number; colour: string; bold?: boolean; after?: number; bullet?: string }[]
  placeholder?: string
  anchor?: 't' | 'ctr' | 'b'
  font?: 'major' | 'minor'
}

const words = ({ id, name, frame, paragraphs, placeholder, anchor = 't', font = 'minor' }: Words): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr${placeholder ? '><a:spLocks noGrp="1"/></p:cNvSpPr>' : ' txBox="1"/>'}<p:nvPr>${placeholder ? `<p:ph ${placeholder}/>` : ''}</p:nvPr></p:nvSpPr><p:spPr>${place(frame)}${placeholder ? '' : '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'}</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="${anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle/>${paragraphs
    .map(
      ({ text, size, colour, bold, after = 0, bullet }) =>
        `<a:p><a:pPr${bullet ? ` marL="${emu(34)}" indent="${-emu(34)}"` : ' marL="0" indent="0"'}><a:lnSpc><a:spcPct val="${font === 'major' ? 92000 : 104000}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="${after * 100}"/></a:spcAft>${bullet ? `<a:buClr><a:srgbClr val="${hex(bullet)}"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>` : '<a:buNone/>'}</a:pPr><a:r><a:rPr lang="fr-FR" sz="${size * 100}" b="${bold ? 1 : 0}" dirty="0"><a:solidFill><a:srgbClr val="${hex(colour)}"/></a:solidFill><a:latin typeface="+${font === 'major' ? 'mj' : 'mn'}-lt"/></a:rPr><a:t>${escaped(text)}</a:t></a:r></a:p>`
    )
    .join('')}</p:txBody></p:sp>`

const image = (id: number, frame: Frame, description: string): string =>
  `<p:pic><p:nvPicPr><p:cNvPr id="${id}" name="Illustration" descr="${escaped(description)}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${place(frame)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`

const tree = (shapes: string): string =>
  `<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>${shapes}</p:spTree></p:cSld>`

const background = (colour: string): string =>
  `<p:bg><p:bgPr><a:solidFill><a:srgbClr val="${hex(colour)}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>`
const withBackground = (content: string, colour: string): string =>
  content.replace('<p:cSld>', `<p:cSld>${background(colour)}`)

const slideFrame = (slide: Slide): Frame =>
  slide.kind === 'cover' ? { x: 660, y: 0, width: 620, height: 690 } : { x: 760, y: 150, width: 460, height: 430 }

const slideXml = (deck: Deck, slide: Slide, number: number): string => {
  const cover = slide.kind === 'cover'
  const end = slide.kind === 'end'
  const shapes: string[] = []
  if (!cover) shapes.push(block(20, { x: 0, y: 0, width: 28, height: 690 }, deck.hue.base))
  hues.forEach((hue, index) => {
    shapes.push(block(30 + index, { x: index * 256, y: 690, width: 256, height: 30 }, hue.base))
  })
  if (slide.picture) shapes.push(image(10, slideFrame(slide), `Illustration : ${slide.title}`))
  shapes.push(
    words({
      id: 2,
      name: 'Titre',
      placeholder: 'type="title"',
      font: 'major',
      anchor: cover ? 'b' : 't',
      frame: cover
        ? { x: 76, y: 120, width: 540, height: 300 }
        : { x: 92, y: 76, width: slide.picture ? 1100 : 1100, height: 70 },
      paragraphs: [
        {
          text: slide.title,
          size: cover ? 40 : 34,
          colour: end ? paper.light : cover ? deck.hue.deep : ink.deep,
          bold: true
        }
      ]
    })
  )
  if (slide.lines.length > 0)
    shapes.push(
      words({
        id: 3,
        name: 'Texte',
        placeholder: 'type="body" idx="1"',
        frame: cover
          ? { x: 76, y: 450, width: 540, height: 140 }
          : { x: 92, y: 190, width: slide.picture ? 620 : 1060, height: 440 },
        paragraphs: slide.lines.map((text) => ({
          text,
          size: cover ? 20 : slide.picture ? 24 : 28,
          colour: end ? paper.light : cover ? ink.base : ink.base,
          after: cover ? 4 : slide.picture ? 16 : 22,
          ...(cover || text.startsWith('«') ? {} : { bullet: end ? ochre.light : deck.hue.base })
        }))
      })
    )
  slide.figures?.forEach(([figure, meaning], index) => {
    const x = 92 + (index % 2) * 560
    const y = 190 + Math.floor(index / 2) * 235
    shapes.push(
      block(40 + index, { x, y, width: 520, height: 205 }, deck.hue.pale),
      words({
        id: 50 + index * 2,
        name: `Chiffre ${index + 1}`,
        font: 'major',
        frame: { x: x + 36, y: y + 30, width: 450, height: 90 },
        paragraphs: [{ text: figure, size: 54, colour: deck.hue.deep, bold: true }]
      }),
      words({
        id: 51 + index * 2,
        name: `Sens du chiffre ${index + 1}`,
        frame: { x: x + 36, y: y + 134, width: 450, height: 50 },
        paragraphs: [{ text: meaning, size: 20, colour: ink.base }]
      })
    )
  })
  if (!cover)
    shapes.push(
      words({
        id: 4,
        name: 'Numéro',
        frame: { x: 1120, y: 648, width: 120, height: 26 },
        paragraphs: [{ text: `${number} / ${deck.slides.length}`, size: 12, colour: end ? paper.deep : ink.soft }]
      })
    )
  return `${head}<p:sld ${namespaces}>${withBackground(tree(shapes.join('')), end ? deck.hue.deep : paper.light)}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`
}

const relations = (list: readonly (readonly [string, string, string])[]): string =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type.startsWith('http') ? type : `${office}/${type}`}" Target="${target}"/>`).join('')}</Relationships>`

const theme = (name: string): string => {
  const colours = [
    ['dk1', ink.deep],
    ['lt1', '#ffffff'],
    ['dk2', ink.base],
    ['lt2', paper.light],
    ...hues.map((hue, index) => [`accent${index + 1}`, hue.base] as const),
    ['accent6', ink.soft],
    ['hlink', '#13505e'],
    ['folHlink', '#482343']
  ] as const
  const line = (width: number) => `<a:ln w="${width}"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>`
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
  return `${head}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="${name}"><a:themeElements><a:clrScheme name="Valbrune">${colours.map(([key, colour]) => `<a:${key}><a:srgbClr val="${hex(colour)}"/></a:${key}>`).join('')}</a:clrScheme><a:fontScheme name="Valbrune"><a:majorFont><a:latin typeface="Georgia"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont><a:minorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme><a:fmtScheme name="Valbrune"><a:fillStyleLst>${fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>${line(6350)}${line(12700)}${line(19050)}</a:lnStyleLst><a:effectStyleLst>${'<a:effectStyle><a:effectLst/></a:effectStyle>'.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
}

const colourMap =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
const titleFrame: Frame = { x: 92, y: 76, width: 1100, height: 70 }
const bodyFrame: Frame = { x: 92, y: 190, width: 1060, height: 440 }
const hint = (id: number, name: string, placeholder: string, frame: Frame, text: string): string =>
  words({ id, name, placeholder, frame, paragraphs: [{ text, size: 24, colour: ink.deep }] })

const pptx = async (deck: Deck): Promise<Uint8Array> => {
  const parts: Record<string, Uint8Array> = {}
  const put = (path: string, text: string) => {
    parts[path] = strToU8(text)
  }
  // Its place at the head of the package is taken now; it is filled once every part is known.
  put('[Content_Types].xml', '')
  const type = (path: string, kind: string) =>
    `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`
  const overrides = [
    type('ppt/presentation.xml', 'presentationml.presentation.main'),
    type('ppt/slideMasters/slideMaster1.xml', 'presentationml.slideMaster'),
    type('ppt/slideLayouts/slideLayout1.xml', 'presentationml.slideLayout'),
    type('ppt/notesMasters/notesMaster1.xml', 'presentationml.notesMaster'),
    type('ppt/theme/theme1.xml', 'theme'),
    type('ppt/theme/theme2.xml', 'theme'),
    type('docProps/app.xml', 'extended-properties'),
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
  ]
  for (const [index, slide] of deck.slides.entries()) {
    const number = index + 1
    const links: [string, string, string][] = [['rId1', 'slideLayout', '../slideLayouts/slideLayout1.xml']]
    put(`ppt/slides/slide${number}.xml`, slideXml(deck, slide, number))
    overrides.push(type(`ppt/slides/slide${number}.xml`, 'presentationml.slide'))
    if (slide.picture) {
      const { width, height } = slideFrame(slide)
      parts[`ppt/media/image${number}.jpg`] = await sharp(join(filesFolder, `${slide.picture}.jpg`))
        .resize(width * 1.5, height * 1.5, { fit: 'cover' })
        .jpeg({ quality: 60, mozjpeg: true })
        .toBuffer()
      links.push(['rId2', 'image', `../media/image${number}.jpg`])
    }
    if (slide.notes) {
      links.push(['rId3', 'notesSlide', `../notesSlides/notesSlide${number}.xml`])
      overrides.push(type(`ppt/notesSlides/notesSlide${number}.xml`, 'presentationml.notesSlide'))
      put(
        `ppt/notesSlides/notesSlide${number}.xml`,
        `${head}<p:notes ${namespaces}>${tree(`<p:sp><p:nvSpPr><p:cNvPr id="2" name="Image de la diapositive"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name="Commentaires"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="fr-FR"/><a:t>${escaped(slide.notes)}</a:t></a:r></a:p></p:txBody></p:sp>`)}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`
      )
      put(
        `ppt/notesSlides/_rels/notesSlide${number}.xml.rels`,
        relations([
          ['rId1', 'notesMaster', '../notesMasters/notesMaster1.xml'],
          ['rId2', 'slide', `../slides/slide${number}.xml`]
        ])
      )
    }
    put(`ppt/slides/_rels/slide${number}.xml.rels`, relations(links))
  }
  const level = (size: number) =>
    `<a:lvl1pPr marL="0" indent="0"><a:defRPr sz="${size}00"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl1pPr>`
  put(
    '[Content_Types].xml',
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/>${overrides.join('')}</Types>`
  )
  put(
    '_rels/.rels',
    relations([
      ['rId1', 'officeDocument', 'ppt/presentation.xml'],
      [
        'rId2',
        'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
        'docProps/core.xml'
      ],
      ['rId3', 'extended-properties', 'docProps/app.xml']
    ])
  )
  put(
    'docProps/core.xml',
    `${head}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(deck.title)}</dc:title><dc:creator>Ville de Valbrune</dc:creator><dc:language>fr-FR</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2025-01-15T09:00:00Z</dcterms:created></cp:coreProperties>`
  )
  put(
    'docProps/app.xml',
    `${head}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Slides>${deck.slides.length}</Slides></Properties>`
  )
  put('ppt/theme/theme1.xml', theme('Valbrune'))
  put('ppt/theme/theme2.xml', theme('Valbrune, commentaires'))
  put(
    'ppt/slideMasters/slideMaster1.xml',
    `${head}<p:sldMaster ${namespaces}>${withBackground(tree(hint(2, 'Titre', 'type="title"', titleFrame, 'Titre') + hint(3, 'Texte', 'type="body" idx="1"', bodyFrame, 'Texte')), paper.light)}${colourMap}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>${level(34)}</p:titleStyle><p:bodyStyle>${level(24)}</p:bodyStyle><p:otherStyle>${level(18)}</p:otherStyle></p:txStyles></p:sldMaster>`
  )
  put(
    'ppt/slideMasters/_rels/slideMaster1.xml.rels',
    relations([
      ['rId1', 'slideLayout', '../slideLayouts/slideLayout1.xml'],
      ['rId2', 'theme', '../theme/theme1.xml']
    ])
  )
  put(
    'ppt/slideLayouts/slideLayout1.xml',
    `${head}<p:sldLayout ${namespaces} type="obj" preserve="1">${tree(hint(2, 'Titre', 'type="title"', titleFrame, 'Titre') + hint(3, 'Texte', 'type="body" idx="1"', bodyFrame, 'Texte')).replace('<p:cSld>', '<p:cSld name="Titre et texte">')}<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`
  )
  put(
    'ppt/slideLayouts/_rels/slideLayout1.xml.rels',
    relations([['rId1', 'slideMaster', '../slideMasters/slideMaster1.xml']])
  )
  put(
    'ppt/notesMasters/notesMaster1.xml',
    `${head}<p:notesMaster ${namespaces}>${tree(`<p:sp><p:nvSpPr><p:cNvPr id="2" name="Image de la diapositive"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>${place({ x: 60, y: 80, width: 600, height: 338 })}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>${hint(3, 'Commentaires', 'type="body" idx="1"', { x: 60, y: 460, width: 600, height: 400 }, 'Commentaires')}`)}${colourMap}</p:notesMaster>`
  )
  put('ppt/notesMasters/_rels/notesMaster1.xml.rels', relations([['rId1', 'theme', '../theme/theme2.xml']]))
  put(
    'ppt/presentation.xml',
    `${head}<p:presentation ${namespaces} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>${deck.slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 10}"/>`).join('')}</p:sldIdLst><p:sldSz cx="${emu(1280)}" cy="${emu(720)}"/><p:notesSz cx="${emu(720)}" cy="${emu(1018)}"/></p:presentation>`
  )
  put(
    'ppt/_rels/presentation.xml.rels',
    relations([
      ['rId1', 'slideMaster', 'slideMasters/slideMaster1.xml'],
      ['rId2', 'notesMaster', 'notesMasters/notesMaster1.xml'],
      ['rId3', 'theme', 'theme/theme1.xml'],
      ...deck.slides.map((_, index) => [`rId${index + 10}`, 'slide', `slides/slide${index + 1}.xml`] as const)
    ])
  )
  return zipSync(parts, { level: 9, mtime: new Date('2025-01-15T09:00:00') })
}

for (const deck of decks) {
  const file = join(filesFolder, `${deck.name}.pptx`)
  await writeFile(file, await pptx(deck))
  await writeFile(
    join(filesFolder, `${deck.name}.json`),
    `${JSON.stringify(
      {
        title: french(deck.title),
        slides: deck.slides.map((slide, index) => ({
          file: `${deck.name}-${index + 1}.webp`,
          title: french(slide.title),
          text: french(
            [...slide.lines, ...(slide.figures ?? []).map(([figure, meaning]) => `${figure} ${meaning}`)].join('\n')
          ),
          notes: french(slide.notes ?? '')
        }))
      },
      null,
      2
    )}\n`
  )
  // The pictures are LibreOffice's own rendering of that very file, so that they cannot differ from it.
  const folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await run('soffice', [
    `-env:UserInstallation=file://${folder}/profile`,
    '--headless',
    '--convert-to',
    'pdf',
    '--outdir',
    folder,
    file
  ])
  await run('pdftoppm', [
    '-r',
    '96',
    '-scale-to-x',
    '1280',
    '-scale-to-y',
    '720',
    '-png',
    join(folder, `${deck.name}.pdf`),
    join(folder, 'slide')
  ])
  const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort()
  for (const [index, name] of pictures.entries())
    await sharp(join(folder, name))
      .webp({ quality: 74, effort: 6 })
      .toFile(join(filesFolder, `${deck.name}-${index + 1}.webp`))
  await rm(folder, { recursive: true })
  console.log(deck.name, pictures.length, 'slides')
}
