import type { EngagementContent } from '../types.ts'
import { day, done, endOf, middleOf, month, planned, startOf, year, years } from '../when.ts'

export const prendreSoin: EngagementContent = {
  number: 3,
  slug: 'prendre-soin-de-celles-et-ceux-qui-font-la-ville',
  title: 'Prendre soin de celles et ceux qui font la ville',
  tagline: 'Bien arriver, bien travailler, pouvoir évoluer',
  hue: 'prune',
  image: 'engagement-prendre-soin.jpg',
  description: `<p>Une ville tient par les personnes qui s’en occupent. À Valbrune, une agente ou un agent sur deux a plus de quarante-huit ans, et beaucoup portent, poussent, se baissent ou restent debout toute la journée. <strong>Prendre soin n’est pas un supplément : c’est la condition d’un service public qui dure.</strong></p>
<p>Cet engagement suit la vie professionnelle, du premier jour au dernier : l’accueil, la santé, l’encadrement, l’égalité, l’organisation du temps, l’envie de changer de métier. Chaque action a été discutée avec les représentantes et représentants du personnel.</p>
<ul>
<li>Personne ne passe sa première semaine sans savoir où s’asseoir ni à qui parler.</li>
<li>Les gestes et les postes qui usent sont repérés et corrigés.</li>
<li>Chaque parcours peut bouger, à tout âge et dans tous les métiers.</li>
</ul>`,
  actions: [
    {
      number: 13,
      slug: 'accompagner-chaque-nouvelle-arrivee',
      title: 'Accompagner chaque nouvelle arrivée',
      status: 'realisee',
      due: '2024-09-30',
      published: '2023-03-21',
      updatedDaysAgo: 87,
      author: 'mathis.duvallon',
      pilotes: ['mathis.duvallon'],
      directions: ['ressources-humaines'],
      services: ['ressources-humaines', 'communication-interne', 'informatique'],
      enjeux: ['sante-au-travail', 'cooperation-entre-services'],
      related: [9, 26],
      summary: `<p>Chaque année, environ soixante-dix personnes rejoignent la ville. Certaines racontaient un premier jour sans badge, sans vestiaire et sans visage connu. Ce n’est plus possible : l’arrivée se prépare <strong>dix jours avant</strong>, avec une liste que le service, les ressources humaines et l’informatique partagent.</p>
<p>Une marraine ou un parrain, d’un autre service, accompagne la nouvelle ou le nouveau collègue pendant trois mois. Deux fois par an, une matinée réunit toutes les arrivées : présentation de la ville, visite en car, déjeuner avec la direction générale.</p>
<h3>Les cinq rendez-vous</h3>
<ol>
<li>L’appel de bienvenue, une semaine avant.</li>
<li>Le premier jour, avec la ou le responsable et la marraine ou le parrain.</li>
<li>Le point du premier mois.</li>
<li>La matinée d’accueil.</li>
<li>L’entretien des six mois, avec les ressources humaines.</li>
</ol>`,
      steps: [
        done(endOf(2022), 'Entretiens avec trente personnes arrivées depuis moins d’un an'),
        done(month('2023-06'), 'Liste commune de préparation d’une arrivée'),
        done(month('2023-11'), 'Premières marraines, premiers parrains'),
        done(day('2024-03-12'), 'Première matinée d’accueil'),
        done(month('2024-09'), 'Livret d’accueil remis avec le contrat')
      ],
      results: `<p>Depuis septembre 2024, <strong>neuf arrivées sur dix</strong> ont un poste prêt le premier jour. Les départs au cours de la première année sont passés de onze à quatre. Quarante-six marraines et parrains se relaient.</p>`,
      tools: `<p>La liste « Dix jours avant » se remplit en ligne ; elle prévient d’elle-même l’informatique, l’habillement et la restauration. Le livret existe aussi en grands caractères.</p>`
    },
    {
      number: 14,
      slug: 'prevenir-l-usure-professionnelle',
      title: 'Prévenir l’usure professionnelle',
      status: 'en_cours',
      due: '2026-03-31',
      published: '2023-03-21',
      updatedDaysAgo: 9,
      author: 'karim.zouarin',
      pilotes: ['karim.zouarin'],
      directions: ['ressources-humaines', 'education-et-enfance', 'cadre-de-vie'],
      services: ['ressources-humaines', 'ecoles', 'restauration-collective', 'proprete-urbaine'],
      enjeux: ['sante-au-travail'],
      related: [18],
      image: 'engagement-prendre-soin.jpg',
      documents: ['entre-nous-2.pdf'],
      summary: `<p>Mal de dos, épaules, genoux, bruit, fatigue : à quarante-cinq ans, certains corps ont déjà beaucoup donné. L’action part du travail réel. Un ergonome et le conseiller de prévention observent un poste pendant deux journées, puis cherchent avec l’équipe ce qui peut changer.</p>
<p>Les solutions sont souvent modestes : des chariots à hauteur variable, une autre façon de ranger, un mobilier d’école plus léger, une pause mieux placée. Elles coûtent en moyenne <strong>900 euros par poste</strong>, bien moins qu’un arrêt.</p>
<p>Douze familles de métiers sont concernées. Neuf sont faites ; les trois dernières (petite enfance, gymnases, voirie) ont été décalées faute d’ergonome disponible au printemps 2026.</p>`,
      steps: [
        done(years(2021, 2022), 'Analyse de cinq ans d’accidents et d’arrêts de travail'),
        done(month('2023-09'), 'Première étude de poste : entretien des écoles'),
        done(year(2024), 'Études en cuisine, à la propreté et aux espaces verts'),
        done(year(2025), 'Renouvellement des chariots et du matériel de ménage dans les onze écoles'),
        done(month('2026-11'), 'Arrivée d’une seconde ergonome, à mi-temps'),
        planned(startOf(2027), 'Études petite enfance, gymnases et voirie'),
        planned(middleOf(2027), 'Bilan présenté à la formation spécialisée en santé et sécurité')
      ],
      results: `<p>Dans les neuf métiers étudiés, les accidents liés à la manutention ont diminué d’un <strong>quart en deux ans</strong>. Les équipes des écoles notent surtout une fatigue moindre en fin de semaine.</p>`,
      tools: `<p>Chaque équipe peut demander une observation de poste au conseiller de prévention. Le catalogue du matériel essayé, avec les avis de celles et ceux qui l’utilisent, est tenu au service Prévention.</p>`
    },
    {
      number: 15,
      slug: 'un-parcours-pour-celles-et-ceux-qui-encadrent',
      title: 'Un parcours pour celles et ceux qui encadrent',
      status: 'en_cours',
      due: '2027-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 143,
      author: 'mathis.duvallon',
      pilotes: ['mathis.duvallon', 'thibault.valmorin'],
      directions: ['ressources-humaines'],
      services: ['ressources-humaines'],
      enjeux: ['sante-au-travail', 'cooperation-entre-services'],
      related: [11, 16],
      summary: `<p>On devient souvent responsable parce que l’on connaissait bien son métier, et l’on découvre qu’encadrer en est un autre. Quatre-vingt-dix personnes dirigent une équipe à Valbrune, de la cheffe d’équipe de trois agents au directeur de deux cents.</p>
<p>Le parcours compte <strong>six demi-journées</strong> : donner une consigne et en vérifier le sens, conduire un entretien, dire ce qui ne va pas, répartir la charge, repérer une personne en difficulté, prendre soin de soi. Il se suit par petits groupes de métiers mêlés.</p>
<p>Entre les séances, des ateliers de codéveloppement permettent de travailler à huit sur une situation vraie, dans la confiance.</p>`,
      steps: [
        done(year(2023), 'Référentiel de l’encadrement écrit par vingt responsables'),
        done(month('2024-09'), 'Premier groupe de douze personnes'),
        done(years(2024, 2026), 'Cinq groupes formés, un par semestre'),
        planned(month('2027-02'), 'Sixième et septième groupes'),
        planned(middleOf(2027), 'Évaluation par les équipes elles-mêmes')
      ],
      results: `<p>Cinquante-neuf responsables ont terminé le parcours. Le taux d’entretiens annuels réalisés est passé de 61 à 88 %. Les ateliers de codéveloppement sont devenus permanents, à la demande des premiers groupes.</p>`,
      tools: `<p>Une boîte à outils de douze fiches accompagne le parcours : préparer un entretien, recadrer sans blesser, animer une réunion de quinze minutes, remercier.</p>`
    },
    {
      number: 16,
      slug: 'agir-pour-l-egalite-entre-les-femmes-et-les-hommes',
      title: 'Agir pour l’égalité entre les femmes et les hommes',
      status: 'en_cours',
      visibility: 'public',
      due: '2027-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 56,
      author: 'yasmine.orvel',
      pilotes: ['yasmine.orvel', 'mathis.duvallon'],
      directions: ['ressources-humaines', 'finances-et-commande-publique'],
      services: ['ressources-humaines', 'finances-et-achats'],
      enjeux: ['egalite-et-inclusion'],
      related: [15],
      summary: `<p>Les femmes sont 63 % des effectifs de la ville et 41 % des responsables de service. Elles occupent trois quarts des temps partiels. Les chiffres ne disent pas tout, mais ils obligent à regarder.</p>
<p>Le plan d’égalité agit sur <strong>quatre fronts</strong> :</p>
<ul>
<li>les rémunérations, comparées métier par métier chaque année ;</li>
<li>l’accès aux responsabilités et aux métiers où l’un des deux sexes est rare ;</li>
<li>l’articulation entre travail et vie personnelle, avec des réunions entre 9 heures et 17 heures ;</li>
<li>la lutte contre les violences sexistes et sexuelles, avec un dispositif de signalement confié à une équipe extérieure.</li>
</ul>
<p>Les vêtements de travail ont aussi été revus : des coupes pour femmes existent désormais dans tous les métiers techniques.</p>`,
      steps: [
        done(year(2023), 'Premier état des lieux partagé avec les représentantes et représentants du personnel'),
        done(month('2024-03'), 'Adoption du plan pour 2024-2027'),
        done(day('2024-11-25'), 'Ouverture du dispositif de signalement'),
        done(year(2025), 'Formation de tous les membres de jury de recrutement'),
        planned(month('2027-03'), 'Deuxième état des lieux complet'),
        planned(endOf(2027), 'Bilan et nouveau plan')
      ],
      results: `<p>L’écart de rémunération, à métier égal, est passé de 4,2 à <strong>2,6 %</strong>. Deux femmes ont rejoint l’équipe de la voirie et trois hommes celle de la petite enfance. Le dispositif de signalement a été saisi sept fois ; chaque situation a reçu une réponse.</p>`,
      tools: `<p>Le numéro et l’adresse du dispositif de signalement figurent au dos du bulletin de paie. Il est ouvert aux victimes comme aux témoins, et garantit la confidentialité.</p>`
    },
    {
      number: 17,
      slug: 'organiser-le-teletravail-et-le-droit-a-la-deconnexion',
      title: 'Organiser le télétravail et le droit à la déconnexion',
      status: 'realisee',
      due: '2024-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 388,
      author: 'mathis.duvallon',
      pilotes: ['mathis.duvallon'],
      directions: ['ressources-humaines', 'numerique-et-modernisation'],
      services: ['ressources-humaines', 'informatique'],
      enjeux: ['sante-au-travail', 'inclusion-numerique'],
      related: [3, 26],
      documents: ['guide-du-teletravail.pdf'],
      summary: `<p>Le télétravail s’est installé dans l’urgence, en 2020, sans règle écrite. Certains services en profitaient, d’autres non, et les soirées se remplissaient de messages. Un accord négocié avec les organisations syndicales a remis de l’ordre.</p>
<p>Les agentes et agents dont les missions le permettent peuvent télétravailler <strong>jusqu’à deux jours par semaine</strong>, avec au moins un jour commun de présence pour toute l’équipe. Les autres métiers n’ont pas été oubliés : regroupement des heures, choix d’un planning sur trois, temps de repos mieux protégés.</p>
<p>La charte de la déconnexion s’applique à tout le monde, direction générale comprise : aucun message n’appelle de réponse <strong>entre 19 heures et 7 heures</strong>, ni le week-end, hors astreinte.</p>`,
      steps: [
        done(years(2020, 2021), 'Télétravail d’urgence, puis enquête auprès des 180 personnes concernées'),
        done(year(2023), 'Négociation : six réunions'),
        done(month('2024-01'), 'Signature de l’accord'),
        done(month('2024-06'), 'Équipement de tous les postes concernés'),
        done(endOf(2025), 'Premier bilan : l’accord est reconduit')
      ],
      results: `<p>164 personnes télétravaillent, en moyenne 1,4 jour par semaine. Les messages envoyés après 19 heures ont <strong>diminué de 60 %</strong>. Quarante-deux agentes et agents de terrain ont choisi un nouveau planning.</p>`,
      tools: `<p>La demande se fait en ligne, en cinq minutes ; la réponse est due sous un mois et tout refus est motivé. Le guide « Travailler à distance sans s’isoler » accompagne l’accord.</p>`
    },
    {
      number: 18,
      slug: 'faciliter-la-mobilite-et-les-reconversions',
      title: 'Faciliter la mobilité et les reconversions',
      status: 'prevue',
      due: '2027-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 164,
      author: 'mathis.duvallon',
      pilotes: ['mathis.duvallon', 'karim.zouarin'],
      directions: ['ressources-humaines'],
      services: ['ressources-humaines'],
      enjeux: ['sante-au-travail', 'egalite-et-inclusion'],
      related: [9, 14],
      summary: `<p>Changer de métier sans changer d’employeur : c’est possible dans une ville qui en compte soixante-dix, et c’est pourtant rare. Les postes vacants se savent trop tard, les passerelles sont mal connues, et l’on n’ose pas en parler à sa ou son responsable.</p>
<p>L’action prévoit une <strong>bourse interne des postes</strong>, publiée quinze jours avant toute annonce extérieure, des périodes d’essai réversibles de trois mois et un accompagnement individuel pour les personnes dont la santé impose de changer.</p>
<p>Elle s’appuiera sur les journées <a href="/actions/decouvrir-le-metier-des-autres-avec-vis-mon-metier">« Vis mon métier »</a>, qui sont souvent la première étape d’un projet.</p>`,
      steps: [
        planned(month('2026-12'), 'Carte des métiers et des passerelles'),
        planned(
          startOf(2027),
          'Règles de la bourse interne discutées avec les représentantes et représentants du personnel'
        ),
        planned(month('2027-09'), 'Premiers postes publiés'),
        planned(endOf(2027), 'Premier groupe d’accompagnement à la reconversion')
      ]
    }
  ]
}
