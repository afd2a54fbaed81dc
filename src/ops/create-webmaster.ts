/** `npm run create-webmaster -- prenom.nom@ville.fr`: who manages the site, without waiting for their first sign-in. */
import { sql } from 'kysely'
import { emailDomainsOf, nameFromAddress, readAddress } from '../accounts/addresses.ts'
import { noteInJournal } from '../web/journal.ts'
import { CommandError, runCommand } from './command.ts'

const usage = 'Indiquez l’adresse de la personne : npm run create-webmaster -- prenom.nom@ville.fr'

await runCommand(async ({ config, db }) => {
  const [typed = '', ...others] = process.argv.slice(2)
  if (typed === '' || others.length > 0) throw new CommandError(usage)
  const settings = await db.selectFrom('settings').select('email_domains').executeTakeFirstOrThrow()
  const domains = emailDomainsOf(settings, config)
  const address = readAddress(typed, domains)
  if (!address.ok) {
    throw new CommandError(
      address.problem === 'domain'
        ? `L’adresse ${typed} ne pourrait pas se connecter : ${settings.email_domains ? 'les réglages du site n’acceptent' : 'EMAIL_DOMAINS n’accepte'} que ${domains.join(', ')}.`
        : `« ${typed} » n’est pas une adresse électronique. ${usage}`
    )
  }
  const { email } = address
  await db.transaction().execute(async (trx) => {
    const agent = await trx
      .insertInto('agents')
      .values({ email, name: nameFromAddress(email), role: 'webmaster' })
      // Somebody who asks for this account by name wants to keep it, even if the demonstration had invented it.
      .onConflict((conflict) =>
        conflict.column('email').doUpdateSet({ role: 'webmaster', deactivated_at: sql`null`, demonstration: false })
      )
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow()
    await noteInJournal(trx, {
      agentId: null,
      agentName: 'Le service informatique',
      subject: 'agent',
      subjectId: agent.id,
      title: agent.name,
      event: 'changed',
      details: 'Rôle\u00a0: Webmaster, par une commande sur le serveur'
    })
  })
  console.log(`${email} gère maintenant le site, et peut se connecter sur ${config.baseUrl}/connexion`)
})
