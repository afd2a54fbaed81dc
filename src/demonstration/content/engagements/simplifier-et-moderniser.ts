import type { EngagementContent } from '../types.ts'
import { day, done, endOf, middleOf, month, planned, startOf, year, years } from '../when.ts'

export const simplifierEtModerniser: EngagementContent = {
  number: 5,
  slug: 'simplifier-et-moderniser',
  title: 'Simplifier et moderniser',
  tagline: 'Moins de papiers, de délais et de détours',
  hue: 'lagon',
  image: 'engagement-simplifier.jpg',
  description: `<p>« Pourquoi me demande-t-on encore ce document ? » La question vient des habitantes et des habitants comme des équipes. Les circuits se sont empilés avec les années ; plus personne ne sait qui a voulu la troisième signature.</p>
<p>Simplifier, c’est <strong>enlever avant d’ajouter</strong>. Le numérique y aide, à deux conditions : que personne ne soit laissé au bord du chemin, ni parmi le public ni parmi nous, et que chaque outil remplace quelque chose au lieu de s’y superposer.</p>
<ul>
<li>Des démarches plus courtes, en ligne et au guichet.</li>
<li>Un accès au numérique pour chaque agente et chaque agent, quel que soit le métier.</li>
<li>De l’argent public bien suivi, et des résultats que l’on rend publics.</li>
</ul>`,
  actions: [
    {
      number: 25,
      slug: 'simplifier-vingt-demarches-du-quotidien',
      title: 'Simplifier vingt démarches du quotidien',
      status: 'en_cours',
      due: '2027-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 19,
      author: 'samir.haddalene',
      pilotes: ['samir.haddalene', 'rose.tilleret'],
      directions: ['numerique-et-modernisation', 'population-et-citoyennete'],
      services: ['informatique', 'accueil-et-etat-civil', 'vie-associative-et-sports'],
      enjeux: ['acces-aux-droits', 'inclusion-numerique', 'qualite-de-l-accueil'],
      summary: `<p>Vingt démarches concentrent à elles seules 85 % des demandes : cantine, acte de naissance, prêt de salle, occupation du trottoir pour un déménagement… Chacune passe sur la table pendant un mois, avec les personnes qui l’instruisent et des habitantes et habitants volontaires.</p>
<p>La règle du jeu : <strong>supprimer une pièce justificative sur deux</strong>, récrire le formulaire en français courant, proposer le même parcours en ligne et sur papier, annoncer un délai et le tenir.</p>
<p>Personne n’est obligé de passer par internet. Au guichet unique, une médiatrice numérique accompagne qui le souhaite.</p>`,
      steps: [
        done(month('2024-01'), 'Choix des vingt démarches à partir des comptages'),
        done(year(2024), 'Sept démarches simplifiées'),
        done(year(2025), 'Cinq démarches, dont le prêt de salle aux associations'),
        done(month('2026-09'), 'Quatorzième démarche : l’inscription au conservatoire'),
        planned(startOf(2027), 'Occupation du domaine public'),
        planned(middleOf(2027), 'Vingtième démarche')
      ],
      results: `<p>Quatorze démarches sur vingt sont faites. Le nombre de pièces demandées est passé de 97 à <strong>41</strong>. Réserver une salle prenait douze jours : il en faut trois.</p>`,
      tools: `<p>Le guide « Écrire pour être compris » propose cent mots à remplacer et dix lettres récrites. L’atelier du mardi relit vos courriers types, sans rendez-vous.</p>`
    },
    {
      number: 26,
      slug: 'donner-a-chaque-agente-et-chaque-agent-un-acces-au-numerique',
      title: 'Donner à chaque agente et à chaque agent un accès au numérique',
      status: 'en_cours',
      due: '2026-10-31',
      published: '2023-03-21',
      updatedDaysAgo: 3,
      author: 'samir.haddalene',
      pilotes: ['samir.haddalene'],
      directions: ['numerique-et-modernisation', 'ressources-humaines'],
      services: ['informatique', 'ressources-humaines', 'restauration-collective', 'proprete-urbaine'],
      enjeux: ['inclusion-numerique', 'egalite-et-inclusion'],
      related: [25],
      image: 'direction-numerique.jpg',
      summary: `<p>En 2022, 270 agentes et agents n’avaient ni adresse électronique professionnelle ni ordinateur : jardiniers, cuisinières, agentes d’entretien, gardiens. Ils recevaient leurs informations sur un panneau, quand il était à jour.</p>
<p>Chacune et chacun a désormais <strong>une adresse de la ville</strong>, que l’on consulte depuis son téléphone ou sur une borne. Dix-sept bornes sont prévues dans les vestiaires, les écoles et le centre technique ; douze sont en service. Utiliser son téléphone personnel reste un choix, jamais une obligation.</p>
<p>Des ateliers de deux heures, sur le temps de travail, aident à se lancer : lire un message, poser un congé, se méfier d’une arnaque, ouvrir <a href="/actions/creation-d-un-extranet-dedie-au-projet-d-administration">ce site</a>.</p>
<p>L’échéance d’octobre est dépassée : la livraison des cinq dernières bornes est annoncée pour janvier.</p>`,
      steps: [
        done(startOf(2023), 'Enquête sur papier auprès des 270 personnes concernées'),
        done(endOf(2023), 'Adresses créées et remises en main propre'),
        done(month('2024-05'), 'Premiers ateliers « Je me lance »'),
        done(years(2024, 2025), 'Douze bornes installées'),
        planned(month('2026-09'), 'Cinq dernières bornes (livraison retardée)'),
        planned(month('2027-03'), 'Bulletin de paie et congés accessibles depuis les bornes')
      ],
      results: `<p>241 personnes sur 270 se sont connectées au moins une fois à leur messagerie. 198 ont suivi un atelier. Le plus apprécié : « Se méfier d’une arnaque », que beaucoup refont avec leur famille.</p>`,
      tools: `<p>Le carnet « Je me lance » explique chaque geste avec une image. Une question ? La permanence du numérique vous rappelle aux heures de votre équipe, y compris tôt le matin.</p>`
    },
    {
      number: 27,
      slug: 'payer-nos-fournisseurs-plus-vite',
      title: 'Payer nos fournisseurs plus vite',
      status: 'realisee',
      due: '2025-06-30',
      published: '2023-03-21',
      updatedDaysAgo: 254,
      author: 'yasmine.orvel',
      pilotes: ['yasmine.orvel'],
      directions: ['finances-et-commande-publique', 'numerique-et-modernisation'],
      services: ['finances-et-achats', 'informatique'],
      enjeux: ['sobriete-budgetaire', 'cooperation-entre-services'],
      related: [28],
      summary: `<p>Une facture passait entre sept mains avant d’être payée. Le plombier, l’imprimeur, la troupe de théâtre attendaient parfois deux mois, quand la loi en accorde un seul. Les petites entreprises hésitaient à travailler avec nous.</p>
<p>Le circuit a été redessiné avec celles et ceux qui le pratiquent : <strong>trois étapes au lieu de sept</strong>, une signature électronique, un suivi que le service et le fournisseur peuvent lire. Un pôle de quatre personnes traite désormais les factures de toute la ville.</p>
<p>Les services gardent l’essentiel : dire si le travail a été bien fait.</p>`,
      steps: [
        done(year(2023), 'Suivi de deux cents factures, étape par étape'),
        done(month('2024-02'), 'Nouveau circuit à l’essai avec deux directions'),
        done(day('2024-09-02'), 'Ouverture du pôle des factures'),
        done(middleOf(2025), 'Signature électronique dans toutes les directions')
      ],
      results: `<p>Le délai moyen de paiement est passé de 41 à <strong>18 jours</strong>. Les intérêts de retard, 11 000 euros en 2022, ont disparu. Le pôle a aussi repéré trois abonnements que la ville payait deux fois.</p>`,
      tools: `<p>Le circuit tient sur une affiche. Pour savoir où en est une facture, il suffit de son numéro et de deux minutes.</p>`
    },
    {
      number: 28,
      slug: 'acheter-ensemble-et-responsable',
      title: 'Acheter ensemble et responsable',
      status: 'en_cours',
      due: '2027-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 61,
      author: 'bastien.lormeau',
      pilotes: ['bastien.lormeau'],
      directions: ['finances-et-commande-publique', 'batiments-et-energie', 'education-et-enfance'],
      services: ['finances-et-achats', 'restauration-collective', 'patrimoine-bati'],
      enjeux: ['sobriete-budgetaire', 'transition-ecologique', 'egalite-et-inclusion'],
      summary: `<p>La ville achète chaque année pour neuf millions d’euros de fournitures, de services et de travaux. Chaque direction avait ses fournisseurs ; on comptait jusqu’à quatorze modèles de gants.</p>
<p>Une carte des achats a été dressée, puis <strong>onze familles</strong> ont été confiées à une acheteuse ou à un acheteur référent, qui réunit les besoins de tous les services. Les marchés sont découpés en petits lots pour que les entreprises du bassin puissent répondre.</p>
<p>Les critères changent aussi : durée de vie, réparation, heures d’insertion, distance. Avant d’acheter du neuf, on consulte la <strong>réserve</strong>, où les services déposent le mobilier dont ils ne se servent plus.</p>`,
      steps: [
        done(month('2024-01'), 'Carte des achats des trois dernières années'),
        done(endOf(2024), 'Quatre premières familles : papier, gants, produits d’entretien, mobilier'),
        done(month('2025-10'), 'Ouverture de la réserve de mobilier'),
        done(middleOf(2026), 'Guide de l’achat responsable'),
        planned(startOf(2027), 'Groupement d’achat avec deux communes voisines'),
        planned(endOf(2027), 'Onze familles d’achat couvertes')
      ],
      results: `<p>Sept familles sur onze sont couvertes. La réserve a évité l’achat de <strong>320 meubles</strong>. Les heures d’insertion confiées à nos prestataires ont doublé, à 9 400 heures par an.</p>`,
      tools: `<p>Avant tout achat de plus de mille euros : le guide en huit questions. La réserve se visite le mercredi, au centre technique.</p>`
    },
    {
      number: 29,
      slug: 'ranger-et-proteger-nos-donnees',
      title: 'Ranger et protéger nos données',
      status: 'prevue',
      due: '2028-03-31',
      published: '2024-09-16',
      updatedDaysAgo: 190,
      author: 'samir.haddalene',
      pilotes: ['samir.haddalene'],
      directions: ['numerique-et-modernisation'],
      services: ['informatique', 'accueil-et-etat-civil'],
      enjeux: ['acces-aux-droits', 'cooperation-entre-services'],
      related: [26],
      summary: `<p>Où est la dernière version ? Qui a le droit de la lire ? Combien de temps doit-on la garder ? Nos dossiers numériques se sont accumulés sans plan de classement : près de deux millions de fichiers, dont la moitié n’ont pas été ouverts depuis cinq ans.</p>
<p>L’action prévoit un <strong>grand rangement, service par service</strong>, avec une archiviste : un plan de classement commun, des durées de conservation connues de tout le monde, des droits d’accès revus une fois par an.</p>
<p>Elle comprend aussi un exercice annuel : que faisons-nous si, un lundi matin, plus rien ne s’allume ?</p>`,
      steps: [
        planned(startOf(2027), 'Plan de classement écrit avec trois services volontaires'),
        planned(month('2027-06'), 'Premier exercice de crise numérique'),
        planned(endOf(2027), 'Rangement des huit directions'),
        planned(startOf(2028), 'Bilan et nettoyage annuel')
      ]
    },
    {
      number: 30,
      slug: 'evaluer-ce-que-nous-faisons-et-en-rendre-compte',
      title: 'Évaluer ce que nous faisons et en rendre compte',
      status: 'prevue',
      published: '2023-03-21',
      updatedDaysAgo: 430,
      author: 'maelle.courvoisin',
      pilotes: ['maelle.courvoisin', 'yasmine.orvel'],
      directions: ['finances-et-commande-publique', 'numerique-et-modernisation'],
      services: ['finances-et-achats', 'communication-interne'],
      enjeux: ['sobriete-budgetaire', 'cooperation-entre-services'],
      related: [7],
      documents: ['feuille-de-route-du-projet-d-administration.pdf'],
      summary: `<p>Une action terminée n’est pas une action réussie. Comment savoir si les horaires élargis ont servi, si la formation a changé quelque chose, si l’argent a été bien employé ? La ville compte beaucoup et évalue peu.</p>
<p>L’action installera <strong>trois évaluations par an</strong>, choisies avec les équipes et confiées à des binômes formés : une personne qui connaît le sujet, une autre qui n’y connaît rien. Les conclusions seront présentées à toutes les agentes et à tous les agents, puis au conseil municipal.</p>
<p>La première portera sur le projet d’administration lui-même, cinq ans après sa parution.</p>`,
      steps: [
        planned(middleOf(2027), 'Choix des trois premiers sujets'),
        planned(endOf(2027), 'Formation de huit binômes'),
        planned(month('2028-03'), 'Évaluation du projet d’administration, cinq ans après'),
        planned(endOf(2028), 'Première restitution publique')
      ]
    }
  ]
}
