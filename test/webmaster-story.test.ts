/**
 * The whole life of a sheet, by somebody who knows nothing but the words on the screen: with a mouse, with the keys alone, and
 * on a phone. Real Chromium, real mail server, real files.
 */
import path from 'node:path'
import type { Locator } from 'playwright-core'
import t, { type Test } from 'tap'
import { type BrowserContext, openBrowser, type Page } from './support/browser.ts'
import { openSite } from './support/site.ts'

t.setTimeout(400_000)
const site = await openSite(t, { listen: true })
const browser = await openBrowser(t, site.origin)

const files = path.join(import.meta.dirname, '../src/demonstration/files')
const photo = path.join(files, 'album-ateliers-1.jpg')
const deck = path.join(files, 'deck-education.pptx')
const newcomer = 'maya.roche@valbrune.example'

type Role = 'button' | 'link' | 'textbox' | 'radio' | 'checkbox' | 'combobox'

/** What a person does with a page; every control is found by its role and its name. */
interface Hands {
  press(role: Role, name: string | RegExp): Promise<void>
  write(name: string | RegExp, text: string): Promise<void>
  choose(name: string, option: string): Promise<void>
  open(summary: string): Promise<void>
  bring(file: string, zone: string, label: string): Promise<void>
}

function control(page: Page, role: Role, name: string | RegExp) {
  return page.getByRole(role, { name, exact: typeof name === 'string' }).first()
}

function withPointer(page: Page, { drops }: { drops: boolean }): Hands {
  return {
    press: (role, name) => control(page, role, name).click(),
    write: async (name, text) => {
      const field = control(page, 'textbox', name)
      await field.click()
      await page.keyboard.type(text)
    },
    choose: async (name, option) => {
      await page.getByLabel(name, { exact: true }).selectOption({ label: option })
    },
    open: (summary) => page.locator('summary', { hasText: summary }).first().click(),
    bring: async (file, zone, label) => {
      await page.getByText(label).waitFor()
      if (drops) return drop(page, file, zone)
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('group', { name: zone }).getByText(label).click()
      await (await chooser).setFiles(file)
    }
  }
}

