import type { EngagementContent } from '../types.ts'
import { day, done, endOf, middleOf, month, planned, startOf, year, years } from '../when.ts'

export const travaillerEnsemble: EngagementContent = {
  number: 2,
  slug: 'travailler-ensemble',
  title: 'Travailler ensemble',
  tagline: 'Se connaître, se parler, réussir les projets à plusieurs',
  hue: 'ocre',
  image: 'engagement-travailler-ensemble.jpg',
  description: `<p>Six cents agentes et agents, soixante-dix métiers, trente et une adresses : on peut travailler vingt ans pour Valbrune sans jamais croiser la moitié de ses collègues. Les ateliers de la démarche l’ont dit d’une seule voix : <strong>nous ne nous connaissons pas assez</strong>.</p>
<p>Cet engagement crée des occasions de se rencontrer, des outils pour savoir qui fait quoi et une manière partagée de conduire les projets qui traversent plusieurs services. Il s’adresse autant aux équipes de terrain, qui n’ont souvent ni bureau ni ordinateur, qu’aux équipes administratives.</p>
<ul>
<li>Une information qui arrive à tout le monde, sur papier et sur téléphone.</li>
<li>Des rencontres entre métiers, sur le temps de travail.</li>
<li>Des projets communs avec un pilote, un calendrier et une fin.</li>
</ul>`,
  actions: [
    {
      number: 7,
      slug: 'creation-d-un-extranet-dedie-au-projet-d-administration',
      title: 'Création d’un extranet dédié au projet d’administration',
      status: 'realisee',
      visibility: 'public',
      due: '2023-03-31',
      published: '2023-03-21',
      updatedDaysAgo: 2,
      author: 'ines.caron',
      pilotes: ['ines.caron', 'maelle.courvoisin'],
      directions: ['ressources-humaines', 'numerique-et-modernisation'],
      services: ['communication-interne', 'informatique', 'ressources-humaines'],
      enjeux: ['cooperation-entre-services', 'inclusion-numerique'],
      related: [10, 26],
      documents: ['feuille-de-route-du-projet-d-administration.pdf', 'bilan-de-la-consultation-2021.pdf'],
      image: 'demarche-site-et-livret.jpg',
      summary: `<p>De 2020 à 2022, agentes et agents, responsables, élues et élus ont construit ensemble le projet d’administration : un comité de pilotage, <strong>une centaine de réunions et d’ateliers</strong>, des moments conviviaux, un diagnostic rendu à celles et ceux qui l’avaient nourri. Le projet commun a été présenté à la fin de l’année 2022.</p>
<p>Restait à ne pas le ranger dans un tiroir. En mars 2023, il est paru sous deux formes : un <strong>document papier</strong>, que l’on garde, et <strong>ce site</strong>, que l’on met à jour. Le site réunit la démarche, les projets de chaque direction, les cinq engagements et leurs trente actions, le magazine <em>Entre nous</em> et les photos des rencontres.</p>
<h3>Un site pour toutes et tous, même sans ordinateur</h3>
<p>Beaucoup d’entre nous travaillent dehors, en cuisine ou dans une école, et n’ont pas de poste informatique. L’extranet a donc été pensé d’abord pour le téléphone personnel. Chaque agente et chaque agent a reçu un <strong>porte-clés avec un code QR</strong> qui mène droit à la page de connexion.</p>
<p>Pas de mot de passe à retenir : on saisit son adresse de la ville, on reçoit un code à six chiffres, on entre.</p>
<blockquote><p>« Je le consulte à la pause, sur mon téléphone. Avant, j’attendais que quelqu’un me raconte. »</p></blockquote>`,
      steps: [
        done(
          years(2020, 2022),
          'Une centaine de réunions et d’ateliers pour construire le projet, sous la conduite d’un comité de pilotage'
        ),
        done(endOf(2022), 'Présentation du projet commun et décision de créer un site pour le suivre'),
        done(startOf(2023), 'Collecte des textes, des photos et des vidéos dans les huit directions'),
        done(month('2023-03'), 'Parution du document papier et ouverture du site'),
        done(month('2023-03'), 'Remise des porte-clés avec un code QR'),
        done(year(2024), 'Des référentes et référents tiennent à jour les fiches et les pages de leur direction'),
        done(
          endOf(2025),
          'Site refait : il se lit d’abord sur un téléphone, et chaque fiche montre sa chronologie, ses résultats et ses documents'
        )
      ],
      results: `<p>Les trente actions se suivent au même endroit, avec trois mots que tout le monde comprend : <strong>prévue, en cours, réalisée</strong>. Chaque fiche dit qui la pilote, quand elle a été mise à jour et par qui.</p>
<ul>
<li>Plus de quatre agentes et agents sur cinq se sont connectés au moins une fois.</li>
<li>Deux connexions sur trois se font depuis un téléphone.</li>
<li>Les vidéos courtes et <em>Entre nous</em> sont les contenus les plus lus.</li>
</ul>`,
      tools: `<p>Les référentes et référents disposent d’un guide de quatre pages : comment écrire une synthèse, dater une étape dont on ne connaît pas le jour, choisir une photo et la décrire.</p>
<ul>
<li>Porte-clés de rechange : à retirer à la communication interne</li>
<li>Affichette avec le code QR, pour les vestiaires et les salles de pause</li>
<li>Permanence « Je me connecte », le premier mardi du mois à l’heure du déjeuner</li>
</ul>`
    },
    {
      number: 8,
      slug: 'se-retrouver-chaque-annee-la-journee-des-agentes-et-des-agents',
      title: 'Se retrouver chaque année : la journée des agentes et des agents',
      status: 'realisee',
      due: '2024-07-31',
      published: '2023-03-21',
      updatedDaysAgo: 128,
      author: 'ines.caron',
      pilotes: ['maelle.courvoisin'],
      directions: ['ressources-humaines', 'culture-et-vie-associative'],
      services: ['communication-interne', 'ressources-humaines', 'vie-associative-et-sports'],
      enjeux: ['cooperation-entre-services', 'sante-au-travail'],
      related: [9],
      image: 'demarche-moment-convivial.jpg',
      summary: `<p>Une fois par an, le premier jeudi de juillet, la ville s’arrête un après-midi pour que celles et ceux qui la font se retrouvent. Les services ferment à midi ; seuls restent l’état civil d’urgence, la crèche familiale et l’astreinte technique, qui ont leur propre moment en septembre.</p>
<p>Le programme est préparé par un <strong>groupe de volontaires tiré au sort</strong> parmi les inscrits, renouvelé chaque année. Au menu : un déjeuner cuisiné par la restauration collective, des défis entre équipes mêlées, des démonstrations de métiers et les médailles du travail.</p>
<p>Ce n’est ni un séminaire ni un discours. La seule règle : à table, on s’assied avec des gens que l’on ne connaît pas.</p>`,
      steps: [
        done(month('2023-07'), 'Première édition, au parc des Ormes : 290 personnes'),
        done(month('2024-07'), 'Deuxième édition et première démonstration de métiers : 350 personnes'),
        done(day('2025-07-03'), 'Troisième édition, sous une forte chaleur : repli au gymnase'),
        done(day('2026-07-02'), 'Quatrième édition : 410 personnes, un record')
      ],
      results: `<p>La participation est passée de 290 à 410 personnes en quatre éditions. En 2026, 78 % des présentes et présents disent avoir rencontré au moins cinq collègues qu’ils ne connaissaient pas. Le coût est stable : 19 euros par personne, repas compris.</p>
<p>La journée est désormais inscrite au calendrier de la ville ; l’action est close, l’habitude reste.</p>`
    },
    {
      number: 9,
      slug: 'decouvrir-le-metier-des-autres-avec-vis-mon-metier',
      title: 'Découvrir le métier des autres avec « Vis mon métier »',
      status: 'en_cours',
      due: '2027-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 16,
      author: 'mathis.duvallon',
      pilotes: ['mathis.duvallon', 'hugo.montferrin'],
      directions: ['ressources-humaines', 'cadre-de-vie'],
      services: ['ressources-humaines', 'proprete-urbaine', 'restauration-collective', 'mediatheque'],
      enjeux: ['cooperation-entre-services'],
      related: [18],
      summary: `<p>Passer une journée dans la peau d’une collègue : embarquer à 5 h 30 dans la balayeuse, dresser six cents couverts, tenir la banque de prêt de la médiathèque, suivre une séance du conseil depuis la régie. « Vis mon métier » ouvre <strong>une trentaine de postes, deux fois par an</strong>, à qui veut comprendre ce que font les autres.</p>
<p>La journée compte comme du temps de travail. Il suffit de s’inscrire, avec l’accord de son équipe, et de raconter ensuite son expérience en quelques lignes ou en deux minutes de vidéo.</p>
<p>Les responsables sont invités à donner l’exemple : chaque membre de la direction générale passe au moins une journée par an sur le terrain.</p>`,
      steps: [
        done(month('2024-04'), 'Première saison : douze postes ouverts'),
        done(month('2024-10'), 'Deuxième saison : vingt postes et les premières vidéos'),
        done(year(2025), 'Deux saisons, cinquante-huit journées réalisées'),
        done(month('2026-10'), 'Cinquième saison, trente et un postes ouverts'),
        planned(month('2027-04'), 'Ouverture aux agentes et agents des communes voisines')
      ],
      results: `<p><strong>139 journées</strong> ont eu lieu depuis 2024. Trois d’entre elles ont mené à une mobilité, et plusieurs à des simplifications toutes bêtes : la propreté reçoit maintenant le calendrier des fêtes des écoles, ce qu’elle demandait depuis dix ans.</p>`,
      tools: `<p>La liste des postes ouverts est affichée en mars et en septembre dans tous les services. La convention d’une page, à signer par les deux équipes, est à demander au service Formation.</p>`
    },
    {
      number: 10,
      slug: 'relancer-entre-nous-le-magazine-interne',
      title: 'Relancer Entre nous, le magazine interne',
      status: 'realisee',
      due: '2025-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 34,
      author: 'ines.caron',
      pilotes: ['ines.caron'],
      directions: ['ressources-humaines', 'culture-et-vie-associative'],
      services: ['communication-interne'],
      enjeux: ['cooperation-entre-services'],
      related: [8],
      image: 'entre-nous-4-couverture.jpg',
      documents: ['entre-nous-1.pdf', 'entre-nous-4.pdf'],
      summary: `<p><em>Entre nous</em> avait cessé de paraître, faute de temps et d’un peu de souffle. Le magazine revient avec une idée simple : <strong>il est écrit par les agentes et les agents, pour les agentes et les agents</strong>.</p>
<p>Chaque numéro tient en peu de pages. On y trouve une équipe au travail, un métier raconté à la première personne, des nouvelles des trente actions, une recette de la cuisine centrale et les arrivées récentes. Le comité de rédaction change de moitié à chaque numéro.</p>
<p>Il est déposé sur papier dans les vestiaires et les salles de pause, et se lit ici dans la page <a href="/bonus">Bonus</a>, à l’écran ou en PDF.</p>`,
      steps: [
        done(month('2023-03'), 'Annonce de la relance avec la parution du projet d’administration'),
        done(startOf(2024), 'Appel à volontaires : dix-sept réponses pour six places'),
        done(middleOf(2024), 'Nouvelle maquette, relue par un groupe de lectrices et de lecteurs'),
        done(endOf(2024), 'Premier numéro de la nouvelle formule'),
        done(endOf(2025), 'Quatrième numéro : le rythme de deux à trois par an est tenu')
      ],
      results: `<p>Quatre numéros sont parus. D’après l’enquête glissée dans le dernier, <strong>sept personnes sur dix</strong> le lisent en entier ou presque, et la moitié le rapportent à la maison. La rubrique préférée est « Mon métier », de loin.</p>`,
      tools: `<p>Vous voulez proposer un sujet ? Un nom, une idée et un moment pour se parler suffisent : la rédaction se charge du reste, photo comprise. Le calendrier de parution est affiché à la communication interne.</p>`
    },
    {
      number: 11,
      slug: 'conduire-les-projets-communs-avec-une-methode-partagee',
      title: 'Conduire les projets communs avec une méthode partagée',
      status: 'en_cours',
      due: '2026-09-30',
      published: '2023-03-21',
      updatedDaysAgo: 94,
      author: 'maelle.courvoisin',
      pilotes: ['maelle.courvoisin', 'samir.haddalene'],
      directions: ['numerique-et-modernisation', 'ressources-humaines'],
      services: ['informatique', 'communication-interne', 'finances-et-achats'],
      enjeux: ['cooperation-entre-services', 'sobriete-budgetaire'],
      related: [15, 30],
      summary: `<p>Refaire une cour d’école concerne l’éducation, les espaces verts, les bâtiments, les finances et la communication. Trop souvent, chacun découvrait sa part en fin de course. La méthode commune tient sur <strong>une feuille recto verso</strong> : pourquoi, pour qui, qui décide, qui fait, pour quand, avec quel budget, et comment on saura que c’est réussi.</p>
<p>Tout projet qui réunit au moins trois services commence par une réunion de lancement d’une heure, avec cette feuille sur la table. Il se termine par un retour d’expérience, y compris quand il a échoué.</p>
<p>La généralisation, attendue pour septembre 2026, demande encore quelques mois : les grands projets l’utilisent, les petits pas toujours.</p>`,
      steps: [
        done(year(2023), 'Relecture de huit projets passés, réussis ou non'),
        done(month('2024-02'), 'Première version de la feuille de projet'),
        done(years(2024, 2025), 'Essai sur douze projets, avec un appui à la demande'),
        done(month('2026-05'), 'Réseau des chefs de projet : vingt-deux membres'),
        planned(month('2026-12'), 'Version définitive et guide illustré'),
        planned(startOf(2027), 'Méthode utilisée par tous les projets d’au moins trois services')
      ],
      results: `<p>Sur les douze projets d’essai, neuf ont tenu leur calendrier à un mois près. Les réunions de lancement évitent surtout les oublis : dans un cas sur deux, un service que personne n’avait prévu a demandé à rejoindre le projet.</p>`,
      tools: `<ul>
<li>Feuille de projet à remplir à la main ou à l’écran</li>
<li>Ordre du jour type d’une réunion de lancement</li>
<li>Dix questions pour un retour d’expérience</li>
</ul>
<p>Besoin d’un regard extérieur ? Le réseau des chefs de projet répond sous huit jours.</p>`
    },
    {
      number: 12,
      slug: 'ouvrir-un-lieu-de-travail-partage-entre-les-services',
      title: 'Ouvrir un lieu de travail partagé entre les services',
      status: 'prevue',
      due: '2028-12-31',
      published: '2024-06-10',
      updatedDaysAgo: 505,
      author: 'maelle.courvoisin',
      pilotes: ['aicha.belorme'],
      directions: ['batiments-et-energie', 'numerique-et-modernisation', 'ressources-humaines'],
      services: ['patrimoine-bati', 'informatique'],
      enjeux: ['cooperation-entre-services', 'sobriete-budgetaire'],
      related: [17],
      summary: `<p>Où travailler deux heures entre deux rendez-vous ? Où réunir six personnes de cinq services sans chercher une salle pendant une semaine ? Où lire ses messages quand on est jardinier ou gardienne d’école ? L’ancienne bibliothèque de la rue des Tanneurs, vide depuis 2022, pourrait devenir <strong>la maison commune des agentes et des agents</strong>.</p>
<p>Les ateliers ont dessiné une première idée : une grande table, quatre petites salles, six postes libres, une cuisine et un mur pour afficher les projets. Rien de luxueux, mais ouvert à tous les métiers, de 7 heures à 20 heures.</p>
<p>Une étude de faisabilité est inscrite au budget de 2027. Les travaux ne seront lancés que si leur coût et leur consommation d’énergie restent raisonnables.</p>`,
      steps: [
        planned(startOf(2027), 'Étude de faisabilité'),
        planned(middleOf(2027), 'Visites et ateliers avec les futures utilisatrices et futurs utilisateurs'),
        planned(year(2028), 'Travaux, en partie réalisés par les équipes de la ville'),
        planned(endOf(2028), 'Ouverture')
      ]
    }
  ]
}
