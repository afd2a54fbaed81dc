/**
 * Sends one file. A large one goes in several times (tus): it resumes from where the network broke, even after a reload of the
 * page when the same file is chosen again. A small one, or where that fails, goes in one piece, as the form itself would send it.
 */
const largeBytes = 8_000_000
// What goes in one request: little enough for the limits of the servers in between.
const partBytes = 16 * 1024 * 1024
const retryDelays = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000]

const cancelled = 'Envoi annulé.'
const broken = 'L’envoi s’est interrompu. Vérifiez le réseau, puis réessayez.'
const brokenLarge = 'L’envoi s’est interrompu. Vérifiez le réseau, puis réessayez\u00a0: il reprendra où il en est.'
const notTaken = 'Le site n’a pas pu prendre ce fichier. Rechargez la page, puis réessayez.'

/**
 * `hear` is told of what happens: `progress(percent)`, `resumed(percent)` and `waiting()`, when the network is gone. Gives `done`,
 * which resolves with the answer for this file (`taken`, then `id`, `title` and `href`, or `message`), and `cancel()`.
 */
export function sendFile(file, { address, folder = '', hear }) {
  const control = { isCancelled: false, abort: () => undefined }
  const done = (async () => {
    const answer = file.size > largeBytes ? await sendLarge(file, { address, folder, hear, control }) : undefined
    if (answer) return answer
    if (control.isCancelled) return refused(cancelled)
    return sendWhole(file, { address, folder, hear, control })
  })()
  return {
    done,
    cancel() {
      control.isCancelled = true
      control.abort()
    }
  }
}

function refused(message) {
  return { taken: false, message }
}

function sendWhole(file, { address, folder, hear, control }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append('dossier', folder)
    body.append('fichiers', file)
    control.abort = () => request.abort()
    request.upload.addEventListener('progress', ({ loaded, total }) => hear.progress(percentOf(loaded, total)))
    request.addEventListener('load', () => {
      const { response } = request
      // Signed out meanwhile: the answer is the sign-in page.
      resolve(response?.files?.[0] ?? refused(response?.message ?? notTaken))
    })
    request.addEventListener('abort', () => resolve(refused(cancelled)))
    request.addEventListener('error', () => resolve(refused(broken)))
    request.open('POST', address)
    request.setRequestHeader('accept', 'application/json')
    request.responseType = 'json'
    request.send(body)
  })
}

/** The answer, or nothing where large files cannot be sent in several times. */
async function sendLarge(file, { address, folder, hear, control }) {
  const tus = await import('./vendor/tus.js').catch(() => undefined)
  if (!tus || control.isCancelled) return undefined
  const fingerprint = ['envoi', file.name, file.size, file.lastModified].join(' ')
  const sent = await new Promise((resolve) => {
    const upload = new tus.Upload(file, {
      endpoint: `${address}/envois`,
      chunkSize: partBytes,
      retryDelays,
      metadata: { filename: file.name, dossier: folder },
      fingerprint: async () => fingerprint,
      // A gateway that is restarting says 5xx; a page that is offline waits as well.
      onShouldRetry(error) {
        const status = error.originalResponse?.getStatus() ?? 0
        const mayRetry = status === 0 || status >= 500 || status === 409 || status === 423
        // What is refused for lack of room has its sentence.
        if (!mayRetry || messageOf(error)) return false
        hear.waiting()
        return true
      },
      onAfterResponse(request, response) {
        const offset = Number(response.getHeader('upload-offset') ?? 0)
        if (request.getMethod() === 'HEAD' && offset > 0) hear.resumed(percentOf(offset, file.size))
      },
      onProgress: (sent, total) => hear.progress(percentOf(sent, total)),
      onSuccess: () => resolve({ url: upload.url }),
      onError: (error) => resolve({ error })
    })
    control.abort = () => {
      void upload.abort(true).catch(() => undefined)
      resolve({})
    }
    upload.findPreviousUploads().then(
      (previous) => {
        const [last] = previous.toSorted((a, b) => b.creationTime.localeCompare(a.creationTime))
        if (last) upload.resumeFromPreviousUpload(last)
        if (!control.isCancelled) upload.start()
      },
      () => upload.start()
    )
  })
  if (control.isCancelled) return undefined
  if (sent.error) return answerTo(sent.error)
  const answer = await finish(sent.url, control)
  if (answer.isFinal) await forget(tus, fingerprint)
  return answer
}

/** Something between here and the site does not let the protocol through: the file goes in one piece. */
const unknownProtocol = [400, 404, 405, 411, 412, 415, 501]

function answerTo(error) {
  const message = messageOf(error)
  if (message) return refused(message)
  const status = error.originalResponse?.getStatus() ?? 0
  if (unknownProtocol.includes(status)) return undefined
  return refused(status >= 400 && status < 500 ? notTaken : brokenLarge)
}

function messageOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).message
  } catch {
    return undefined
  }
}

/** All has arrived: the site checks it and keeps it. Asked again as long as no answer comes; it is one file all the same. */
async function finish(url, control) {
  control.abort = () => undefined
  for (const delay of retryDelays) {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
    if (control.isCancelled) return refused(cancelled)
    try {
      const response = await fetch(url, { method: 'POST', headers: { accept: 'application/json' } })
      // Without room for it, the file waits: trying at once changes nothing.
      if (response.status >= 500 && response.status !== 507) continue
      const { files = [], message } = await response.json()
      const [answer] = files
      return answer ? { ...answer, isFinal: response.status !== 507 } : refused(message ?? notTaken)
    } catch {
      // No network, or an answer that is not ours: the next try tells.
    }
  }
  return refused(brokenLarge)
}

async function forget(tus, fingerprint) {
  const { urlStorage } = tus.defaultOptions
  const known = await urlStorage.findUploadsByFingerprint(fingerprint)
  for (const { urlStorageKey } of known) await urlStorage.removeUpload(urlStorageKey)
}

function percentOf(part, whole) {
  return whole > 0 ? Math.floor((part / whole) * 100) : 0
}
