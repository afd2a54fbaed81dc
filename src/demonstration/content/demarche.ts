import type { DemarcheStepContent } from './types.ts'
import { day, endOf, middleOf, month, startOf, year, years } from './when.ts'

export const demarcheSteps: DemarcheStepContent[] = [
  {
    when: startOf(2020),
    title: 'Un comité de pilotage se réunit',
    image: 'demarche-comite-de-pilotage.jpg',
    body: `<p>Élues et élus, direction générale, responsables de service, représentantes et représentants du personnel : dix-huit personnes forment le comité de pilotage. Leur première décision est de ne rien écrire avant d’avoir écouté.</p>`
  },
  {
    when: years(2020, 2021),
    title: 'Écouter d’abord',
    body: `<p>Malgré les mois de confinement, plus d’une personne sur deux répond à un questionnaire, sur papier ou en ligne. Une équipe de douze agentes et agents, formés à l’entretien, va à la rencontre de leurs collègues dans les vestiaires, les cuisines et les bureaux.</p>`
  },
  {
    when: years(2020, 2022),
    title: 'Une centaine de réunions et d’ateliers',
    image: 'demarche-ateliers.jpg',
    body: `<p>Par métier, par lieu, par thème, tôt le matin ou en fin de journée : les ateliers mêlent les équipes de terrain et les équipes administratives. On y colle des centaines de papiers de couleur, on y trie, on s’y contredit et l’on s’y met d’accord.</p>`
  },
  {
    when: middleOf(2021),
    title: 'Des moments conviviaux pour se retrouver',
    image: 'demarche-moment-convivial.jpg',
    body: `<p>Après une année d’éloignement, un déjeuner partagé dans le parc des Ormes, des petits déjeuners entre services et une exposition de portraits redonnent envie de faire ensemble. Beaucoup d’idées y sont nées.</p>`
  },
  {
    when: endOf(2021),
    title: 'Le diagnostic est rendu',
    image: 'demarche-restitution-du-diagnostic.jpg',
    body: `<p>Ce qui a été dit est rendu à celles et ceux qui l’ont dit. Trois restitutions présentent les forces (la fierté du service public, l’entraide) et les fragilités (l’information qui circule mal, les circuits trop longs, la fatigue). Chacun peut corriger et compléter.</p>`
  },
  {
    when: startOf(2022),
    title: 'Cinq engagements prennent forme',
    body: `<p>Du diagnostic naissent cinq engagements. Chaque mot est discuté : « prendre soin » remplace « bien-être au travail », « travailler ensemble » remplace « transversalité ».</p>`
  },
  {
    when: year(2022),
    title: 'Chaque direction écrit son projet',
    body: `<p>Les huit directions déclinent les engagements dans leurs métiers. Les projets sont lus à voix haute devant les autres directions, qui posent des questions et proposent leur aide. Trente actions sont retenues sur quatre-vingt-douze proposées.</p>`
  },
  {
    when: endOf(2022),
    title: 'Le projet commun est présenté',
    image: 'demarche-presentation-du-projet.jpg',
    body: `<p>Réunis au théâtre, agentes et agents découvrent le projet commun : cinq engagements, trente actions, des pilotes et un calendrier. La présentation est faite par celles et ceux qui l’ont construit.</p>`
  },
  {
    when: month('2023-03'),
    title: 'Un document papier, un site et un porte-clés',
    image: 'demarche-site-et-livret.jpg',
    body: `<p>Le projet paraît sur papier et <a href="/actions/creation-d-un-extranet-dedie-au-projet-d-administration">ce site</a> ouvre. Chaque agente et chaque agent reçoit un porte-clés avec un code QR, pour y accéder depuis son téléphone.</p>`
  },
  {
    when: day('2023-03-21'),
    title: 'Et maintenant, tenir parole',
    body: `<p>La première réunion des pilotes fixe la règle : chaque fiche d’action est mise à jour au moins deux fois par an, qu’il y ait de bonnes nouvelles ou non. Suivez-les dans les <a href="/engagements">engagements et actions</a>.</p>`
  }
]
