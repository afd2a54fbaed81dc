import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SignedInAgent } from '../web/context.ts'
import { type FieldError, readForm, type Typed } from '../web/forms.ts'
import { returnPath } from '../web/return-path.ts'
import { emailDomainsOf } from './addresses.ts'
import { type SignInSecrets, signInSecrets } from './codes.ts'
import { deviceLabel } from './devices.ts'
import { codeForm, linkForm, nameForm, signInForm } from './forms.ts'
import { codesFromNetwork, hit, limitKey, networkOf, requestsFromNetwork } from './limits.ts'
import {
  findAgentJob,
  listActionsOfPilote,
  listDirectionsOfReferent,
  listLiveSessions,
  revokeSession,
  revokeSessions,
  updateAgentName
} from './queries.ts'
import { endSession, pendingSignIn, startSession, startSignIn } from './sessions.ts'
import { askToSignIn, findSignInRequest, type Outcome, redeem, sendAgain } from './sign-in.ts'
import { accountPage, codePage, linkOfAnotherBrowser, linkPage, linkTooOld, signInPage } from './views.ts'

const forAnyone = { config: { access: 'public' as const } }
const forAgents = { config: { access: 'agent' as const } }

export function accountRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  app.register(signInRoutes)
  app.register(ownAccountRoutes)
  done()
}

function signInRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  const { sessionKeys } = app.config
  const secrets = signInSecrets(sessionKeys)
  const domainsOf = (request: FastifyRequest): string[] => emailDomainsOf(request.settings, app.config)

  app.get<{ Querystring: { suite?: unknown } }>('/connexion', forAnyone, async (request, reply) => {
    const returnTo = returnPath(request.query.suite)
    if (request.agent) return reply.redirect(returnTo, 303)
    return reply.html('accounts/sign-in', signInPage(domainsOf(request), returnTo))
  })

  app.post('/connexion', forAnyone, async (request, reply) => {
    const domains = domainsOf(request)
    const form = readForm(signInForm(domains), request.body)
    const returnTo = returnPath(form.typed.suite)
    if (request.agent) return reply.redirect(returnTo, 303)
    const wait = await tooMany(request, secrets, requestsFromNetwork)
    if (wait) return reply.tooManyRequests(wait)
    if (!form.ok)
      return reply.code(422).html('accounts/sign-in', signInPage(domains, returnTo, form.typed, form.errors))
    await ask(request, form.values.email, returnTo)
    return reply.redirect('/connexion/code', 303)
  })

  app.get('/connexion/code', forAnyone, async (request, reply) => {
    if (request.agent) return reply.redirect('/', 303)
    const pending = await findPending(request)
    if (!pending) return reply.redirect('/connexion', 303)
    return reply.html('accounts/code', codePage(pending.email, request.settings.session_days))
  })

  app.post('/connexion/code', forAnyone, async (request, reply) => {
    const browser = pendingSignIn(request)
    const pending = await findPending(request)
    if (!browser || !pending) {
      if (request.agent) return reply.redirect('/', 303)
      return reply.code(422).html('accounts/sign-in', signInPage(domainsOf(request), '/', {}, [askHereFirst]))
    }
    const wait = await tooMany(request, secrets, codesFromNetwork)
    if (wait) return reply.tooManyRequests(wait)
    const form = readForm(codeForm, request.body)
    const refuse = (typed: Typed, errors: FieldError[]) =>
      reply.code(422).html('accounts/code', codePage(pending.email, request.settings.session_days, typed, errors))
    if (!form.ok) return refuse(form.typed, form.errors)
    const { code, appareil } = form.values
    const outcome = await redeem(app.db, {
      ...whoRedeems(request, browser),
      opens: (nonce) => secrets.isCode(nonce, code),
      device: appareil
    })
    if (outcome.result === 'signed-in') return enter(request, reply, outcome, appareil)
    logRefusal(request, outcome)
    return refuse(form.typed, [{ field: 'code', message: codeRefusal(outcome) }])
  })

  app.post('/connexion/renvoyer', forAnyone, async (request, reply) => {
    if (request.agent) return reply.redirect('/', 303)
    const pending = await findPending(request)
    if (!pending) return reply.redirect('/connexion', 303)
    const wait = await tooMany(request, secrets, requestsFromNetwork)
    if (wait) return reply.tooManyRequests(wait)
    const sent = await sendAgain(app.db, secrets, pending, networkOf(request.ip))
    if (sent) app.wakeOutbox()
    else await ask(request, pending.email, pending.return_to)
    reply.flash(
      'info',
      'Un nouveau message est demandé. S’il n’arrive pas d’ici deux minutes, regardez dans les indésirables.'
    )
    return reply.redirect('/connexion/code', 303)
  })

  // Opening the link changes nothing: mail scanners open links too. The button of the page signs in.
  app.get<{ Params: { token: string } }>('/connexion/lien/:token', forAnyone, async (request, reply) => {
    if (request.agent) return reply.redirect('/', 303)
    const { token } = request.params
    const pending = await findPending(request)
    if (!pending || !secrets.isLinkToken(pending.nonce, token)) {
      return reply.html('accounts/link-refused', linkOfAnotherBrowser)
    }
    if (pending.used_at || pending.expired) return reply.html('accounts/link-refused', linkTooOld)
    return reply.html('accounts/link', linkPage(pending.email, request.settings.session_days, token))
  })

  app.post('/connexion/lien', forAnyone, async (request, reply) => {
    const browser = pendingSignIn(request)
    if (!browser) {
      if (request.agent) return reply.redirect('/', 303)
      return reply.code(422).html('accounts/link-refused', linkOfAnotherBrowser)
    }
    const wait = await tooMany(request, secrets, codesFromNetwork)
    if (wait) return reply.tooManyRequests(wait)
    const form = readForm(linkForm, request.body)
    const token = form.ok ? form.values.token : ''
    const device = form.ok ? form.values.appareil : 'partage'
    const outcome = await redeem(app.db, {
      ...whoRedeems(request, browser),
      opens: (nonce) => secrets.isLinkToken(nonce, token),
      device
    })
    if (outcome.result === 'signed-in') return enter(request, reply, outcome, device)
    logRefusal(request, outcome)
    const isDead = outcome.result !== 'wrong' && outcome.result !== 'unknown'
    return reply.code(422).html('accounts/link-refused', isDead ? linkTooOld : linkOfAnotherBrowser)
  })

  app.post('/deconnexion', forAnyone, async (request, reply) => signOut(request, reply))

  /** Binds a new request to this browser, which forgets the one before, and sends its message. */
  async function ask(request: FastifyRequest, email: string, returnTo: string): Promise<void> {
    await askToSignIn(app.db, secrets, {
      browser: startSignIn(request),
      email,
      returnTo,
      deviceLabel: deviceLabel(request.headers['user-agent']),
      network: networkOf(request.ip)
    })
    app.wakeOutbox()
  }

  async function findPending(request: FastifyRequest) {
    const browser = pendingSignIn(request)
    return browser && findSignInRequest(app.db, browser)
  }

  done()
}

