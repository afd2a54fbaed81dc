/** A real SMTP server that keeps what it receives. */
import { once, setMaxListeners } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'

export interface Message {
  /** The envelope: where it really goes. */
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  /** The message as it was parsed, for its headers and parts. */
  parsed: ParsedMail
  raw: string
}

export interface Mailbox {
  /** For SMTP_URL. */
  url: string
  messages: Message[]
  /** The first message that fits and was not yet given, now or as soon as it comes. */
  next(fits?: (message: Message) => boolean, seconds?: number): Promise<Message>
  /** Refuses messages with this SMTP code, or accepts them again. */
  refuse(code: number | undefined): void
  close(): Promise<void>
}

/** Starts the server on a free port; it stops with the test. */
export async function openMailbox(t: Test): Promise<Mailbox> {
  const messages: Message[] = []
  const given = new Set<Message>()
  const arrivals = new EventTarget()
  // Many may wait at once.
  setMaxListeners(0, arrivals)
  let refusal: number | undefined

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    disableReverseLookup: true,
    onMailFrom(_address, _session, callback) {
      if (refusal === undefined) return callback()
      callback(Object.assign(new Error('Refused by the test'), { responseCode: refusal }))
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts)
        simpleParser(raw).then((parsed) => {
          const sender = session.envelope.mailFrom
          messages.push({
            from: sender ? sender.address : '',
            to: session.envelope.rcptTo.map((recipient) => recipient.address),
            subject: parsed.subject ?? '',
            text: parsed.text ?? '',
            html: parsed.html || '',
            parsed,
            raw: raw.toString('utf8')
          })
          callback()
          arrivals.dispatchEvent(new Event('message'))
        }, callback)
      })
    }
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo

  let closed: Promise<void> | undefined
  function close(): Promise<void> {
    closed ??= new Promise((done) => server.close(() => done()))
    return closed
  }
  t.teardown(close)

  return {
    url: `smtp://127.0.0.1:${port}`,
    messages,
    refuse(code) {
      refusal = code
    },
    async next(fits = () => true, seconds = 10) {
      const deadline = AbortSignal.timeout(seconds * 1000)
      for (;;) {
        const found = messages.find((message) => !given.has(message) && fits(message))
        if (found) {
          given.add(found)
          return found
        }
        try {
          await once(arrivals, 'message', { signal: deadline })
        } catch {
          const received = messages.map((message) => `« ${message.subject} » to ${message.to.join(', ')}`).join('; ')
          throw new Error(`No such message came within ${seconds} s. Received: ${received || 'nothing'}.`)
        }
      }
    },
    close
  }
}
