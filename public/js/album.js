/** A photo that is chosen, or that was just brought from the disk, becomes a line at once; without this, at the next save. */
export function attach(fieldset) {
  const list = fieldset.querySelector('ol')
  const field = fieldset.querySelector('[data-album-add]')
  const blank = fieldset.querySelector('[data-album-blank]').content.querySelector('li')
  const status = document.createElement('p')
  status.className = 'visually-hidden'
  status.setAttribute('role', 'status')
  field.after(status)

  field.addEventListener('change', ({ isTrusted }) => {
    const [, id, title] = /^(\d{1,9}) – (.+)$/.exec(field.value) ?? []
    if (!id) return
    field.value = ''
    if (lineOf(id)) {
      status.textContent = `« ${title} » est déjà dans l’album.`
      return
    }
    list.append(lineFor(id, title))
    status.textContent = `« ${title} » est ajouté à la fin de l’album.`
    // What brings a file from the disk asks itself what it shows.
    void complete(id, isTrusted)
    list.dispatchEvent(new Event('change', { bubbles: true }))
  })

  function lineOf(id) {
    return list.querySelector(`[data-album-line="${id}"]`)
  }

  function lineFor(id, title) {
    const line = blank.cloneNode(true)
    line.dataset.albumLine = id
    for (const element of line.querySelectorAll('[id]')) element.id = element.id.replace(/0(?=$|-)/, id)
    for (const label of line.querySelectorAll('label')) label.htmlFor = label.htmlFor.replace(/0$/, id)
    for (const input of line.querySelectorAll('input')) {
      input.disabled = false
      input.name = input.name.replace(/-0$/, `-${id}`)
      if (input.value === '0') input.value = id
      const described = input.getAttribute('aria-describedby')
      if (described) input.setAttribute('aria-describedby', described.replace('-0-', `-${id}-`))
    }
    for (const place of line.querySelectorAll('[data-album-title]')) place.textContent = title
    line.querySelector('a[data-album-title]').href = `/gestion/mediatheque/${id}`
    return line
  }

  /** The picture, and whether somebody described it already: the library knows. */
  async function complete(id, asks) {
    const response = await fetch(`/gestion/mediatheque/choix?id=${id}`).catch(() => undefined)
    const [file] = response?.ok ? (await response.json()).files : []
    const line = lineOf(id)
    if (!file || !line) return
    if (file.thumbnail) {
      const image = new Image()
      image.alt = ''
      image.src = file.thumbnail
      line.querySelector('[data-album-picture]').replaceChildren(image)
    }
    if (!asks || file.note !== 'Sans texte alternatif') line.querySelector('[data-album-alternative]').remove()
  }
}
