export interface Described {
  title: string
  alt: string
}

const person = (title: string, alt: string): Described => ({ title, alt })

/** What each file is called, and what it shows to those who do not see it. */
export const described: Record<string, Described> = {
  'direction-population.jpg': {
    title: 'Population et accueil',
    alt: 'Dans le hall clair de l’hôtel de ville, deux agents reçoivent une habitante et sa fille à un grand comptoir ; une dame attend assise, un document à la main.'
  },
  'direction-education.jpg': {
    title: 'Éducation et enfance',
    alt: 'Dans la cour d’une école, des enfants jouent au ballon et courent sous le regard d’une animatrice ; une fillette lit sous un arbre.'
  },
  'direction-cadre-de-vie.jpg': {
    title: 'Cadre de vie et espaces verts',
    alt: 'Deux agents plantent un massif et poussent une brouette fleurie dans un parc vallonné ; une mère et son enfant se promènent.'
  },
  'direction-batiments.jpg': {
    title: 'Bâtiments et patrimoine',
    alt: 'L’hôtel de ville et son beffroi sont en travaux : deux ouvriers sur un échafaudage, un architecte et un chef de chantier au premier plan.'
  },
  'direction-culture.jpg': {
    title: 'Culture',
    alt: 'À gauche, une médiathèque aux rayonnages pleins, où l’on lit et range des livres ; à droite, une chanteuse et un guitariste sur la scène d’un théâtre.'
  },
  'direction-ressources-humaines.jpg': {
    title: 'Ressources humaines',
    alt: 'Une équipe de huit personnes est réunie autour d’une grande table ovale, avec des papiers, des tasses et un ordinateur.'
  },
  'direction-finances.jpg': {
    title: 'Finances et commande publique',
    alt: 'Sur un bureau, une grande balance tient en équilibre l’hôtel de ville et des arbres, entre une agente qui écrit et un agent près d’un boulier.'
  },
  'direction-numerique.jpg': {
    title: 'Numérique',
    alt: 'Une agente travaille devant un écran ; au-dessus d’elle, un réseau relie l’hôtel de ville à une maison, un arbre, un livre et un courrier ; un téléphone affiche le site.'
  },
  'engagement-accueillir.jpg': {
    title: 'Accueillir mieux',
    alt: 'Sous de grandes arches rouges, les portes s’ouvrent sur la lumière : une agente reçoit un homme et un enfant.'
  },
  'engagement-travailler-ensemble.jpg': {
    title: 'Travailler ensemble',
    alt: 'Huit mains de toutes les couleurs se tendent vers un cercle où cinq pétales forment une fleur.'
  },
  'engagement-prendre-soin.jpg': {
    title: 'Prendre soin de celles et ceux qui font la ville',
    alt: 'Une grande figure souriante, les yeux fermés, entoure de ses bras cinq agents de métiers différents.'
  },
  'engagement-sobre-durable.jpg': {
    title: 'Une ville sobre et durable',
    alt: 'Une ville tient dans une grande feuille verte : des maisons, l’hôtel de ville, un cycliste, une femme et un enfant à pied.'
  },
  'engagement-simplifier.jpg': {
    title: 'Simplifier et moderniser',
    alt: 'Un fil tout emmêlé devient une ligne droite, sur laquelle une femme marche vers un téléphone qui affiche le site de la ville.'
  },
  'portrait-maire.jpg': person(
    'La maire de Valbrune',
    'Portrait dessiné de la maire : une femme d’une cinquantaine d’années, cheveux bruns au carré, veste rouge, sourire.'
  ),
  'portrait-dgs.jpg': person(
    'Le directeur général des services',
    'Portrait dessiné du directeur général des services : un homme d’environ quarante-cinq ans, barbe brune, lunettes, costume bleu nuit.'
  ),
  'equipe-1.jpg': person(
    'Portrait d’équipe 1',
    'Portrait dessiné d’une agente aux cheveux afro, pull ocre, boucles d’oreilles et badge.'
  ),
  'equipe-2.jpg': person(
    'Portrait d’équipe 2',
    'Portrait dessiné d’un agent aux cheveux blancs, lunettes rondes et chemise bleue.'
  ),
  'equipe-3.jpg': person(
    'Portrait d’équipe 3',
    'Portrait dessiné d’une agente souriante, longue tresse brune sur l’épaule et pull bleu-vert.'
  ),
  'equipe-4.jpg': person(
    'Portrait d’équipe 4',
    'Portrait dessiné d’un agent barbu, gilet de travail orange sur un pull vert.'
  ),
  'equipe-5.jpg': person(
    'Portrait d’équipe 5',
    'Portrait dessiné d’une agente rousse à la queue de cheval, appareil auditif prune, chemise verte.'
  ),
  'equipe-6.jpg': person('Portrait d’équipe 6', 'Portrait dessiné d’un agent chauve à la barbe grise, pull rouge.'),
  'equipe-7.jpg': person('Portrait d’équipe 7', 'Portrait dessiné d’une agente aux longs cheveux noirs, veste bleue.'),
  'equipe-8.jpg': person(
    'Portrait d’équipe 8',
    'Portrait dessiné d’une agente aux boucles blondes, tablier clair sur un pull bleu.'
  ),
  'demarche-comite-de-pilotage.jpg': {
    title: 'Le comité de pilotage',
    alt: 'Une femme présente un schéma en cinq étapes à cinq collègues assis autour d’une table de réunion.'
  },
  'demarche-ateliers.jpg': {
    title: 'Les ateliers',
    alt: 'Six agents de métiers différents discutent devant un grand tableau couvert de papillons de couleur.'
  },
  'demarche-moment-convivial.jpg': {
    title: 'Un moment convivial',
    alt: 'En fin de journée, des agents trinquent autour d’une table dressée dans un jardin, sous des guirlandes et des fanions.'
  },
  'demarche-restitution-du-diagnostic.jpg': {
    title: 'La restitution du diagnostic',
    alt: 'Dans une grande salle, deux personnes présentent des graphiques devant un public nombreux, vu de dos.'
  },
  'demarche-presentation-du-projet.jpg': {
    title: 'La présentation du projet commun',
    alt: 'Sur la scène du théâtre, une femme et un homme présentent cinq grands panneaux de couleur, un par engagement, devant le public.'
  },
  'demarche-site-et-livret.jpg': {
    title: 'Le livret et le site',
    alt: 'Sur une table de bois, un livret ouvert et, dans une main, un téléphone qui affiche le même projet ; une tasse de café à côté.'
  },
  'album-journee-1.jpg': {
    title: 'Le pique-nique',
    alt: 'Quatre collègues pique-niquent sur une nappe à carreaux, dans un parc, autour d’un panier.'
  },
  'album-journee-2.jpg': {
    title: 'Les jeux de quilles',
    alt: 'Cinq agents jouent aux quilles de bois sur une place, sous une guirlande de fanions ; l’une d’elles lève les bras.'
  },
  'album-journee-3.jpg': {
    title: 'Le concert du soir',
    alt: 'Un groupe de quatre musiciens joue sur une scène éclairée, la nuit, devant un public qui lève les bras.'
  },
  'album-journee-4.jpg': {
    title: 'La photo de groupe',
    alt: 'Onze agents posent ensemble sur deux rangs devant l’hôtel de ville.'
  },
  'album-journee-5.jpg': {
    title: 'Le tournoi de tennis de table',
    alt: 'Deux joueurs s’affrontent au tennis de table dans un gymnase ; trois collègues applaudissent, une coupe attend au premier plan.'
  },
  'album-journee-6.jpg': {
    title: 'Le gâteau aux cinq étages',
    alt: 'Quatre agents entourent un grand gâteau à cinq étages, un par engagement, sous des fanions et des confettis.'
  },
  'album-ateliers-1.jpg': {
    title: 'Le mur des idées',
    alt: 'Une main pose un papillon parmi des dizaines d’autres, marqués de petits dessins.'
  },
  'album-ateliers-2.jpg': {
    title: 'Au tableau blanc',
    alt: 'Une animatrice explique un schéma tracé au tableau à quatre collègues, dont l’un lève la main.'
  },
  'album-ateliers-3.jpg': {
    title: 'La discussion à trois',
    alt: 'Trois personnes, dont une en fauteuil roulant, discutent autour d’une table basse.'
  },
  'album-ateliers-4.jpg': {
    title: 'Le plan de la ville',
    alt: 'Vu de dessus, un plan de la ville traversé par une rivière ; quatre mains y placent des repères de couleur.'
  },
  'album-ateliers-5.jpg': {
    title: 'Le vote par gommettes',
    alt: 'Trois participants, de dos, collent des gommettes sur un tableau à cinq colonnes.'
  },
  'album-ateliers-6.jpg': {
    title: 'À main levée',
    alt: 'Une salle vue de dos vote à main levée devant une animatrice et un chevalet.'
  },
  'video-presentation.mp4': {
    title: 'Le projet d’administration de Valbrune en trente secondes',
    alt: 'Vidéo de vingt-neuf secondes : l’histoire du projet et ses cinq engagements, en images dessinées, avec une musique douce et sans parole.'
  },
  'video-presentation.vtt': {
    title: 'Sous-titres de la vidéo de présentation',
    alt: 'Sous-titres en français de la vidéo de présentation.'
  },
  'video-presentation-transcription.txt': {
    title: 'Transcription de la vidéo de présentation',
    alt: 'Texte complet de la vidéo de présentation.'
  },
  'video-presentation-affiche.jpg': {
    title: 'Affiche de la vidéo de présentation',
    alt: 'Le titre « Le projet d’administration de Valbrune en trente secondes », à côté de la scène où le projet est présenté.'
  },
  'video-culture.mp4': {
    title: 'La direction de la Culture en dix secondes',
    alt: 'Vidéo de dix secondes : la médiathèque, le théâtre et les scènes de quartier, en images dessinées, avec une musique douce et sans parole.'
  },
  'video-culture.vtt': {
    title: 'Sous-titres de la vidéo de la Culture',
    alt: 'Sous-titres en français de la vidéo de la direction de la Culture.'
  },
  'video-culture-transcription.txt': {
    title: 'Transcription de la vidéo de la Culture',
    alt: 'Texte complet de la vidéo de la direction de la Culture.'
  },
  'video-culture-affiche.jpg': {
    title: 'Affiche de la vidéo de la Culture',
    alt: 'Le titre « La direction de la Culture en dix secondes », à côté de la médiathèque dessinée.'
  },
  'deck-culture.pptx': {
    title: 'Projet de la direction de la Culture',
    alt: 'Diaporama de huit diapositives : le projet de la direction de la Culture.'
  },
  'deck-education.pptx': {
    title: 'Projet de la direction de l’Éducation et de l’Enfance',
    alt: 'Diaporama de cinq diapositives : le projet de la direction de l’Éducation et de l’Enfance.'
  },
  'deck-culture.json': {
    title: 'Texte du diaporama de la Culture',
    alt: 'Titres, textes et commentaires des huit diapositives de la direction de la Culture.'
  },
  'deck-education.json': {
    title: 'Texte du diaporama de l’Éducation',
    alt: 'Titres, textes et commentaires des cinq diapositives de la direction de l’Éducation et de l’Enfance.'
  },
  'charte-de-l-accueil.pdf': {
    title: 'Charte de l’accueil',
    alt: 'Document de deux pages : les dix engagements des services qui reçoivent du public, et leurs repères chiffrés.'
  },
  'guide-du-teletravail.pdf': {
    title: 'Guide du télétravail',
    alt: 'Document de deux pages : les règles communes du télétravail et la façon d’en faire la demande.'
  },
  'feuille-de-route-du-projet-d-administration.pdf': {
    title: 'Feuille de route du projet d’administration',
    alt: 'Document de deux pages : les cinq engagements, les responsables et le calendrier de 2020 à 2026.'
  },
  'bilan-de-la-consultation-2021.pdf': {
    title: 'Bilan de la consultation 2021',
    alt: 'Document de deux pages : les résultats de la consultation des agents et leurs suites.'
  }
}
