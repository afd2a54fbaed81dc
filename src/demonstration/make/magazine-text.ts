export interface Article {
  kind: 'editorial' | 'article' | 'portrait' | 'agenda' | 'practical'
  title: string
  /** Plain semantic HTML: the same text is printed in the PDF and read online. */
  html: string
  picture?: string
}

export interface Issue {
  number: number
  title: string
  season: string
  summary: string
  cover: string
  hue: 'brick' | 'ochre' | 'leaf' | 'lagoon' | 'plum'
  articles: readonly Article[]
}

export const issues: readonly Issue[] = [
  {
    number: 1,
    title: 'Un projet écrit à plusieurs mains',
    season: 'Automne 2024',
    summary: 'Comment cinq engagements et trente actions sont nés d’une centaine de réunions, et où ils en sont.',
    cover: 'engagement-travailler-ensemble',
    hue: 'ochre',
    articles: [
      {
        kind: 'editorial',
        title: 'Ce journal est le vôtre',
        html: `<p>Vous tenez le premier numéro d’<em>Entre nous</em>. Il paraîtra deux à trois fois par an, sur papier dans les vestiaires et les salles de pause, et en ligne sur l’extranet. Il n’a qu’un sujet : ce que nous faisons ensemble pour Valbrune.</p>
<p>Le projet d’administration n’est pas un document de plus. C’est une promesse que la Ville s’est faite à elle-même : mieux accueillir, mieux travailler ensemble, prendre soin de celles et ceux qui font la ville, dépenser moins d’énergie, rendre les choses plus simples. Une promesse se tient, et elle se vérifie.</p>
<p>Vous trouverez donc ici ce qui avance, ce qui tarde et pourquoi. Vous y trouverez surtout des collègues : celles et ceux qui réparent, qui écoutent, qui cuisinent, qui comptent, qui plantent. Bonne lecture, et à vos idées.</p>
<blockquote><p>Une promesse se tient, et elle se vérifie.</p></blockquote>
<p>La rédaction</p>`
      },
      {
        kind: 'article',
        title: 'De 2020 à 2022, l’histoire d’une démarche',
        picture: 'demarche-ateliers',
        html: `<p>Tout commence en 2020. Un comité de pilotage réunit des élus, la direction générale, des cadres et des agents de terrain. Sa première décision est une question : qu’est-ce qui nous aide, et qu’est-ce qui nous empêche, de bien faire notre travail ?</p>
<p>Pour y répondre, une centaine de réunions et d’ateliers se tiennent pendant deux ans, parfois à six heures du matin au centre technique, parfois après le service dans une cantine. Les moments conviviaux comptent autant que les tableaux : c’est autour d’un café que se disent les choses utiles.</p>
<h3>Un diagnostic rendu à tout le monde</h3>
<p>Rien n’a été gardé sous clé. Le diagnostic a été présenté à tous les services, avec ses points forts et ses points faibles. Il parlait d’un accueil apprécié, d’équipes attachées au service public, mais aussi de procédures trop longues et de directions qui se connaissaient mal.</p>
<h3>Un projet commun</h3>
<p>À la fin de 2022, le projet est présenté à l’ensemble des agents : cinq engagements, trente actions. En mars 2023, il prend deux formes : un livret de papier, remis à chacun, et un site pour suivre les actions dans la durée.</p>
<ul><li><strong>2020-2022 :</strong> comité de pilotage, réunions, ateliers.</li><li><strong>Fin 2022 :</strong> présentation du projet commun.</li><li><strong>Mars 2023 :</strong> livret et site.</li></ul>`
      },
      {
        kind: 'article',
        title: 'À l’hôtel de ville, un accueil sans file d’attente',
        picture: 'direction-population',
        html: `<p>Depuis la rentrée, le hall de l’hôtel de ville a changé de visage. Plus de guichets alignés : un grand comptoir bas, des sièges, une table pour les enfants, et une personne qui vient à votre rencontre dès la porte.</p>
<p>L’équipe a dessiné le lieu elle-même, avec du ruban adhésif au sol, pendant trois matinées. « On a joué les usagers, puis on a inversé les rôles. C’est là que nous avons compris que la première attente, c’est de savoir où aller », raconte une agente d’accueil.</p>
<h3>Ce qui change</h3>
<ul><li>Les démarches courantes se font debout, en moins de cinq minutes.</li><li>Les sujets délicats sont reçus dans un bureau fermé.</li><li>Un rendez-vous peut être pris par téléphone, en ligne ou sur place.</li></ul>
<p>Le temps d’attente moyen est passé de dix-sept à six minutes. L’équipe, elle, a gagné en calme. Prochaine étape : la charte de l’accueil, écrite avec tous les services qui reçoivent du public.</p>`
      },
      {
        kind: 'portrait',
        title: 'Un métier : jardinier de quartier',
        picture: 'equipe-4',
        html: `<p>Il commence à sept heures, par un tour à pied. « Avant d’ouvrir la remorque, je regarde. Un massif, ça se lit comme un visage. » Jardinier depuis douze ans, il s’occupe des abords de trois écoles et du parc des Tilleuls.</p>
<p>Ce qu’il préfère ? Les plantations d’octobre, quand les enfants viennent aider. Ce qu’il aimerait voir changer ? « Qu’on nous consulte avant de dessiner une place, pas après. » C’est justement l’objet de l’action « Concevoir avec celles et ceux qui entretiennent », en cours depuis le printemps.</p>`
      },
      {
        kind: 'agenda',
        title: 'L’agenda',
        html: `<ul><li><strong>Jeudi 10 octobre, 12 h :</strong> visite du nouvel accueil, hôtel de ville.</li><li><strong>Mardi 5 novembre, 9 h :</strong> atelier « Charte de l’accueil », salle des Mariages.</li><li><strong>Vendredi 22 novembre, 14 h :</strong> rencontre des nouveaux agents.</li><li><strong>Jeudi 19 décembre, 17 h :</strong> moment convivial de fin d’année.</li></ul>`
      },
      {
        kind: 'practical',
        title: 'Pratique : se connecter à l’extranet',
        html: `<p>Votre adresse de la ville suffit, sans mot de passe. Saisissez-la sur la page de connexion, puis recopiez le code à six chiffres reçu par courriel. Pas d’ordinateur au travail ? Le code QR de votre porte-clés ouvre le site sur votre téléphone.</p>`
      }
    ]
  },
  {
    number: 2,
    title: 'Prendre soin de celles et ceux qui font la ville',
    season: 'Hiver 2025',
    summary: 'Santé au travail, télétravail, tutorat : ce que la Ville fait pour ses agents, et ce qui reste à faire.',
    cover: 'engagement-prendre-soin',
    hue: 'plum',
    articles: [
      {
        kind: 'editorial',
        title: 'Le soin commence chez nous',
        html: `<p>Une ville prend soin de ses habitants par les mains de ses agents. Encore faut-il que ces mains-là ne s’abîment pas. C’est le sens du troisième engagement, auquel ce numéro est consacré.</p>
<p>Prendre soin, ce n’est pas ajouter un panier de fruits dans une salle de pause. C’est acheter le bon matériel, organiser les remplacements, former les encadrants, et répondre quand quelqu’un dit que cela ne va pas.</p>
<p>Certaines actions sont réalisées, d’autres commencent. Deux ont pris du retard, et nous disons pourquoi en page suivante. La confiance est à ce prix.</p>
<blockquote><p>Répondre quand quelqu’un dit que cela ne va pas.</p></blockquote>
<p>La rédaction</p>`
      },
      {
        kind: 'article',
        title: 'Moins porter, mieux porter',
        picture: 'direction-batiments',
        html: `<p>Trente-huit : c’est le nombre de postes observés cette année par l’équipe de prévention, dans les cantines, les crèches, les ateliers et la voirie. Chaque fois, la même méthode : une demi-journée d’observation, une discussion avec l’équipe, une liste courte de changements.</p>
<p>Dans les cuisines, des chariots à hauteur réglable ont remplacé les bacs. À la voirie, les plaques se soulèvent désormais avec un aimant. Dans les crèches, les tables à langer ont gagné un petit escalier : ce sont les enfants qui montent.</p>
<h3>Des résultats que l’on peut compter</h3>
<p>En un an, les arrêts liés au dos ont baissé d’un cinquième dans les équipes concernées. Le budget est resté modeste : moins de quatre-vingts euros par poste en moyenne.</p>
<h3>Ce qui prend du retard</h3>
<p>Les vestiaires du centre technique, promis pour décembre, ouvriront au printemps : la toiture devait d’abord être refaite. Les travaux ont repris en janvier.</p>`
      },
      {
        kind: 'article',
        title: 'Télétravail : un an après, le bilan',
        picture: 'direction-ressources-humaines',
        html: `<p>Cent quarante agents télétravaillent aujourd’hui, un ou deux jours par semaine. Pour beaucoup d’autres métiers, ce n’est pas possible. Comment faire pour que la mesure ne sépare pas les équipes ?</p>
<p>Le guide du télétravail, publié en septembre, pose trois règles simples : un jour commun de présence par service, des horaires où l’on peut être joint, et aucun rendez-vous imposé avant neuf heures ou après dix-sept heures.</p>
<blockquote><p>Le mardi, tout le monde est là. On a retrouvé le plaisir de régler une question en trois minutes, debout.</p></blockquote>
<h3>Et pour celles et ceux qui sont sur le terrain ?</h3>
<p>La réflexion sur les temps de travail continue : plannings choisis à la médiathèque, roulements revus à la propreté, horaires d’été avancés pour les espaces verts. Un point sera fait au printemps avec les représentants du personnel.</p>
<ul><li>140 agents en télétravail.</li><li>Un jour commun par service.</li><li>Trois équipes de terrain aux horaires revus.</li></ul>`
      },
      {
        kind: 'portrait',
        title: 'Un métier : agente de restauration scolaire',
        picture: 'equipe-8',
        html: `<p>À dix heures, les tomates sont lavées ; à onze heures et demie, deux cents enfants arrivent. Entre les deux, elle a goûté, rectifié, compté. « Le plus difficile n’est pas le bruit, c’est le silence d’un enfant qui ne mange pas. »</p>
<p>Depuis qu’elle est tutrice, elle accompagne les nouvelles arrivées pendant un mois. « On leur apprend les gestes, mais surtout à demander de l’aide. »</p>`
      },
      {
        kind: 'agenda',
        title: 'L’agenda',
        html: `<ul><li><strong>Mardi 28 janvier, 12 h 30 :</strong> réunion d’information sur la complémentaire santé.</li><li><strong>Jeudi 13 février, 9 h :</strong> formation des tuteurs, salle des Platanes.</li><li><strong>Lundi 10 mars, 14 h :</strong> comité de suivi du projet d’administration.</li></ul>`
      },
      {
        kind: 'practical',
        title: 'Pratique : qui appeler quand cela ne va pas',
        html: `<p>La médecine de prévention, l’assistante sociale du personnel et la cellule d’écoute reçoivent sans passer par la hiérarchie. Les numéros sont affichés dans chaque vestiaire et sur la page de la direction des Ressources humaines.</p>`
      }
    ]
  },
  {
    number: 3,
    title: 'Une ville sobre, ça se fabrique',
    season: 'Printemps 2025',
    summary: 'Cours d’école plantées, chauffage mieux réglé, vélos de service : la sobriété vue par ceux qui la font.',
    cover: 'engagement-sobre-durable',
    hue: 'leaf',
    articles: [
      {
        kind: 'editorial',
        title: 'Petits gestes, grandes clés à molette',
        html: `<p>On parle souvent de petits gestes. À Valbrune, la sobriété passe aussi par de grandes clés à molette, des carnets d’entretien et des kilomètres de câbles. Ce numéro est allé voir les ateliers.</p>
<p>Les chiffres sont encourageants : onze pour cent d’énergie en moins en deux hivers, quatre cours d’école transformées, vingt vélos de service. Ils ne disent pas tout. Ils ne disent pas la patience des équipes, ni les matins froids à chercher une fuite.</p>
<p>Ils ne disent pas non plus que le plus simple reste à faire : éteindre, fermer, réparer, partager. Cela, c’est l’affaire de chacune et de chacun.</p>
<blockquote><p>Éteindre, fermer, réparer, partager.</p></blockquote>
<p>La rédaction</p>`
      },
      {
        kind: 'article',
        title: 'Quatre cours d’école à l’ombre',
        picture: 'direction-education',
        html: `<p>En juin, la cour de l’école des Tilleuls dépassait cinquante degrés au sol. Elle en fait quinze de moins depuis que le bitume a laissé place à des copeaux, des arbres et un ruisseau de galets.</p>
<p>Quatre directions ont travaillé ensemble : l’Éducation, le Cadre de vie, les Bâtiments et les Finances. Les enfants ont dessiné, les agents d’entretien ont corrigé. « Nous avons demandé un vrai point d’eau et un bac à feuilles. Sans cela, la cour aurait été belle une semaine », explique une gardienne d’école.</p>
<h3>La recette</h3>
<ul><li>Une demi-journée d’observation, à la récréation.</li><li>Un plan discuté avec celles et ceux qui nettoieront.</li><li>Un chantier d’été, et des plantations à l’automne.</li></ul>
<p>La cinquième cour ouvrira au printemps prochain. La méthode, elle, sert désormais pour les crèches.</p>`
      },
      {
        kind: 'article',
        title: 'Dix-neuf degrés, et personne n’a froid',
        picture: 'direction-finances',
        html: `<p>Régler le chauffage de quarante bâtiments, c’est un métier. L’équipe de l’énergie l’a appris radiateur par radiateur. Première découverte : dans un gymnase sur trois, la programmation datait d’avant le changement d’horaires.</p>
<p>Un carnet par bâtiment a été ouvert. Chaque gardien y note ce qu’il constate, et peut appeler un technicien sans passer par trois bureaux. En deux hivers, la consommation a baissé de onze pour cent.</p>
<blockquote><p>Avant, je signalais. Maintenant, je décide avec eux.</p></blockquote>
<h3>L’argent économisé, où va-t-il ?</h3>
<p>La moitié revient aux bâtiments qui ont économisé, pour de petits travaux choisis par leurs occupants : des stores, un isolant, un sol plus doux. C’est l’action « Partager les économies », réalisée depuis janvier.</p>`
      },
      {
        kind: 'portrait',
        title: 'Un métier : technicienne des réseaux',
        picture: 'equipe-5',
        html: `<p>Elle connaît chaque armoire de la ville et le bruit de chacune. Son équipe a remplacé cent vingt postes par des machines remises à neuf. « Un ordinateur qui dure huit ans, c’est deux fois moins de cartons. »</p>
<p>Sa fierté : la petite formation du midi, où chacun vient avec sa question. « Il n’y a pas de question bête, il y a des logiciels mal faits. »</p>`
      },
      {
        kind: 'agenda',
        title: 'L’agenda',
        html: `<ul><li><strong>Samedi 12 avril, 10 h :</strong> plantations ouvertes aux familles, parc des Tilleuls.</li><li><strong>Jeudi 15 mai, 12 h :</strong> révision gratuite de votre vélo, centre technique.</li><li><strong>Vendredi 20 juin, dès 11 h :</strong> journée des agents, pique-nique, jeux et concert.</li></ul>`
      },
      {
        kind: 'practical',
        title: 'Pratique : emprunter un vélo de service',
        html: `<p>Vingt vélos, dont huit à assistance électrique, attendent à l’hôtel de ville et au centre technique. La clé se retire à l’accueil contre votre badge ; le casque et le gilet sont dans le panier. Pensez à noter le retour.</p>`
      }
    ]
  },
  {
    number: 4,
    title: 'Plus simple, pour vous et pour nous',
    season: 'Automne 2025',
    summary: 'Un extranet refait, des courriers relus, une journée des agents réussie : la simplification en pratique.',
    cover: 'engagement-simplifier',
    hue: 'lagoon',
    articles: [
      {
        kind: 'editorial',
        title: 'Enlever plutôt qu’ajouter',
        html: `<p>Simplifier est un travail ingrat : quand il est réussi, il ne se voit plus. Un formulaire disparaît, une signature de moins, une phrase que tout le monde comprend. Personne n’applaudit, mais chacun respire.</p>
<p>Ce numéro raconte quelques-unes de ces disparitions heureuses. Il raconte aussi l’extranet que vous lisez peut-être en ce moment, et la journée des agents, qui a réuni près de quatre cents d’entre vous.</p>
<p>Il vous pose enfin une question : qu’est-ce que vous supprimeriez demain matin ? Vos réponses nourriront la prochaine étape du projet.</p>
<blockquote><p>Qu’est-ce que vous supprimeriez demain matin ?</p></blockquote>
<p>La rédaction</p>`
      },
      {
        kind: 'article',
        title: 'Un extranet pour tenir parole',
        picture: 'demarche-site-et-livret',
        html: `<p>« Création d’un extranet dédié au projet d’administration » : c’est l’une des trente actions, et celle qui permet de suivre toutes les autres. Le premier site date de mars 2023, avec le livret de papier. Il avait été préparé pendant les ateliers, entre 2020 et 2022.</p>
<p>Pourquoi y revenir ? Parce que beaucoup d’agents n’ont pas d’ordinateur au travail. Le nouveau site se lit d’abord sur un téléphone. On s’y connecte sans mot de passe. Il s’ouvre sur l’essentiel : ce qui a bougé.</p>
<h3>Ce que vous y trouverez</h3>
<ul><li>Les cinq engagements et les trente actions, avec leur état : prévue, en cours, réalisée.</li><li>La page de chaque direction : son équipe, son projet, ses vidéos.</li><li>Tous les numéros d’<em>Entre nous</em> et les albums de photos.</li></ul>
<h3>Qui l’écrit ?</h3>
<p>Chaque action a un pilote, chaque direction une référente ou un référent. Dix minutes par mois leur suffisent pour tenir leur page à jour. Rien n’est perdu : chaque version est gardée.</p>`
      },
      {
        kind: 'article',
        title: 'Trois cents courriers relus, et compris',
        picture: 'album-ateliers-2',
        html: `<p>« Veuillez agréer » n’a jamais aidé personne à remplir un dossier. Partant de là, un groupe de volontaires a relu trois cents courriers types avec des habitants. Règle du jeu : on barre tout ce que l’on ne dirait pas à voix haute.</p>
<p>Une page au lieu de deux. La réponse au début. Un nom de service et un numéro de téléphone qui répond. Les appels pour « comprendre le courrier » ont baissé d’un tiers.</p>
<blockquote><p>Une dame nous a rapporté la lettre pour nous dire merci. C’était la première fois.</p></blockquote>
<h3>Une méthode à emprunter</h3>
<p>Le groupe se déplace dans les services sur demande, pour une matinée. Apportez trois courriers que vous n’aimez pas : vous repartirez avec trois lettres claires.</p>`
      },
      {
        kind: 'article',
        title: 'La journée des agents, en quelques images',
        picture: 'album-journee-4',
        html: `<p>Un pique-nique, un tournoi de tennis de table, un concert donné par des collègues et un gâteau à cinq étages, un par engagement. Le vendredi 20 juin, la ville s’est retrouvée au parc des Tilleuls.</p>
<p>L’organisation a été confiée à douze volontaires venus de huit directions. Beaucoup ne se connaissaient pas. « Je sais maintenant qui est au bout du fil », résume l’un d’eux. L’album complet est en ligne, à la page Bonus.</p>`
      },
      {
        kind: 'portrait',
        title: 'Un métier : acheteuse publique',
        picture: 'equipe-7',
        html: `<p>Trombones, balayeuses, spectacles : elle achète tout ce qu’une ville peut acheter. « Mon travail, c’est de poser la bonne question avant de parler du prix. » Elle a réduit le dossier de candidature de vingt-deux pages à six.</p>
<p>Résultat : deux fois plus d’artisans du coin répondent. « On ne simplifie pas pour aller vite. On simplifie pour que tout le monde puisse entrer. »</p>`
      },
      {
        kind: 'agenda',
        title: 'L’agenda',
        html: `<ul><li><strong>Mardi 7 octobre, 9 h :</strong> atelier « courriers clairs », salle des Platanes.</li><li><strong>Jeudi 6 novembre, 12 h :</strong> démonstration de l’extranet, centre technique.</li><li><strong>Lundi 1<sup>er</sup> décembre, 14 h :</strong> présentation du bilan de l’année.</li></ul>`
      },
      {
        kind: 'practical',
        title: 'Pratique : proposer une simplification',
        html: `<p>Une idée ? Écrivez trois lignes : ce qui coince, pour qui, et ce que vous enlèveriez. Remettez-les à la référente ou au référent de votre direction. Une réponse vous est donnée dans le mois, même quand elle est négative.</p>`
      }
    ]
  }
]
