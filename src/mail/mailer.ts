/** The last step of a message: handed to the city's mail server, or printed where there is none. */
import nodemailer from 'nodemailer'
import type { Config } from '../config.ts'

export interface Message {
  /** One address, as the database holds it: what a person typed never comes here. */
  to: string
  subject: string
  text: string
  html: string
}

export interface Mailer {
  /**
   * Rejects when the server did not take the message. `messageId` is the same each time this message is tried; `senderName`
   * stands before the address of MAIL_FROM, instead of the name that is there.
   */
  send(message: Message, messageId: string, senderName?: string): Promise<void>
  close(): void
}

const seconds = 1000
const plainAddress = /^[a-z0-9.'+_-]+@[a-z0-9.-]+$/

/** Without `SMTP_URL` messages are printed, readable, in the terminal; in production the configuration refuses that. */
export function openMailer(
  config: Config,
  print: (text: string) => void = (text) => process.stdout.write(text)
): Mailer {
  if (config.smtpUrl === undefined) return printer(print)
  const sender = addressOf(config.mailFrom)
  const transport = nodemailer.createTransport(
    {
      // Options of Nodemailer may follow the address: `?requireTLS=true` refuses a server that does not encrypt.
      url: config.smtpUrl,
      pool: true,
      maxConnections: 3,
      connectionTimeout: 10 * seconds,
      greetingTimeout: 10 * seconds,
      socketTimeout: 20 * seconds,
      disableFileAccess: true,
      disableUrlAccess: true
    },
    { from: config.mailFrom }
  )
  return {
    async send(message, messageId, senderName) {
      // Nodemailer reads lists, names and comments in an address, in an envelope too: one text may become other recipients.
      if (!plainAddress.test(message.to)) throw new Error('The recipient is not one plain address.')
      await transport.sendMail({
        ...(senderName && { from: { name: senderName, address: sender } }),
        to: { name: '', address: message.to },
        envelope: { from: sender, to: [message.to] },
        subject: message.subject,
        text: message.text,
        html: message.html,
        messageId: `<${messageId}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
        headers: {
          'Content-Language': 'fr',
          // Holiday answering machines keep quiet (RFC 3834).
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All'
        }
      })
    },
    close: () => transport.close()
  }
}

function printer(print: (text: string) => void): Mailer {
  return {
    async send({ to, subject, text }) {
      const rule = '─'.repeat(72)
      print(`\n${rule}\nMessage pour ${to}\n${subject}\n${rule}\n${text.trim()}\n${rule}\n`)
    },
    close: () => undefined
  }
}

/** The bare address of « Extranet <ne-pas-repondre@ville.fr> ». */
function addressOf(sender: string): string {
  return /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender
}
