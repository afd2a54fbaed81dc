import type { DirectionContent } from './types.ts'

/** In the order in which they are shown. */
export const directions: DirectionContent[] = [
  {
    slug: 'population-et-citoyennete',
    name: 'Population et citoyenneté',
    tagline: 'Le premier visage de la ville, de la naissance au dernier hommage',
    image: 'direction-population.jpg',
    referent: 'lison.clairval',
    updatedDaysAgo: 31,
    author: 'lison.clairval',
    team: [
      { name: 'Lison Clairval', jobTitle: 'Directrice de la population et de la citoyenneté' },
      { name: 'Rose Tilleret', jobTitle: 'Responsable du guichet unique' },
      { name: 'Gaspard Amblevert', jobTitle: 'Responsable de l’état civil et des élections' },
      { name: 'Inaya Delorizon', jobTitle: 'Médiatrice numérique', portrait: 'equipe-1.jpg' }
    ],
    media: ['charte-de-l-accueil.pdf'],
    project: `<h3>Qui nous sommes</h3>
<p>Trente-deux agentes et agents tiennent le guichet unique, l’état civil, les élections, le cimetière et le standard. Nous voyons passer toutes les histoires de la ville : on vient nous voir heureux, pressé, inquiet ou en deuil, parfois le même matin.</p>
<p>La direction est née en 2024 du rapprochement de quatre services. Il a fallu apprendre à se connaître, à partager un même plateau et à accepter que la collègue d’à côté fasse autrement.</p>
<h3>Ce que nous voulons</h3>
<p>Notre projet tient en une phrase : <strong>personne ne repart sans savoir ce qui va se passer ensuite</strong>. Une réponse complète quand c’est possible, sinon une date, un nom et un numéro.</p>
<ul>
<li><strong>Au guichet</strong> : faire vivre le premier et le second niveau, et former chaque agente et chaque agent à quatre domaines d’ici à 2027.</li>
<li><strong>Au téléphone</strong> : répondre à neuf appels sur dix, contre sept aujourd’hui, en rappelant systématiquement les appels perdus.</li>
<li><strong>Dans les moments graves</strong> : un bureau fermé, un interlocuteur unique et un livret pour les familles endeuillées.</li>
<li><strong>Pour les élections</strong> : deux cents bénévoles à recruter et à former, des bureaux accessibles, des files plus courtes.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>Le jeudi matin, le guichet ouvre une heure plus tard. Cette heure nous appartient : une nouveauté réglementaire, une situation difficile, un merci. Elle est animée à tour de rôle. Nous avons aussi obtenu qu’une personne soit toujours « hors comptoir », pour souffler et traiter les dossiers de fond.</p>
<blockquote><p>« On ne choisit pas qui entre. On choisit comment on l’accueille. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Le mercredi et la rentrée débordent. Les incivilités, sans être nombreuses, fatiguent. Nous attendons beaucoup du <a href="/actions/former-toutes-les-personnes-qui-recoivent-le-public">parcours de formation</a> et des nocturnes mieux partagées.</p>
<h3>Nos rendez-vous</h3>
<p>En 2027, nous évaluerons les <a href="/actions/adapter-les-horaires-aux-rythmes-de-la-ville">nouveaux horaires</a>, puis nous préparerons la permanence itinérante qui portera le guichet dans les quartiers éloignés du centre.</p>`
  },
  {
    slug: 'education-et-enfance',
    name: 'Éducation et enfance',
    tagline: 'Grandir, apprendre et bien manger, dans onze écoles et trois crèches',
    image: 'direction-education.jpg',
    referent: 'nadia.benali',
    updatedDaysAgo: 14,
    author: 'nadia.benali',
    team: [
      { name: 'Léonie Brisemont', jobTitle: 'Directrice de l’éducation et de l’enfance' },
      { name: 'Jonas Figuerol', jobTitle: 'Responsable de la restauration collective' },
      { name: 'Salomé Vertignac', jobTitle: 'Coordinatrice petite enfance' },
      { name: 'Moussa Ardelin', jobTitle: 'Responsable des accueils de loisirs' },
      {
        name: 'Camille Robin',
        jobTitle: 'Agente de restauration, groupe scolaire des Tilleuls',
        portrait: 'equipe-8.jpg'
      }
    ],
    media: ['deck-education.pptx'],
    project: `<h3>Qui nous sommes</h3>
<p>Cent quatre-vingt-six agentes et agents : c’est la plus grande direction de la ville. Agentes spécialisées des écoles maternelles, animatrices et animateurs, cuisiniers, agentes d’entretien et de restauration, auxiliaires de puériculture, gardiens. La plupart travaillent en horaires découpés, dans vingt-deux lieux différents, et n’ont pas de bureau.</p>
<p>Chaque jour, nous accueillons 2 900 enfants, dont 140 tout-petits, et servons 1 900 repas.</p>
<h3>Ce que nous voulons</h3>
<p>Un enfant ne découpe pas sa journée entre l’école, la cantine et le centre de loisirs. <strong>Nous voulons qu’il rencontre, du matin au soir, des adultes qui se parlent.</strong></p>
<ul>
<li><strong>Une équipe par école</strong> : un temps commun de quarante-cinq minutes chaque semaine entre les personnes qui y travaillent, quel que soit leur métier.</li>
<li><strong>Des cours vivantes</strong> : quatre sur onze sont déjà <a href="/actions/planter-et-ombrager-les-cours-d-ecole">plantées et ombragées</a>.</li>
<li><strong>Une assiette juste</strong> : moins de gaspillage, plus de produits de saison, des recettes goûtées par les enfants.</li>
<li><strong>Une place pour chacun</strong> : trente-cinq enfants en situation de handicap sont accueillis sur le temps périscolaire, avec des équipes formées.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>Chaque groupe scolaire a sa ou son responsable de site, présent sur place. Les plannings sont connus six semaines à l’avance, ce qui paraît simple et nous a pris un an. Les remplacements passent par une équipe volante de douze personnes, dont les postes ont été transformés en emplois stables.</p>
<blockquote><p>« Avant, j’apprenais les sorties scolaires en voyant le car partir. Maintenant, je suis dans la boucle. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Recruter des animatrices et des animateurs pour deux heures à midi est un casse-tête. Nous avançons en proposant des contrats qui réunissent cantine, étude et mercredi. Le bruit dans les restaurants reste trop fort dans quatre écoles ; des panneaux absorbants sont prévus.</p>
<h3>Nos rendez-vous</h3>
<p>En 2027 : l’école Haute-Rive rénovée, les derniers restaurants équipés d’une table de tri, l’inscription aux activités en une seule fois et la cinquième cour au printemps.</p>`
  },
  {
    slug: 'cadre-de-vie',
    name: 'Cadre de vie',
    tagline: 'Des rues propres, des parcs vivants, une ville où l’on respire',
    image: 'direction-cadre-de-vie.jpg',
    referent: 'hugo.montferrin',
    updatedDaysAgo: 58,
    author: 'hugo.montferrin',
    team: [
      { name: 'Clémence Rochebrune', jobTitle: 'Directrice du cadre de vie' },
      { name: 'Paul Mercier', jobTitle: 'Responsable du service Espaces verts' },
      { name: 'Hugo Montferrin', jobTitle: 'Responsable de la propreté urbaine', portrait: 'equipe-4.jpg' },
      { name: 'Awa Sandrelle', jobTitle: 'Cheffe d’équipe, secteur centre' }
    ],
    media: [],
    project: `<h3>Qui nous sommes</h3>
<p>Soixante-quatorze agentes et agents entretiennent 62 kilomètres de rues, 41 hectares de parcs et de bords de rivière, six cimetières et squares, et tout ce que l’on remarque seulement quand ce n’est pas fait. Les premières équipes prennent leur service à 5 h 30.</p>
<h3>Ce que nous voulons</h3>
<p>La ville se réchauffe, les usages changent, les effectifs sont stables. <strong>Nous ne pouvons pas faire davantage de la même façon : nous devons faire autrement.</strong></p>
<ul>
<li><strong>Entretenir selon le lieu</strong> : un parvis se balaie chaque jour, une prairie se fauche deux fois par an. Un plan de gestion classe chaque espace en quatre niveaux.</li>
<li><strong>Planter pour demain</strong> : six cents arbres d’ici à 2028, choisis pour supporter la chaleur, avec trois ans de soins garantis.</li>
<li><strong>Économiser l’eau</strong> : vivaces, paillage et, bientôt, <a href="/actions/arroser-avec-l-eau-de-pluie">eau de pluie récoltée</a>.</li>
<li><strong>Ménager les corps</strong> : du matériel électrique, plus léger et moins bruyant, remplace peu à peu les moteurs.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>La ville est découpée en cinq secteurs. Chaque équipe connaît le sien, ses commerçants et ses points noirs, et organise sa semaine. Le lundi, propreté et espaces verts se retrouvent un quart d’heure autour de la carte : marché, travaux, fêtes, météo.</p>
<p>Nous accueillons chaque année huit apprentis et une vingtaine de personnes en parcours d’insertion.</p>
<blockquote><p>« Quand un enfant me demande le nom d’un arbre, j’ai gagné ma journée. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Les dépôts sauvages ont augmenté d’un tiers en quatre ans et prennent deux postes à temps plein. Le désherbage sans produit demande des bras et de la patience, y compris de la part des riverains : nous devons mieux expliquer l’herbe au pied des murs.</p>
<h3>Nos rendez-vous</h3>
<p>La première cuve d’eau de pluie au centre technique, la cinquième cour d’école et un plan de gestion complet des cimetières, désormais ouverts à la végétation.</p>`
  },
  {
    slug: 'batiments-et-energie',
    name: 'Bâtiments et énergie',
    tagline: 'Quarante-six bâtiments à entretenir, à chauffer moins et à rendre accueillants',
    image: 'direction-batiments.jpg',
    referent: 'aicha.belorme',
    updatedDaysAgo: 83,
    author: 'aicha.belorme',
    team: [
      { name: 'Aïcha Belorme', jobTitle: 'Cheffe du service Patrimoine bâti' },
      { name: 'Élodie Prégalant', jobTitle: 'Chargée de mission transition écologique', portrait: 'equipe-5.jpg' },
      { name: 'Octave Lanterrier', jobTitle: 'Responsable des ateliers municipaux', portrait: 'equipe-6.jpg' }
    ],
    media: [],
    project: `<h3>Qui nous sommes</h3>
<p>Trente-neuf agentes et agents : électriciennes, menuisiers, plombiers, peintres, serrurier, conductrices d’opération, gestionnaires. Nous prenons soin de quarante-six bâtiments, dont les plus anciens ont trois siècles et la plus récente, une crèche, quatre ans.</p>
<h3>Ce que nous voulons</h3>
<p>Pendant longtemps, nous avons couru après les pannes. <strong>Notre projet est de passer de la réparation à la prévention</strong>, et de diviser par deux les interventions d’urgence.</p>
<ul>
<li><strong>Un carnet pour chaque bâtiment</strong> : plans, équipements, contrats, travaux passés et à venir, consultables par le service qui l’occupe.</li>
<li><strong>Une sobriété mesurée</strong> : <a href="/actions/reduire-d-un-quart-l-energie-de-nos-batiments">un quart d’énergie en moins</a> en 2028, avec trente-huit sentinelles dans les équipes.</li>
<li><strong>L’accessibilité terminée</strong> : quatre lieux restent à rendre accessibles ; le retard est connu et le nouveau calendrier tenu à jour.</li>
<li><strong>Des ateliers qui transmettent</strong> : chaque corps de métier accueille un apprenti avant le départ à la retraite d’une ancienne ou d’un ancien.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>Toute demande d’intervention reçoit une réponse sous deux jours : oui et quand, ou non et pourquoi. Les urgences sont définies par écrit. Une tournée mensuelle passe dans chaque école avec la ou le responsable de site ; elle a supprimé la moitié des petites demandes.</p>
<p>Les grands travaux suivent la <a href="/actions/conduire-les-projets-communs-avec-une-methode-partagee">méthode de projet commune</a>, avec les futures utilisatrices et futurs utilisateurs dès le premier plan.</p>
<blockquote><p>« Un bon chantier, c’est celui où l’on n’a pas besoin de revenir. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Les entreprises répondent peu aux petits marchés et les prix ont bondi. Deux consultations infructueuses nous ont coûté une année. Nous découpons désormais les travaux en lots plus petits et rencontrons les artisans du bassin chaque automne.</p>
<h3>Nos rendez-vous</h3>
<p>L’école Haute-Rive et le gymnase du Moulin en 2027, l’étude de l’ancienne bibliothèque, puis un nouveau plan pluriannuel présenté à toutes les directions.</p>`
  },
  {
    slug: 'culture-et-vie-associative',
    name: 'Culture et vie associative',
    tagline: 'Faire de la culture une maison ouverte, avec celles et ceux qui la font vivre',
    image: 'direction-culture.jpg',
    referent: 'nadia.benali',
    updatedDaysAgo: 7,
    author: 'nadia.benali',
    team: [
      {
        name: 'Anselme Tourvieille',
        jobTitle: 'Directeur de la culture et de la vie associative',
        portrait: 'equipe-2.jpg'
      },
      { name: 'Nadia Benali', jobTitle: 'Coordinatrice culture et éducation', portrait: 'equipe-7.jpg' },
      { name: 'Prune Maréchalle', jobTitle: 'Responsable de la médiathèque' },
      { name: 'Elias Vanderval', jobTitle: 'Régisseur général' },
      { name: 'Capucine Orsenne', jobTitle: 'Chargée des associations et des sports' }
    ],
    media: ['video-culture.mp4', 'deck-culture.pptx', 'charte-de-l-accueil.pdf'],
    project: `<h3>Qui nous sommes</h3>
<p>Soixante-quatre agentes et agents font vivre la médiathèque et ses deux annexes, le théâtre, le conservatoire de musique et de danse, les archives municipales, la maison des associations et les gymnases. À nos côtés, cent soixante associations et près de deux mille bénévoles.</p>
<p>Ces équipements se sont longtemps ignorés. On pouvait apprendre le violon pendant dix ans au conservatoire sans savoir que la médiathèque prêtait des partitions.</p>
<h3>Ce que nous voulons</h3>
<p><strong>Une seule saison, un seul programme, une seule carte.</strong> Nous voulons que l’on entre par une porte et que l’on découvre toutes les autres.</p>
<ul>
<li><strong>La scène dans les quartiers</strong> : six soirées par an dans les cours d’école et les parcs, avec un spectacle, un repas partagé et une visite des coulisses.</li>
<li><strong>Commencer tôt</strong> : un parcours artistique pour chaque élève, de la petite section au CM2, construit avec la direction de l’éducation.</li>
<li><strong>Une médiathèque ouverte plus tard</strong> : jusqu’à 20 h le jeudi depuis septembre 2024, et un <a href="/actions/adapter-les-horaires-aux-rythmes-de-la-ville">dimanche par mois</a>, à l’essai.</li>
<li><strong>Un agenda commun</strong> : un seul calendrier pour les services et les associations, moins de dates en double.</li>
<li><strong>Simplifier la vie des associations</strong> : un dossier unique par an, une salle réservée en trois jours, un interlocuteur qui rappelle.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>La programmation se décide en commun, deux fois par an, pendant une journée où chaque équipe présente ses envies. Les techniciennes et techniciens y participent : ce sont elles et eux qui savent ce qui est possible. Le matériel de scène est partagé entre tous les lieux, avec un planning que tout le monde peut lire.</p>
<p>La vidéo et le diaporama de cette page ont servi à présenter le projet aux équipes et aux associations.</p>
<blockquote><p>« Le plus beau compliment ? Une dame m’a dit : je ne savais pas que c’était aussi pour moi. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Les soirées et les week-ends pèsent sur les vies de famille. La répartition est revue chaque trimestre. Le public du théâtre vieillit et vient surtout du centre : les soirées dans les quartiers doivent y répondre.</p>
<h3>Nos rendez-vous</h3>
<p>Le bilan des dimanches au printemps 2027, l’agenda commun à la rentrée, et la maison des associations enfin accessible à toutes et à tous.</p>`
  },
  {
    slug: 'ressources-humaines',
    name: 'Ressources humaines',
    tagline: 'Soixante-dix métiers, six cents parcours, une même attention',
    image: 'direction-ressources-humaines.jpg',
    referent: 'mathis.duvallon',
    updatedDaysAgo: 102,
    author: 'mathis.duvallon',
    team: [
      { name: 'Sidonie Maubrac', jobTitle: 'Directrice des ressources humaines' },
      { name: 'Mathis Duvallon', jobTitle: 'Responsable formation et parcours' },
      { name: 'Karim Zouarin', jobTitle: 'Conseiller de prévention' },
      { name: 'Inès Caron', jobTitle: 'Chargée de communication interne' }
    ],
    media: ['guide-du-teletravail.pdf'],
    project: `<h3>Qui nous sommes</h3>
<p>Vingt-quatre agentes et agents s’occupent de la paie, des carrières, du recrutement, de la formation, de la prévention, de l’action sociale et de la communication interne. Nous sommes au service de six cents collègues, et nous leur devons la même qualité d’accueil qu’aux habitantes et aux habitants.</p>
<h3>Ce que nous voulons</h3>
<p>Une direction des ressources humaines est souvent connue pour ce qu’elle refuse. <strong>Nous voulons être connus pour ce que nous rendons possible.</strong></p>
<ul>
<li><strong>Aller voir</strong> : une permanence mensuelle dans chaque grand lieu de travail, aux heures des équipes, y compris à 6 heures au centre technique.</li>
<li><strong>Répondre</strong> : cinq jours pour une question simple, quinze pour une question difficile, et toujours par écrit.</li>
<li><strong>Prévenir</strong> : observer les postes avant que les corps ne lâchent, proposer de bouger avant l’inaptitude.</li>
<li><strong>Rendre lisible</strong> : règles de temps de travail, primes, promotions et mobilité expliquées en langage courant.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>Chaque direction a désormais une correspondante ou un correspondant unique aux ressources humaines, qui connaît ses métiers et passe une demi-journée par mois sur place. Les réponses aux questions fréquentes sont écrites une fois, relues par des agentes et agents, puis partagées.</p>
<p>Le dialogue social suit un calendrier annuel, connu de tous. Les accords sur le <a href="/actions/organiser-le-teletravail-et-le-droit-a-la-deconnexion">télétravail et la déconnexion</a> et sur <a href="/actions/agir-pour-l-egalite-entre-les-femmes-et-les-hommes">l’égalité</a> en sont issus.</p>
<blockquote><p>« On m’a rappelée le lendemain, avec une vraie réponse. Je n’en revenais pas. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Certains métiers attirent peu : animation, restauration, petite enfance. La moyenne d’âge augmente et les reclassements aussi. Nous manquons encore de passerelles ; la <a href="/actions/faciliter-la-mobilite-et-les-reconversions">bourse interne des postes</a> doit en créer.</p>
<h3>Nos rendez-vous</h3>
<p>La carte des métiers, les deux nouveaux groupes du parcours d’encadrement et la présentation du deuxième état des lieux sur l’égalité.</p>`
  },
  {
    slug: 'finances-et-commande-publique',
    name: 'Finances et commande publique',
    tagline: 'Bien acheter, bien payer, savoir expliquer où va l’argent',
    image: 'direction-finances.jpg',
    referent: 'yasmine.orvel',
    updatedDaysAgo: 151,
    author: 'yasmine.orvel',
    team: [
      { name: 'Armand Selvaggi-Roche', jobTitle: 'Directeur des finances' },
      { name: 'Yasmine Orvel', jobTitle: 'Contrôleuse de gestion' },
      { name: 'Bastien Lormeau', jobTitle: 'Responsable de la commande publique' }
    ],
    media: [],
    project: `<h3>Qui nous sommes</h3>
<p>Seize agentes et agents préparent et suivent le budget, paient les factures, gèrent la dette, passent les marchés et éclairent les choix. Un métier discret, que l’on remarque surtout quand un paiement tarde.</p>
<h3>Ce que nous voulons</h3>
<p>Les recettes progressent peu et les prix augmentent. Chaque euro compte, et chaque service doit pouvoir comprendre les siens. <strong>Notre projet : que plus personne ne dise « les finances ont bloqué » sans savoir pourquoi.</strong></p>
<ul>
<li><strong>Un budget lisible</strong> : un livret de douze pages, des dessins plutôt que des tableaux, présenté dans chaque direction.</li>
<li><strong>Des achats partagés</strong> : onze familles confiées à des acheteuses et acheteurs référents, des <a href="/actions/acheter-ensemble-et-responsable">critères sociaux et environnementaux</a> dans tous les marchés importants.</li>
<li><strong>Des fournisseurs payés à temps</strong> : dix-huit jours en moyenne, et nous ne reviendrons pas en arrière.</li>
<li><strong>Un regard en avant</strong> : un plan d’investissement sur cinq ans, mis à jour chaque printemps avec les directions.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>Une fois par trimestre, la contrôleuse de gestion rencontre chaque directrice et chaque directeur : ce qui était prévu, ce qui se passe, ce qui va manquer. Pas de jugement, des chiffres partagés et des décisions notées.</p>
<p>L’école des achats, deux heures le dernier vendredi du mois, est ouverte à toutes et à tous. On y apprend à écrire un besoin, à comparer deux offres, à refuser poliment.</p>
<blockquote><p>« J’ai compris le budget de mon service le jour où l’on me l’a dessiné. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>Les règles changent vite et laissent peu de place à l’improvisation. Les services nous consultent encore trop tard, quand le besoin est urgent. Nous devons être plus présents au début des projets, et plus rapides sur les petits achats.</p>
<h3>Nos rendez-vous</h3>
<p>Le groupement d’achat avec deux communes voisines au début de 2027, les quatre dernières familles d’achat avant la fin de l’année, et la formation des premiers binômes d’évaluation.</p>`
  },
  {
    slug: 'numerique-et-modernisation',
    name: 'Numérique et modernisation',
    tagline: 'Des outils simples, sûrs et utiles à tous les métiers',
    image: 'direction-numerique.jpg',
    referent: 'samir.haddalene',
    updatedDaysAgo: 45,
    author: 'samir.haddalene',
    team: [
      {
        name: 'Ludivine Castagnol',
        jobTitle: 'Directrice du numérique et de la modernisation'
      },
      { name: 'Samir Haddalène', jobTitle: 'Chef de projet numérique' },
      { name: 'Maëlle Courvoisin', jobTitle: 'Cheffe de projet du projet d’administration' },
      { name: 'Timothée Brasseline', jobTitle: 'Responsable de l’assistance et des réseaux' }
    ],
    media: ['feuille-de-route-du-projet-d-administration.pdf', 'bilan-de-la-consultation-2021.pdf'],
    project: `<h3>Qui nous sommes</h3>
<p>Quatorze agentes et agents veillent sur 480 postes, soixante logiciels, le réseau de trente et un sites et les données des habitantes et des habitants. Depuis 2023, la direction porte aussi la simplification des démarches et le suivi du projet d’administration.</p>
<h3>Ce que nous voulons</h3>
<p>Un outil numérique réussi est un outil dont on ne parle pas. <strong>Nous préférons retirer un logiciel inutile plutôt qu’en ajouter un troisième.</strong></p>
<ul>
<li><strong>Personne sans accès</strong> : une adresse pour chacune et chacun, des bornes dans les lieux de travail, des <a href="/actions/donner-a-chaque-agente-et-chaque-agent-un-acces-au-numerique">ateliers sur le temps de travail</a>.</li>
<li><strong>Personne sans aide</strong> : l’assistance répond de 6 h 30 à 18 h 30, par téléphone aussi, et se déplace.</li>
<li><strong>Vingt démarches simplifiées</strong>, dont quatorze déjà faites.</li>
<li><strong>Des données protégées</strong> : sauvegardes vérifiées chaque mois, exercices de crise, droits revus une fois par an.</li>
</ul>
<h3>Comment nous travaillons</h3>
<p>Aucun logiciel n’est acheté sans que trois personnes du métier l’aient essayé une semaine. Nous privilégions les solutions libres et celles que d’autres villes partagent. Chaque nouvel outil dit lequel il remplace, et jusqu’à quand.</p>
<p>Nous écrivons des modes d’emploi d’une page, avec des images, relus par quelqu’un qui ne connaît pas l’outil.</p>
<blockquote><p>« Le technicien est venu à 7 heures, avant ma tournée. Personne n’avait jamais fait ça. »</p></blockquote>
<h3>Ce qui reste difficile</h3>
<p>La livraison de cinq bornes a pris du retard. Les tentatives d’escroquerie par message se multiplient et visent tout le monde. Nos logiciels de métier, vieillissants, se parlent mal : il faut parfois saisir deux fois la même information, et nous le savons.</p>
<h3>Nos rendez-vous</h3>
<p>Les bornes en janvier 2027, le premier exercice de crise en juin, le <a href="/actions/ranger-et-proteger-nos-donnees">rangement des données</a>, et une nouvelle enquête auprès de toutes les agentes et de tous les agents.</p>`
  }
]
