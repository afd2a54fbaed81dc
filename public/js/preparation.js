/** Follows what is being made of a file; without script, the link « Actualiser » does. */
const betweenMs = 3000
const longestMs = 30_000

export function attach(notice) {
  const steps = [...notice.querySelectorAll('[data-preparation-step]')]
  const sentence = notice.querySelector('[data-preparation-sentence]')
  const refresh = notice.querySelector('[data-preparation-refresh]')
  let wait = betweenMs

  const show = (state) => {
    for (const [index, step] of steps.entries()) {
      const { isDone, isCurrent } = state.steps[index]
      step.querySelector('[data-preparation-done]').hidden = !isDone
      if (isCurrent) step.setAttribute('aria-current', 'step')
      else step.removeAttribute('aria-current')
    }
    // The same words again would be said again.
    if (sentence.textContent !== state.sentence) sentence.textContent = state.sentence
  }
  const ask = async () => {
    try {
      const answer = await fetch(notice.dataset.preparation, { headers: { accept: 'application/json' } })
      // Signed out, or the file is gone: the page as it would come now tells more.
      if (!answer.ok || answer.redirected) return giveBack()
      const state = await answer.json()
      wait = betweenMs
      show(state)
      if (state.isUnderway) setTimeout(ask, wait)
      else if (isTyped()) offer()
      else location.reload()
    } catch {
      wait = Math.min(wait * 2, longestMs)
      setTimeout(ask, wait)
    }
  }
  const giveBack = () => {
    refresh.hidden = false
  }
  const offer = () => {
    sentence.textContent += ' Enregistrez ce que vous avez écrit, puis rechargez la page pour le voir.'
    refresh.querySelector('a').textContent = 'Recharger la page'
    giveBack()
  }

  refresh.hidden = true
  setTimeout(ask, wait)
}

/** Whether a form of the page holds something that reloading would lose. */
function isTyped() {
  return [...document.querySelectorAll('main input, main textarea, main select')].some((field) => {
    if (field === document.activeElement) return true
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked
    if (field.type === 'file') return field.files.length > 0
    if (!field.options) return field.value !== field.defaultValue
    // Where no option was chosen by the page, the first one is.
    const chosen = [...field.options].findIndex((option) => option.defaultSelected)
    return field.selectedIndex !== Math.max(chosen, 0)
  })
}
