/** What the site says of itself during the demonstration. */
export function demonstrationSettings(domain: string) {
  return {
    city_name: 'Valbrune',
    site_name: 'Le projet d’administration',
    contact_email: `projet@${domain}`,
    publisher_name: 'Ville de Valbrune',
    publisher_address: 'Hôtel de ville, place du Lavoir, Valbrune',
    publication_director: 'Solène Aubrival, maire de Valbrune',
    host_name: 'Ville de Valbrune, direction du numérique et de la modernisation',
    host_address: 'Centre technique municipal, rue des Tanneurs, Valbrune',
    data_protection_officer: `Déléguée à la protection des données, donnees.personnelles@${domain}`
  }
}