function ownAccountRoutes(app: FastifyInstance, _options: unknown, done: () => void): void {
  app.get('/compte', forAgents, async (request, reply) =>
    reply.html('accounts/account', accountPage(await readAccount(app, agentOf(request))))
  )

  app.post('/compte', forAgents, async (request, reply) => {
    const agent = agentOf(request)
    const form = readForm(nameForm, request.body)
    if (!form.ok) {
      const rows = await readAccount(app, agent)
      return reply.code(422).html('accounts/account', accountPage(rows, form.typed, form.errors))
    }
    await updateAgentName(app.db, agent.id, form.values.name)
    return reply.flash('success', 'Votre nom est enregistré.').redirect('/compte', 303)
  })

  app.post<{ Params: { id: string } }>('/compte/appareils/:id/deconnecter', forAgents, async (request, reply) => {
    const agent = agentOf(request)
    if (!/^[1-9][0-9]{0,8}$/.test(request.params.id)) return reply.callNotFound()
    const sessionId = Number(request.params.id)
    if (sessionId === agent.sessionId) return signOut(request, reply)
    await revokeSession(app.db, agent.id, sessionId)
    return reply.flash('success', 'L’appareil est déconnecté.').redirect('/compte', 303)
  })

  app.post('/compte/appareils/deconnecter-les-autres', forAgents, async (request, reply) => {
    const agent = agentOf(request)
    await revokeSessions(app.db, agent.id, agent.sessionId)
    return reply.flash('success', 'Vos autres appareils sont déconnectés.').redirect('/compte', 303)
  })

  done()
}

async function readAccount(app: FastifyInstance, agent: SignedInAgent) {
  const [{ job_title }, directions, actions, sessions] = await Promise.all([
    findAgentJob(app.db, agent.id),
    listDirectionsOfReferent(app.db, agent.id),
    listActionsOfPilote(app.db, agent.id),
    listLiveSessions(app.db, agent.id)
  ])
  return { agent, jobTitle: job_title, directions, actions, sessions }
}

/** The agent of a route that declares that it needs one. */
function agentOf(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw new Error('This route must be declared for signed-in agents.')
  return request.agent
}

async function signOut(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  await endSession(request, reply)
  return reply.flash('success', 'Déconnexion réussie.').redirect('/connexion', 303)
}

function whoRedeems(request: FastifyRequest, browser: Buffer) {
  return {
    browser,
    deviceLabel: deviceLabel(request.headers['user-agent']),
    replacing: request.session.get('session')
  }
}

function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: Extract<Outcome, { result: 'signed-in' }>,
  device: SignedInAgent['device']
): FastifyReply {
  startSession(request, outcome.token, device)
  request.log.info({ event: 'signed in', agent: outcome.agentId, device }, 'signed in')
  // Checked again: what a row says is not a reason to send a browser anywhere.
  return reply.redirect(returnPath(outcome.returnTo), 303)
}

function logRefusal(request: FastifyRequest, outcome: Outcome): void {
  request.log.warn({ event: 'sign-in refused', reason: outcome.result }, 'sign-in refused')
}

/** The seconds to wait, once this network has asked for too much. */
async function tooMany(
  request: FastifyRequest,
  secrets: SignInSecrets,
  limit: typeof requestsFromNetwork
): Promise<number | undefined> {
  const counted = await hit(request.server.db, limit, limitKey(secrets.limits, limit, networkOf(request.ip)))
  return counted.allowed ? undefined : counted.secondsLeft
}

const askHereFirst: FieldError = {
  field: 'email',
  message: 'Ce navigateur n’a pas demandé de code. Saisissez votre adresse pour en recevoir un.'
}

function codeRefusal(outcome: Outcome): string {
  switch (outcome.result) {
    case 'wrong':
      return outcome.triesLeft > 0
        ? `Ce n’est pas le bon code. Prenez celui du dernier message reçu. ${triesLeft(outcome.triesLeft)}`
        : 'Ce n’est pas le bon code, et c’était le dernier essai. Demandez un nouveau message.'
    case 'used':
      return 'Ce code a déjà servi. Demandez un nouveau message.'
    case 'exhausted':
      return 'Trop d’essais : ce code n’est plus valable. Demandez un nouveau message.'
    default:
      return 'Ce code n’est plus valable : il date de plus de dix minutes. Demandez un nouveau message.'
  }
}

function triesLeft(count: number): string {
  return count === 1 ? 'Il reste un essai.' : `Il reste ${count} essais.`
}