/** Only keys: Tab until the focus is there, then what a keyboard can do to it. */
function withKeys(page: Page): Hands {
  async function reach(locator: Locator): Promise<void> {
    await locator.waitFor()
    for (let presses = 0; presses < 400; presses += 1) {
      if (await hasFocus(locator)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`The keys never reach ${locator}.`)
  }
  return {
    press: async (role, name) => {
      await reach(control(page, role, name))
      await page.keyboard.press(role === 'link' ? 'Enter' : 'Space')
    },
    write: async (name, text) => {
      await reach(control(page, 'textbox', name))
      await page.keyboard.press('End')
      await page.keyboard.type(text)
    },
    choose: async (name, option) => {
      await reach(control(page, 'combobox', name))
      await page.keyboard.type(option)
    },
    open: async (summary) => {
      await reach(page.locator('summary', { hasText: summary }).first())
      await page.keyboard.press('Enter')
    },
    bring: async (file, zone, label) => {
      await reach(page.getByRole('group', { name: zone }).getByLabel(label))
      const chooser = page.waitForEvent('filechooser')
      await page.keyboard.press('Space')
      await (await chooser).setFiles(file)
    }
  }
}

async function hasFocus(locator: Locator): Promise<boolean> {
  const focused = await locator.and(locator.page().locator(':focus, :focus-within')).count()
  return focused > 0
}

/** What the browser does when a file of the desk is let go over the page. */
async function drop(page: Page, file: string, zone: string): Promise<void> {
  const { readFile } = await import('node:fs/promises')
  const bytes = (await readFile(file)).toString('base64')
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer()
    const bytes = Uint8Array.from(atob('${bytes}'), (letter) => letter.charCodeAt(0))
    data.items.add(new File([bytes], '${path.basename(file)}', { type: '${file.endsWith('.jpg') ? 'image/jpeg' : ''}' }))
    return data
  })()`)
  await page.dispatchEvent(`fieldset:has(> legend:text-is("${zone}"))`, 'drop', { dataTransfer: transfer })
}

async function signIn(context: BrowserContext, hands: (page: Page) => Hands, email: string): Promise<Page> {
  const page = await context.newPage()
  // Listened to all along: told of it at the very moment of a key, Chromium sometimes opens its own window.
  page.on('filechooser', () => undefined)
  await page.goto(`${site.origin}/connexion`)
  await hands(page).write(/adresse électronique/, email.split('@')[0] ?? '')
  await hands(page).press('button', /Recevoir/)
  await page.waitForURL('**/connexion/code')
  const message = await site.mailbox.next((received) => received.to.includes(email))
  const code = /\b(\d{3})\s?(\d{3})\b/.exec(message.subject)?.slice(1).join('') ?? ''
  await hands(page).write(/Code/, code)
  await hands(page).press('button', /Se connecter/)
  await page.waitForURL(`${site.origin}/`)
  return page
}

/** The sentence may still be there from the publication before: it counts once the page has come back. */
async function publish(page: Page, hands: Hands): Promise<void> {
  const back = page.waitForEvent('load')
  await hands.press('button', 'Publier')
  await back
  await page.getByText('C’est publié').waitFor()
}

async function readAs(t: Test, slug: string): Promise<string> {
  const page = await site.visit(`/actions/${slug}`, { as: 'camille' })
  t.comment(`an agent gets ${page.status}`)
  return `${page.status} ${page.html} ${page.text}`
}

const ways: { name: string; viewport: { width: number; height: number }; hands: (page: Page) => Hands }[] = [
  { name: 'with a mouse', viewport: { width: 1280, height: 900 }, hands: (page) => withPointer(page, { drops: true }) },
  { name: 'with the keys alone', viewport: { width: 1280, height: 900 }, hands: withKeys },
  { name: 'on a phone', viewport: { width: 360, height: 740 }, hands: (page) => withPointer(page, { drops: false }) }
]

await site.db.insertInto('agents').values({ email: newcomer, name: 'Maya Roche', role: 'webmaster' }).execute()

for (const { name, viewport, hands: handsOf } of ways) {
  t.test(`a new webmaster writes, illustrates, publishes, undoes and restores a sheet, ${name}`, async (t) => {
    const context = await browser.newVisitor(t, { viewport, acceptDownloads: false })
    const page = await signIn(context, handsOf, newcomer)
    const hands = handsOf(page)
    const title = `Prêter des vélos aux équipes, ${name}`

    await page.goto(`${site.origin}/gestion`)
    await hands.press('button', 'Créer une action')
    await page.waitForURL('**/gestion/actions/*')
    const address = page.url()
    await hands.write('Titre', title)
    await hands.choose('Engagement', '2. Travailler ensemble')
    await hands.bring(photo, 'Image de la fiche', 'Déposer une image ici ou la choisir')
    await page.getByLabel('Informative\u00a0: décrivez-la').waitFor({ timeout: 20_000 })
    await hands.press('radio', 'Informative\u00a0: décrivez-la')
    await hands.write('Texte alternatif, en une phrase', 'Deux agents réparent un vélo')
    await hands.press('button', 'Enregistrer ce texte')
    await page.getByText('Texte alternatif\u00a0: Deux agents réparent un vélo', { exact: true }).waitFor()
    await hands.write('Synthèse', 'Des vélos prêtés à la journée.')
    await hands.write('Date', 'Fin 2026')
    await hands.write('Ce qui s’est passé, ou ce qui est prévu', 'Dix vélos livrés')
    await hands.write('Services', 'Espaces verts')
    await hands.bring(deck, 'Documents attachés', 'Déposer un fichier ici ou le choisir')
    await publish(page, hands)

    const { slug } = await site.db
      .selectFrom('actions')
      .select('slug')
      .where('title', '=', title)
      .executeTakeFirstOrThrow()
    const read = await readAs(t, slug)
    for (const words of [
      'Des vélos prêtés à la journée.',
      'Dix vélos livrés',
      'Espaces verts',
      'Deux agents réparent un vélo'
    ])
      t.ok(read.includes(words), words)
    t.match(read, /deck.education/i)

    await hands.write('Synthèse', ' Et le week-end.')
    await publish(page, hands)
    t.match(await readAs(t, slug), 'Et le week-end.')

    await hands.press('link', 'Historique')
    await page.waitForURL('**/historique')
    await hands.open('Comparer deux versions')
    await hands.press('button', 'Comparer')
    await page.getByText('Et le week-end').first().waitFor()
    await hands.press('button', /Reprendre/)
    await page.waitForURL(address)
    await publish(page, hands)

    await hands.open('Retirer')
    await hands.write('Pourquoi retirer cette page', 'Les vélos sont en révision')
    await hands.press('button', 'Retirer la page')
    await page.getByText('La page est retirée').waitFor()
    t.match(await readAs(t, slug), /^4(04|10) /)

    await hands.press('button', 'Mettre à la corbeille')
    await page.waitForURL('**/gestion/corbeille')
    await page.getByText(title).first().waitFor()
    await hands.press('button', /(Restaurer|Sortir).*/)
    await page.getByText('C’est sorti de la corbeille').waitFor()
    await page.goto(address)
    await publish(page, hands)
    t.match(await readAs(t, slug), /^200 /)
  })
}
