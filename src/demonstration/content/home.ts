import type { HighlightContent, HomeWordContent } from './types.ts'

export const homeWords: HomeWordContent[] = [
  {
    authorName: 'Solène Aubrival',
    authorTitle: 'Maire de Valbrune',
    title: 'Un cap que nous tenons ensemble',
    portrait: 'portrait-maire.jpg',
    video: 'video-presentation.mp4',
    updatedDaysAgo: 40,
    body: `<p>Chères agentes, chers agents,</p>
<p>Quand j’ouvre ma fenêtre le matin, la ville est déjà prête : les rues sont balayées, les écoles chauffées, le pain livré dans les cantines. Ce miracle quotidien porte vos noms, même si on les prononce trop rarement.</p>
<p>Le projet d’administration est né de vos paroles. Pendant deux ans, vous avez dit ce qui va, ce qui coince et ce dont vous rêvez. Nous en avons tiré <strong>cinq engagements et trente actions</strong>. Ce ne sont pas des slogans : chacune a un pilote, une échéance, et ce site dit honnêtement où elle en est.</p>
<p>Neuf sont réalisées. Quatorze avancent. Quelques-unes ont pris du retard, et nous l’écrivons aussi. Je préfère une promesse tenue en retard à une promesse oubliée.</p>
<p>Élues et élus, nous fixons le cap et les moyens. Vous, vous savez comment faire. <strong>Continuez à nous le dire.</strong> Ce site est le vôtre : lisez-le, critiquez-le, faites-le vivre.</p>
<p>Merci pour ce que vous faites, chaque jour, pour Valbrune.</p>`
  },
  {
    authorName: 'Thibault Valmorin',
    authorTitle: 'Directeur général des services',
    title: 'Le projet avance quand on en parle',
    portrait: 'portrait-dgs.jpg',
    updatedDaysAgo: 39,
    body: `<p>Un projet d’administration peut finir dans une armoire. Le nôtre a choisi d’être relu chaque semaine.</p>
<p>En 2020, nous avons commencé par écouter : une centaine de réunions et d’ateliers, à 6 heures au centre technique comme à 18 heures à la médiathèque. Vous nous avez demandé trois choses simples : <strong>mieux accueillir, mieux nous connaître, arrêter de compliquer</strong>. Elles traversent toutes nos actions.</p>
<p>Depuis, j’ai passé une journée en cuisine, une autre dans une balayeuse et une troisième derrière le guichet. J’y ai appris plus que dans bien des réunions. Je vous invite à faire de même avec <a href="/actions/decouvrir-le-metier-des-autres-avec-vis-mon-metier">« Vis mon métier »</a>.</p>
<p>Sur ce site, vous trouverez le projet de chaque direction, l’état des trente actions et les nouvelles de vos collègues. Chaque fiche porte le nom de celle ou celui qui la pilote. Une question, un désaccord, une idée ? <strong>Écrivez-leur, ils répondent.</strong></p>
<p>La suite s’écrit avec vous : l’évaluation du projet, en 2028, commencera par vos témoignages. Bonne lecture, et bonne route ensemble.</p>`
  }
]

export const highlights: HighlightContent[] = [
  {
    title: 'Quatre cours d’école plantées et ombragées',
    text: '142 arbres, huit degrés de moins les jours de chaleur et des récréations plus calmes : le point sur le chantier.',
    href: '/actions/planter-et-ombrager-les-cours-d-ecole',
    image: 'direction-education.jpg',
    updatedDaysAgo: 27
  },
  {
    title: 'La culture raconte son projet en vidéo',
    text: 'Deux minutes pour comprendre où va la direction, et un diaporama à feuilleter.',
    href: '/directions/culture-et-vie-associative',
    image: 'direction-culture.jpg',
    updatedDaysAgo: 7
  },
  {
    title: 'La journée des agentes et des agents en images',
    text: 'Quatre cent dix collègues, du soleil et un gâteau à cinq étages : retrouvez l’album de juillet.',
    href: '/bonus/galerie/journee-des-agentes-et-des-agents',
    image: 'album-journee-4.jpg',
    updatedDaysAgo: 120
  }
]
