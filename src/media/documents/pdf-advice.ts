/** Can everyone read this PDF (RGAA 13.3)? What it lacks for that, and how to give it, in the programs agents write with. */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Media } from '../../db/schema.ts'

export type PdfDescription = Pick<
  Selectable<Media>,
  'page_count' | 'pdf_title' | 'pdf_language' | 'pdf_is_tagged' | 'pdf_text_pages'
>

export interface PdfLack {
  what: string
  how: string
}

// What programs write where nobody gave a title.
const filenameAsTitle = String.raw`\.(docx?|odt|pptx?|odp|xlsx?|indd|pdf)$`

/** What is not known is not held against it. */
export function pdfLacks(pdf: PdfDescription): PdfLack[] {
  const lacks: (PdfLack | false)[] = [
    isScan(pdf) && {
      what: 'C’est un scan\u00a0: des images de pages, sans texte. Un lecteur d’écran n’y lit rien, et la recherche n’y trouve rien.',
      how: 'Partez du document d’origine et exportez-le en PDF. S’il n’existe que sur papier, faites-le passer par la reconnaissance de texte de votre scanner («\u00a0PDF avec recherche\u00a0», OCR), puis relisez.'
    },
    pdf.pdf_is_tagged === false && {
      what: 'Il n’est pas balisé\u00a0: titres, listes et tableaux n’y sont que du dessin.',
      how: 'Dans Word\u00a0: Enregistrer sous, PDF, Options, cochez «\u00a0Balises de structure de document pour l’accessibilité\u00a0». Dans LibreOffice\u00a0: Exporter au format PDF, cochez «\u00a0PDF balisé\u00a0» (ou «\u00a0Accessibilité universelle\u00a0»). Écrivez les titres avec les styles «\u00a0Titre 1\u00a0», «\u00a0Titre 2\u00a0».'
    },
    pdf.pdf_language === '' && {
      what: 'Il ne dit pas sa langue\u00a0: une voix anglaise peut lire du français.',
      how: 'Dans Word\u00a0: Révision, Langue, Définir la langue de vérification, Français. Dans LibreOffice\u00a0: Outils, Langue, Pour tout le texte, Français. Puis exportez de nouveau.'
    },
    pdf.pdf_title !== null &&
      (pdf.pdf_title === '' || new RegExp(filenameAsTitle, 'i').test(pdf.pdf_title)) && {
        what: 'Il n’a pas de titre à lui\u00a0: c’est un nom de fichier qui est annoncé à l’ouverture.',
        how: 'Dans Word\u00a0: Fichier, Informations, Titre. Dans LibreOffice\u00a0: Fichier, Propriétés, Description, Titre. Puis exportez de nouveau.'
      }
  ]
  return lacks.filter((lack) => lack !== false)
}

/** Fewer than one page in two holds words: a scan, perhaps with a cover that was typed. */
export function isScan({ page_count, pdf_text_pages }: PdfDescription): boolean {
  return page_count !== null && pdf_text_pages !== null && pdf_text_pages * 2 < page_count
}

/** The same, of rows of `media`. */
export function isPdfToImprove(): RawBuilder<boolean> {
  return sql<boolean>`(media.kind = 'pdf' and (
    media.pdf_text_pages * 2 < media.page_count or media.pdf_is_tagged = false or media.pdf_language = ''
    or media.pdf_title = '' or media.pdf_title ~* ${filenameAsTitle}))`
}
