export interface PlainDocument {
  name: string
  title: string
  subtitle: string
  hue: 'brick' | 'ochre' | 'leaf' | 'lagoon' | 'plum'
  picture: string
  /** Two pages, as plain HTML. */
  pages: readonly [string, string]
}

const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><caption>${caption}</caption><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead><tbody>${rows
    .map(
      ([first, ...others]) =>
        `<tr><th scope="row">${(first ?? '').replace(/\d{4}-\d{4}/, '<span class="whole">$&</span>')}</th>${others.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    )
    .join('')}</tbody></table>`

export const documents: readonly PlainDocument[] = [
  {
    name: 'charte-de-l-accueil',
    title: 'Charte de l’accueil',
    subtitle: 'Dix engagements pris par tous les services qui reçoivent du public',
    hue: 'brick',
    picture: 'direction-population',
    pages: [
      `<p class="lead">Cette charte a été écrite en 2024 par quarante agents de neuf services. Elle vaut pour un guichet, un téléphone, un courriel ou une rencontre dans la rue.</p>
<h2>Ce que chaque personne peut attendre de nous</h2>
<ol><li><strong>Être vue.</strong> Un regard et un bonjour dans la première minute, même quand nous sommes occupés.</li><li><strong>Savoir à qui elle parle.</strong> Nous portons un badge, nous donnons notre prénom et notre service.</li><li><strong>Comprendre.</strong> Nous parlons simplement, nous écrivons court, nous reformulons.</li><li><strong>Être bien orientée.</strong> Nous appelons le bon service avant d’y envoyer quelqu’un.</li><li><strong>Avoir une réponse.</strong> Un courriel reçoit une réponse sous cinq jours ouvrés, un courrier sous quinze jours.</li></ol>`,
      `<h2>Ce que nous faisons pour que ce soit possible</h2>
<ol start="6"><li><strong>Des lieux accessibles</strong> à toutes et tous, avec une place assise et un espace confidentiel.</li><li><strong>Des horaires utiles :</strong> au moins une soirée par semaine dans chaque équipement principal.</li><li><strong>Des équipes formées</strong> à l’accueil, à l’écoute et aux situations difficiles, tous les trois ans.</li><li><strong>Du soutien.</strong> Personne ne reste seul face à une agression : l’encadrement se déplace, la Ville porte plainte.</li><li><strong>Une mesure honnête.</strong> Chaque année, nous comptons les attentes et les réponses, et nous publions le résultat.</li></ol>
${table(
  'Nos repères',
  ['Situation', 'Repère', 'Mesuré en 2025'],
  [
    ['Attente à l’hôtel de ville', 'moins de 10 minutes', '6 minutes'],
    ['Appel décroché', 'avant 5 sonneries', '88 % des appels'],
    ['Réponse à un courriel', 'sous 5 jours ouvrés', '81 % des courriels'],
    ['Réponse à un courrier', 'sous 15 jours', '92 % des courriers']
  ]
)}
<p>Une remarque sur cette charte ? La référente de la direction Population et accueil la recevra volontiers.</p>`
    ]
  },
  {
    name: 'guide-du-teletravail',
    title: 'Guide du télétravail',
    subtitle: 'Les règles communes, en deux pages',
    hue: 'plum',
    picture: 'direction-ressources-humaines',
    pages: [
      `<p class="lead">Le télétravail est possible quand le métier le permet, que l’agent le demande et que l’équipe y trouve son compte. Il n’est ni un droit automatique ni une faveur.</p>
<h2>Qui, quand, combien</h2>
<ul><li>Tout agent en poste depuis trois mois peut en faire la demande.</li><li>Un ou deux jours par semaine, fixes ou choisis chaque mois.</li><li>Un jour commun de présence est décidé par chaque service.</li><li>Le refus est motivé, par écrit, sous trente jours.</li></ul>
<h2>Comment faire la demande</h2>
<ol><li>En parler avec son encadrant ou son encadrante.</li><li>Remplir la page unique de demande, ensemble.</li><li>La direction des Ressources humaines répond sous trente jours.</li></ol>`,
      `<h2>Les règles du jeu</h2>
<ul><li>On peut être joint de 9 h à 12 h et de 14 h à 17 h ; en dehors, on ne doit pas répondre.</li><li>Aucune réunion avant 9 h ni après 17 h.</li><li>L’ordinateur est fourni ; les dossiers de papier restent au bureau.</li><li>Un accident pendant les heures prévues est un accident de service.</li></ul>
${table(
  'Selon la situation',
  ['Situation', 'Possible', 'À savoir'],
  [
    ['Grossesse', 'jusqu’à 5 jours', 'sur simple demande'],
    ['Proche aidant', 'jusqu’à 3 jours', 'pour trois mois, renouvelables'],
    ['Canicule ou grand froid', 'oui', 'décision de la direction générale'],
    ['Période d’essai', 'non', 'après trois mois de présence']
  ]
)}
<h2>Et les métiers de terrain ?</h2>
<p>Deux agents sur trois ne peuvent pas télétravailler. Pour eux, la Ville ouvre d’autres chemins : plannings choisis, horaires d’été, regroupement des trajets. Chaque direction en rend compte dans sa page.</p>`
    ]
  },
  {
    name: 'feuille-de-route-du-projet-d-administration',
    title: 'Feuille de route du projet d’administration',
    subtitle: 'Cinq engagements, trente actions, un calendrier',
    hue: 'lagoon',
    picture: 'demarche-presentation-du-projet',
    pages: [
      `<p class="lead">Le projet d’administration dit ce que la Ville change dans sa façon de travailler. La feuille de route dit quand, et qui en répond.</p>
<h2>Les cinq engagements</h2>
<ol><li><strong>Accueillir mieux :</strong> l’usager d’abord, partout et pour tous.</li><li><strong>Travailler ensemble :</strong> des directions qui se parlent et se prêtent main-forte.</li><li><strong>Prendre soin de celles et ceux qui font la ville :</strong> santé, reconnaissance, parcours.</li><li><strong>Une ville sobre et durable :</strong> l’énergie, les bâtiments, les déplacements.</li><li><strong>Simplifier et moderniser :</strong> moins de papier, moins de détours, de bons outils.</li></ol>
<h2>Qui fait quoi</h2>
<ul><li>Le <strong>comité de pilotage</strong> se réunit trois fois par an et tranche.</li><li>Un <strong>pilote</strong> répond de chaque action.</li><li>Une <strong>référente ou un référent</strong> tient à jour la page de chaque direction.</li></ul>`,
      `${table(
        'Le calendrier',
        ['Période', 'Étape', 'Résultat attendu'],
        [
          ['2020-2022', 'Écouter', 'Une centaine de réunions et d’ateliers'],
          ['Fin 2022', 'Présenter', 'Un projet commun, présenté à tous les agents'],
          ['Mars 2023', 'Publier', 'Un livret et un site'],
          ['2023-2024', 'Lancer', 'Premières actions réalisées'],
          ['2025', 'Tenir', 'Un bilan à mi-parcours, un extranet refait'],
          ['2026', 'Rendre compte', 'Le bilan général, remis à chaque agent']
        ]
      )}
<h2>Comment nous rendons compte</h2>
<ul><li>Une action est prévue, en cours ou réalisée ; il n’y a pas d’autre mot.</li><li>Chaque fiche porte la date de sa dernière mise à jour.</li><li>Un retard est écrit, avec sa raison et sa nouvelle date.</li><li>Le bilan est présenté une fois par an devant les agents.</li></ul>
<h2>Pour suivre les trente actions</h2>
<p>Rendez-vous à la page « Engagements et actions » de l’extranet. Vous pouvez y chercher par direction, par service, par enjeu ou par mot.</p>`
    ]
  },
  {
    name: 'bilan-de-la-consultation-2021',
    title: 'Bilan de la consultation 2021',
    subtitle: 'Ce que les agents ont dit, et ce que nous en avons fait',
    hue: 'leaf',
    picture: 'album-ateliers-5',
    pages: [
      `<p class="lead">Au printemps 2021, tous les agents ont été consultés : un questionnaire, des ateliers et des boîtes à idées. Ce document en donne les résultats, sans les arrondir.</p>
<h2>Qui a répondu</h2>
<ul><li>612 questionnaires remplis, soit 54 % des agents.</li><li>31 ateliers, dont 9 au petit matin ou en soirée.</li><li>248 mots déposés dans les boîtes à idées.</li></ul>
${table(
  'Êtes-vous d’accord avec ces phrases ?',
  ['Phrase', 'Oui', 'Non', 'Sans avis'],
  [
    ['Je suis fier ou fière de mon travail', '86 %', '8 %', '6 %'],
    ['Je connais les projets des autres directions', '31 %', '61 %', '8 %'],
    ['Mes outils sont adaptés', '47 %', '48 %', '5 %'],
    ['On m’écoute quand je propose', '42 %', '44 %', '14 %']
  ]
)}`,
      `<h2>Ce qui revient le plus souvent</h2>
<ol><li><strong>La reconnaissance :</strong> être remercié, être consulté, être remplacé quand on s’absente.</li><li><strong>Les cloisons :</strong> « Nous apprenons par les habitants ce que fait le service d’à côté. »</li><li><strong>La lourdeur :</strong> trop de signatures, trop de formulaires, trop d’attente.</li><li><strong>Le matériel :</strong> simple, solide, réparé vite.</li><li><strong>L’environnement :</strong> l’envie d’agir, et le regret de voir les lumières allumées.</li></ol>
<h2>Ce que nous en avons fait</h2>
<p>Ces cinq sujets sont devenus les cinq engagements du projet d’administration. Sur 248 idées déposées, 117 ont nourri une action, 64 ont été réalisées tout de suite et 67 n’ont pas été retenues. Chaque refus a été expliqué lors de la restitution du diagnostic.</p>
<blockquote><p>Je n’avais jamais vu mes mots sur un écran. Et c’étaient bien les miens.</p></blockquote>
<h2>Et après ?</h2>
<p>Une nouvelle consultation, avec les mêmes questions, permettra de mesurer le chemin parcouru. Ses résultats seront publiés de la même manière.</p>`
    ]
  }
]
