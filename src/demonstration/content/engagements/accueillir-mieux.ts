import type { EngagementContent } from '../types.ts'
import { day, done, endOf, middleOf, month, planned, startOf, year, years } from '../when.ts'

export const accueillirMieux: EngagementContent = {
  number: 1,
  slug: 'accueillir-mieux',
  title: 'Accueillir mieux',
  tagline: 'Une seule porte, une réponse claire, pour tout le monde',
  hue: 'brique',
  image: 'engagement-accueillir.jpg',
  description: `<p>À Valbrune, on pousse la porte d’un service municipal près de 400 fois par jour : pour inscrire un enfant à la cantine, déclarer une naissance, signaler un trottoir abîmé, emprunter un livre. Derrière chaque visite, il y a une personne qui attend une réponse et une personne qui la donne.</p>
<p>Accueillir mieux, c’est <strong>ne plus renvoyer d’un guichet à l’autre</strong>, parler une langue que tout le monde comprend et recevoir chacune et chacun avec la même attention. C’est aussi donner à celles et ceux qui accueillent des locaux, des outils et un appui à la hauteur de leur métier.</p>
<ul>
<li>Un guichet unique qui traite huit demandes sur dix dès la première visite.</li>
<li>Les mêmes repères dans tous les lieux qui reçoivent du public.</li>
<li>Des équipes formées, soutenues et jamais seules devant une situation difficile.</li>
</ul>`,
  actions: [
    {
      number: 1,
      slug: 'ouvrir-un-guichet-unique-a-l-hotel-de-ville',
      title: 'Ouvrir un guichet unique à l’hôtel de ville',
      status: 'realisee',
      due: '2025-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 41,
      author: 'rose.tilleret',
      pilotes: ['rose.tilleret', 'lison.clairval'],
      directions: ['population-et-citoyennete', 'education-et-enfance', 'batiments-et-energie'],
      services: ['accueil-et-etat-civil', 'ecoles', 'petite-enfance', 'patrimoine-bati'],
      enjeux: ['qualite-de-l-accueil', 'acces-aux-droits', 'cooperation-entre-services'],
      related: [2, 3, 25],
      image: 'engagement-accueillir.jpg',
      summary: `<p>Avant 2025, inscrire un enfant à l’école puis à la cantine demandait deux rendez-vous, dans deux bâtiments, avec deux fois les mêmes justificatifs. Le guichet unique rassemble au rez-de-chaussée de l’hôtel de ville l’état civil, les inscriptions scolaires et périscolaires, la petite enfance et le paiement des factures.</p>
<p><strong>Le principe est simple : une personne, un dossier, une réponse.</strong> L’agente ou l’agent qui reçoit va au bout de la demande. Les cas particuliers partent vers un second niveau, sur rendez-vous, dans un bureau fermé.</p>
<h3>Ce qui a changé pour les équipes</h3>
<ul>
<li>Quatorze agentes et agents, venus de quatre services, forment une seule équipe.</li>
<li>Chacune et chacun maîtrise un premier domaine et en apprend un nouveau tous les six mois.</li>
<li>Une heure par semaine, le jeudi matin, le guichet reste fermé pour partager les nouveautés.</li>
</ul>
<blockquote><p>« Au début, j’avais peur de ne pas savoir répondre. Aujourd’hui, je sais à qui demander, et c’est cela qui compte. »</p></blockquote>`,
      steps: [
        done(
          years(2021, 2022),
          'Visites de trois communes voisines et relevé des motifs de venue, pendant six semaines, à tous les comptoirs'
        ),
        done(endOf(2022), 'Choix du scénario : un seul lieu, deux niveaux de réponse'),
        done(year(2023), 'Écriture des fiches de procédure, service par service'),
        done(month('2024-04'), 'Début des travaux du rez-de-chaussée'),
        done(month('2025-02'), 'Immersion des quatorze agentes et agents dans les services de leurs collègues'),
        done(day('2025-05-19'), 'Ouverture au public'),
        done(startOf(2026), 'Bilan des six premiers mois, présenté à toute l’équipe')
      ],
      results: `<p>Dix-huit mois après l’ouverture :</p>
<ul>
<li><strong>82 %</strong> des demandes sont traitées en une seule visite, contre 47 % auparavant ;</li>
<li>l’attente moyenne est passée de 21 à <strong>9 minutes</strong> ;</li>
<li>neuf personnes sur dix se disent satisfaites de l’accueil reçu.</li>
</ul>
<p>Le point à améliorer reste le mercredi après-midi, quand l’affluence double. Le renfort tournant essayé au printemps sera reconduit.</p>`,
      tools: `<p>Le recueil des procédures compte 64 fiches, rangées par motif de visite et relues deux fois par an. Pour signaler une fiche dépassée, écrivez à l’équipe du guichet ou parlez-en le jeudi matin.</p>
<ul>
<li>Plan du rez-de-chaussée et sens de circulation</li>
<li>Grille de répartition des demandes entre premier et second niveau</li>
<li>Modèle de message pour un dossier incomplet</li>
</ul>`
    },
    {
      number: 2,
      slug: 'ecrire-une-charte-de-l-accueil-et-la-faire-vivre',
      title: 'Écrire une charte de l’accueil et la faire vivre',
      status: 'realisee',
      due: '2024-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 176,
      author: 'lison.clairval',
      pilotes: ['lison.clairval'],
      directions: ['population-et-citoyennete', 'culture-et-vie-associative'],
      services: ['accueil-et-etat-civil', 'mediatheque', 'vie-associative-et-sports'],
      enjeux: ['qualite-de-l-accueil', 'cooperation-entre-services'],
      related: [4],
      documents: ['charte-de-l-accueil.pdf'],
      summary: `<p>Vingt-trois lieux municipaux reçoivent du public, de la médiathèque au centre technique. Chacun avait ses habitudes. La charte de l’accueil pose <strong>dix repères communs</strong>, courts et vérifiables : dire bonjour et se présenter, rappeler sous deux jours ouvrés, ne jamais transférer un appel sans l’annoncer, expliquer un refus.</p>
<p>Elle n’est pas descendue d’un bureau. Quarante agentes et agents volontaires l’ont écrite en cinq ateliers, à partir de situations vécues : la file qui s’allonge, la personne qui ne lit pas, la colère de fin de journée.</p>
<p>Chaque année, en novembre, une « semaine de l’accueil » permet de relire les dix repères, d’en changer un si besoin et de se rendre visite d’un lieu à l’autre.</p>`,
      steps: [
        done(middleOf(2022), 'Recueil de deux cents situations d’accueil auprès des équipes'),
        done(month('2023-05'), 'Premier des cinq ateliers d’écriture'),
        done(month('2023-12'), 'Charte essayée pendant trois mois dans quatre lieux'),
        done(day('2024-06-04'), 'Charte présentée au comité social territorial'),
        done(month('2024-11'), 'Première semaine de l’accueil et affichage dans les vingt-trois lieux')
      ],
      results: `<p>Les visites croisées ont mobilisé <strong>112 agentes et agents</strong> en deux ans. Le repère le mieux tenu est le bonjour ; le plus difficile, le rappel sous deux jours. Un tableau partagé des messages laissés a été mis en place pour y aider : sept rappels sur dix sont désormais faits à temps.</p>`,
      tools: `<p>La charte existe en affiche, en carte à glisser dans le badge et en version facile à lire et à comprendre. Les fichiers prêts à imprimer sont à demander à la communication interne.</p>`
    },
    {
      number: 3,
      slug: 'adapter-les-horaires-aux-rythmes-de-la-ville',
      title: 'Adapter les horaires d’ouverture aux rythmes de la ville',
      status: 'en_cours',
      due: '2027-03-31',
      published: '2023-03-21',
      updatedDaysAgo: 5,
      author: 'maelle.courvoisin',
      pilotes: ['lison.clairval', 'nadia.benali'],
      directions: ['population-et-citoyennete', 'culture-et-vie-associative', 'ressources-humaines'],
      services: ['accueil-et-etat-civil', 'mediatheque', 'ressources-humaines'],
      enjeux: ['qualite-de-l-accueil', 'sante-au-travail'],
      related: [17],
      summary: `<p>Qui travaille de 9 heures à 18 heures ne peut pas venir en mairie de 9 heures à 17 heures. Et qui travaille au guichet ne peut pas être là à toute heure. L’action cherche l’équilibre : <strong>ouvrir mieux plutôt qu’ouvrir plus</strong>.</p>
<p>Deux essais sont en cours. Le guichet unique ouvre le jeudi jusqu’à 19 h 30 et ferme le mardi matin. La médiathèque, déjà ouverte jusqu’à 20 h le jeudi, expérimente un dimanche par mois d’octobre à mars, avec des volontaires.</p>
<p>Chaque changement est discuté avec les équipes, essayé six mois, mesuré, puis gardé ou abandonné. Rien ne devient définitif sans bilan.</p>`,
      steps: [
        done(endOf(2023), 'Comptage des passages, heure par heure, dans huit lieux'),
        done(month('2024-09'), 'Médiathèque ouverte jusqu’à 20 h le jeudi'),
        done(month('2024-10'), 'Enquête auprès de 640 habitantes et habitants'),
        done(month('2025-09'), 'Nocturne du jeudi au guichet unique, à l’essai'),
        done(month('2026-10'), 'Premier dimanche d’ouverture de la médiathèque'),
        planned(month('2027-01'), 'Bilan des deux essais avec les équipes et le public'),
        planned(startOf(2027), 'Nouveaux horaires soumis au comité social territorial')
      ],
      results: `<p>Le jeudi soir accueille en moyenne 58 personnes, dont la moitié n’étaient jamais venues en mairie. Le mardi matin fermé n’a donné lieu à aucune réclamation écrite. Les agentes et agents du guichet demandent que les nocturnes soient réparties plus équitablement : un planning au trimestre est à l’essai.</p>`
    },
    {
      number: 4,
      slug: 'former-toutes-les-personnes-qui-recoivent-le-public',
      title: 'Former toutes les personnes qui reçoivent le public',
      status: 'en_cours',
      visibility: 'public',
      due: '2027-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 23,
      author: 'mathis.duvallon',
      pilotes: ['mathis.duvallon'],
      directions: ['ressources-humaines', 'population-et-citoyennete'],
      services: ['ressources-humaines', 'accueil-et-etat-civil', 'mediatheque', 'vie-associative-et-sports'],
      enjeux: ['qualite-de-l-accueil', 'sante-au-travail', 'egalite-et-inclusion'],
      related: [5, 14],
      documents: ['charte-de-l-accueil.pdf'],
      summary: `<p>Recevoir du public est un métier. Près de <strong>260 agentes et agents</strong> l’exercent à Valbrune, au guichet, dans les écoles, au gymnase ou sur le terrain, et la plupart l’ont appris seuls.</p>
<p>Le parcours de formation compte trois journées, à suivre en deux ans : écouter et reformuler, faire face à l’agressivité, accueillir une personne en situation de handicap ou qui parle peu le français. Les séances mêlent les services, pour que les gardiens de gymnase et les agentes d’état civil échangent leurs façons de faire.</p>
<h3>Après la formation</h3>
<p>Un groupe de parole animé par une psychologue du travail se réunit tous les deux mois. La participation est libre, sur le temps de travail, et ce qui s’y dit n’en sort pas.</p>`,
      steps: [
        done(year(2023), 'Cahier des charges écrit avec douze agentes et agents d’accueil'),
        done(month('2024-03'), 'Première session : écouter et reformuler'),
        done(month('2025-01'), 'Ouverture du groupe de parole'),
        done(month('2026-06'), 'Cent cinquantième personne formée'),
        planned(startOf(2027), 'Module pour les équipes de terrain : jardins, propreté, écoles'),
        planned(endOf(2027), 'Toutes les personnes concernées ont suivi au moins deux journées')
      ],
      results: `<p>158 personnes ont suivi au moins une journée et 74 le parcours entier. Neuf sur dix recommandent la formation à leurs collègues. Les déclarations d’incident avec le public sont mieux faites : elles ont augmenté de 30 %, signe que l’on ose davantage en parler.</p>`,
      tools: `<p>Le calendrier des sessions et le bulletin d’inscription sont tenus par le service Formation. L’accord de la ou du responsable est attendu sous dix jours.</p>
<ul>
<li>Fiche réflexe « Faire face à l’agressivité »</li>
<li>Lexique de 80 phrases utiles, en six langues</li>
</ul>`
    },
    {
      number: 5,
      slug: 'rendre-nos-lieux-accessibles-a-toutes-et-a-tous',
      title: 'Rendre nos lieux d’accueil accessibles à toutes et à tous',
      status: 'en_cours',
      due: '2026-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 68,
      author: 'aicha.belorme',
      pilotes: ['aicha.belorme'],
      directions: ['batiments-et-energie', 'population-et-citoyennete'],
      services: ['patrimoine-bati', 'accueil-et-etat-civil'],
      enjeux: ['egalite-et-inclusion', 'acces-aux-droits'],
      related: [1],
      summary: `<p>Une rampe trop raide, un comptoir trop haut, une signalétique illisible : ce qui gêne une personne en fauteuil gêne aussi un parent avec une poussette ou un collègue au dos fragile. L’action reprend les <strong>vingt-trois lieux qui reçoivent du public</strong> et les traite un par un, en commençant par les plus fréquentés.</p>
<p>Chaque chantier débute par une visite avec des personnes concernées, membres du conseil local du handicap. Elles montrent ce qu’un plan ne dit pas : le bruit du hall, la porte trop lourde, le bouton d’ascenseur sans relief.</p>
<p>Le calendrier a pris du retard : deux marchés de travaux n’ont pas reçu d’offre en 2025 et ont été relancés avec des lots plus petits.</p>`,
      steps: [
        done(years(2020, 2022), 'Diagnostic de tous les bâtiments ouverts au public'),
        done(month('2023-10'), 'Visites avec le conseil local du handicap'),
        done(year(2024), 'Mise en accessibilité de neuf lieux, dont les quatre écoles maternelles'),
        done(endOf(2025), 'Boucles magnétiques et comptoirs abaissés dans dix accueils'),
        planned(endOf(2026), 'Relance des travaux de la maison des associations'),
        planned(middleOf(2027), 'Fin des travaux dans les quatre derniers lieux')
      ],
      results: `<p><strong>Dix-neuf lieux sur vingt-trois</strong> sont accessibles à ce jour. Il reste la maison des associations, le gymnase du Moulin, la salle des fêtes et l’annexe du cimetière.</p>`,
      tools: `<p>Un registre d’accessibilité est tenu dans chaque lieu, au comptoir. La grille de visite et le contact du conseil local du handicap sont à demander au service Patrimoine bâti.</p>`
    },
    {
      number: 6,
      slug: 'aller-vers-celles-et-ceux-qui-ne-viennent-pas',
      title: 'Aller vers celles et ceux qui ne viennent pas',
      status: 'prevue',
      due: '2028-06-30',
      published: '2024-01-15',
      updatedDaysAgo: 212,
      author: 'lison.clairval',
      pilotes: ['rose.tilleret'],
      directions: ['population-et-citoyennete'],
      services: ['accueil-et-etat-civil', 'vie-associative-et-sports'],
      enjeux: ['acces-aux-droits', 'inclusion-numerique'],
      related: [4, 25],
      summary: `<p>Une partie des habitantes et des habitants n’ouvre jamais la porte de la mairie : parce que c’est loin, parce que l’on se déplace mal, parce que l’on n’ose pas. Beaucoup ont pourtant droit à une aide qu’ils ne demandent pas.</p>
<p>L’idée est de <strong>faire sortir le guichet de ses murs</strong> : une permanence itinérante, dans un véhicule aménagé, s’arrêterait chaque semaine au marché des Ormes, à la résidence du Parc et dans les deux quartiers les plus éloignés du centre.</p>
<p>L’action commencera par une étude courte, menée avec les associations et les bailleurs, pour choisir les arrêts et les horaires.</p>`,
      steps: [
        planned(startOf(2027), 'Rencontres avec les associations et les bailleurs'),
        planned(month('2027-05'), 'Choix des arrêts et du véhicule'),
        planned(endOf(2027), 'Trois mois d’essai dans deux quartiers'),
        planned(year(2028), 'Permanence ouverte toute l’année, si l’essai est concluant')
      ]
    }
  ]
}
