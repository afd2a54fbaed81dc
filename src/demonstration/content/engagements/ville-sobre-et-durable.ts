import type { EngagementContent } from '../types.ts'
import { day, done, endOf, middleOf, month, planned, startOf, year, years } from '../when.ts'

export const villeSobreEtDurable: EngagementContent = {
  number: 4,
  slug: 'une-ville-sobre-et-durable',
  title: 'Une ville sobre et durable',
  tagline: 'Consommer moins, réparer plus, rafraîchir la ville',
  hue: 'feuille',
  image: 'engagement-sobre-durable.jpg',
  description: `<p>La ville chauffe, éclaire, arrose, cuisine, roule. Ses quarante-six bâtiments, ses 3 400 points lumineux et ses 1 900 repas quotidiens pèsent sur le climat autant que sur le budget. <strong>Chaque service a une part de la solution entre les mains.</strong></p>
<p>L’engagement commence par nous-mêmes : avant de demander des efforts aux habitantes et aux habitants, l’administration montre les siens, chiffres à l’appui. Il s’attache aux gestes du quotidien comme aux grands travaux, et préfère ce qui dure à ce qui brille.</p>
<ul>
<li>Un quart d’énergie en moins dans les bâtiments d’ici à 2028.</li>
<li>De l’ombre et de la terre dans toutes les cours d’école.</li>
<li>Moins de gaspillage en cuisine, sur la route et au robinet.</li>
</ul>`,
  actions: [
    {
      number: 19,
      slug: 'eclairer-mieux-en-consommant-moins',
      title: 'Éclairer mieux en consommant moins',
      status: 'realisee',
      visibility: 'public',
      due: '2025-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 72,
      author: 'paul.mercier',
      pilotes: ['paul.mercier', 'aicha.belorme'],
      directions: ['cadre-de-vie', 'batiments-et-energie', 'finances-et-commande-publique'],
      services: ['patrimoine-bati', 'espaces-verts', 'finances-et-achats'],
      enjeux: ['transition-ecologique', 'sobriete-budgetaire'],
      related: [20, 24],
      image: 'engagement-sobre-durable.jpg',
      summary: `<p>L’éclairage public représentait 38 % de l’électricité payée par la ville. Les <strong>3 400 points lumineux</strong> sont maintenant équipés de diodes, à la lumière plus chaude, dirigée vers le sol. La nuit, l’intensité baisse de moitié entre 23 heures et 5 heures ; dans les rues résidentielles, elle s’éteint de 1 heure à 5 heures.</p>
<p>Le parc des Ormes et les bords de la Brune restent dans le noir : le service Espaces verts, qui a piloté cette partie, y a compté onze espèces de chauves-souris.</p>
<p>Quatre réunions de quartier ont précédé l’extinction. Deux rues ont été rallumées à la demande des riverains, après une visite de nuit faite avec eux.</p>`,
      steps: [
        done(year(2022), 'Inventaire et essai dans trois rues'),
        done(month('2023-10'), 'Réunions de quartier et visites de nuit'),
        done(years(2023, 2025), 'Remplacement des 3 400 points lumineux, en six tranches'),
        done(day('2024-12-02'), 'Extinction de 1 heure à 5 heures dans les rues résidentielles'),
        done(month('2025-11'), 'Fin de la dernière tranche')
      ],
      results: `<p>La consommation d’électricité de l’éclairage a baissé de <strong>64 %</strong> entre 2022 et 2026. L’investissement sera remboursé en sept ans. Les accidents de la nuit n’ont pas augmenté.</p>`,
      tools: `<p>La carte des points lumineux, avec les horaires rue par rue, est tenue à jour par le service Patrimoine bâti. Une panne se signale avec le numéro inscrit sur le mât.</p>`
    },
    {
      number: 20,
      slug: 'reduire-d-un-quart-l-energie-de-nos-batiments',
      title: 'Réduire d’un quart l’énergie de nos bâtiments',
      status: 'en_cours',
      due: '2028-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 12,
      author: 'elodie.pregalant',
      pilotes: ['elodie.pregalant', 'aicha.belorme'],
      directions: ['batiments-et-energie', 'education-et-enfance', 'finances-et-commande-publique'],
      services: ['patrimoine-bati', 'ecoles', 'finances-et-achats'],
      enjeux: ['transition-ecologique', 'sobriete-budgetaire'],
      related: [12],
      image: 'direction-batiments.jpg',
      documents: ['entre-nous-3.pdf'],
      summary: `<p>Quarante-six bâtiments, dont onze écoles : les chauffer et les éclairer coûte à la ville plus de deux millions d’euros par an. L’objectif est de consommer <strong>25 % d’énergie en moins en 2028 qu’en 2022</strong>.</p>
<p>Le plan avance sur deux jambes. Les petits réglages, d’abord : horloges de chauffage, robinets, veilles, calfeutrage, faits en régie par une équipe de trois personnes. Les grands travaux, ensuite : isolation et chaufferie de deux écoles par an.</p>
<p>Dans chaque bâtiment, une sentinelle de l’énergie, volontaire, relève les compteurs et signale ce qui cloche. Elles sont trente-huit, du gardien de gymnase à la directrice de crèche.</p>`,
      steps: [
        done(year(2022), 'Mesure de la consommation de chaque bâtiment : l’année de référence'),
        done(endOf(2023), 'Création de l’équipe de régie « réglages »'),
        done(year(2024), 'Rénovation des écoles des Tilleuls et du Lavoir'),
        done(year(2025), 'Rénovation de l’école des Cerisiers et de la crèche Les Libellules'),
        done(month('2026-09'), 'Panneaux solaires sur le toit du centre technique'),
        planned(year(2027), 'Rénovation de l’école Haute-Rive et du gymnase du Moulin'),
        planned(endOf(2028), 'Bilan final')
      ],
      results: `<p>À la fin de l’hiver 2025-2026, la consommation avait baissé de <strong>17 %</strong>. Les seuls réglages comptent pour près de la moitié, avec un budget de 60 000 euros.</p>`,
      tools: `<p>Les relevés de chaque bâtiment se lisent en ligne, mois par mois. Le carnet de la sentinelle tient en dix gestes et un numéro de téléphone.</p>`
    },
    {
      number: 21,
      slug: 'planter-et-ombrager-les-cours-d-ecole',
      title: 'Planter et ombrager les cours d’école',
      status: 'en_cours',
      due: '2028-08-31',
      published: '2023-03-21',
      updatedDaysAgo: 27,
      author: 'paul.mercier',
      pilotes: ['paul.mercier', 'leonie.brisemont'],
      directions: ['cadre-de-vie', 'education-et-enfance'],
      services: ['espaces-verts', 'ecoles', 'patrimoine-bati'],
      enjeux: ['transition-ecologique', 'cooperation-entre-services'],
      related: [24],
      image: 'direction-education.jpg',
      documents: ['deck-education.pptx', 'entre-nous-3.pdf'],
      summary: `<p>En juin 2022, le sol de la cour des Tilleuls a dépassé 55 degrés. Le goudron y couvrait neuf dixièmes de la surface. Nous remplaçons peu à peu l’enrobé par de la terre, des copeaux, des pavés qui laissent passer l’eau, et nous plantons : <strong>au moins un arbre pour douze élèves</strong>.</p>
<p>Les enfants dessinent, les équipes d’école et d’animation corrigent, les jardinières et jardiniers réalisent. Une part du chantier se fait en régie, pendant les vacances, avec les apprentis de la ville.</p>
<p>L’entretien a été pensé dès le plan : qui ramasse les feuilles, qui arrose l’été, qui vérifie les jeux. C’est la leçon de la première cour, où personne n’y avait songé.</p>`,
      steps: [
        done(month('2023-08'), 'Première cour : les Tilleuls'),
        done(middleOf(2024), 'Deuxième cour : le Lavoir'),
        done(month('2025-08'), 'Troisième cour : Haute-Rive'),
        done(month('2026-08'), 'Quatrième cour : les Cerisiers, avec une classe en plein air'),
        planned(month('2027-04'), 'Cinquième cour : le Grand-Pré, la plus vaste'),
        planned(month('2027-08'), 'Trois autres cours'),
        planned(month('2028-08'), 'Les trois dernières cours')
      ],
      results: `<p><strong>Quatre cours sur onze</strong> sont transformées, 142 arbres plantés, dont 131 vivants. Les jours de chaleur, il y fait jusqu’à huit degrés de moins. Les équipes d’animation remarquent moins de disputes et davantage de jeux mêlant filles et garçons.</p>`,
      tools: `<p>Le carnet de chaque cour indique les essences, les points d’eau et le calendrier d’entretien. Il est affiché dans la salle des équipes et au dépôt des Espaces verts.</p>`
    },
    {
      number: 22,
      slug: 'cuisiner-sans-gaspiller',
      title: 'Cuisiner sans gaspiller',
      status: 'en_cours',
      due: '2027-08-31',
      published: '2023-03-21',
      updatedDaysAgo: 48,
      author: 'jonas.figuerol',
      pilotes: ['jonas.figuerol'],
      directions: ['education-et-enfance', 'finances-et-commande-publique'],
      services: ['restauration-collective', 'ecoles', 'finances-et-achats'],
      enjeux: ['transition-ecologique', 'sobriete-budgetaire'],
      related: [28],
      summary: `<p>La cuisine centrale prépare 1 900 repas par jour. En 2022, on jetait <strong>128 grammes par assiette</strong>. Chaque plateau mal aimé, c’est du travail, de l’eau et de l’argent perdus.</p>
<p>Les cuisinières et cuisiniers ont pesé, goûté, interrogé les enfants. Ils proposent désormais deux tailles de portion, servent le pain en fin de ligne et ont remplacé les cinq composantes par quatre, deux jours par semaine. Les agentes et agents de service invitent à goûter sans forcer.</p>
<p>Les repas non servis, refroidis dans les règles, rejoignent chaque soir une association d’aide alimentaire.</p>`,
      steps: [
        done(endOf(2022), 'Première semaine de pesée, dans quatre restaurants'),
        done(month('2023-11'), 'Deux tailles de portion dans toutes les écoles'),
        done(month('2024-09'), 'Convention avec une association d’aide alimentaire'),
        done(year(2025), 'Formation de toutes les équipes de service'),
        done(month('2026-03'), 'Réservation des repas jusqu’à l’avant-veille'),
        planned(month('2027-01'), 'Table de tri et compost dans les trois derniers restaurants'),
        planned(middleOf(2027), 'Objectif : moins de 60 grammes par assiette')
      ],
      results: `<p>La dernière pesée donne <strong>71 grammes par assiette</strong>, soit 45 % de moins. L’économie, d’environ 48 000 euros par an, finance la part de produits biologiques, passée de 22 à 34 %.</p>`,
      tools: `<ul>
<li>Protocole de pesée en une page</li>
<li>Affiche « Petite faim, grande faim »</li>
<li>Fiches recettes pour les restes autorisés</li>
</ul>`
    },
    {
      number: 23,
      slug: 'se-deplacer-autrement-pour-le-travail',
      title: 'Se déplacer autrement pour le travail',
      status: 'prevue',
      due: '2028-12-31',
      published: '2023-03-21',
      updatedDaysAgo: 237,
      author: 'elodie.pregalant',
      pilotes: ['elodie.pregalant', 'hugo.montferrin'],
      directions: ['cadre-de-vie', 'finances-et-commande-publique'],
      services: ['proprete-urbaine', 'espaces-verts', 'finances-et-achats'],
      enjeux: ['transition-ecologique', 'sobriete-budgetaire', 'sante-au-travail'],
      related: [28],
      summary: `<p>La ville possède quatre-vingt-quatre véhicules. Un tiers roule moins de quinze kilomètres par jour, souvent pour transporter une seule personne et un carton. L’action propose de <strong>réduire la flotte d’un cinquième</strong> et de changer ce qui reste : véhicules électriques partagés, vélos à assistance, remorques pour les jardinières et les jardiniers.</p>
<p>Elle concerne aussi les trajets entre la maison et le travail : abris fermés pour les vélos, douches au centre technique, forfait mobilités durables mieux connu.</p>
<p>Le démarrage dépend du nouveau marché de véhicules, préparé avec deux communes voisines.</p>`,
      steps: [
        planned(month('2026-12'), 'Inventaire des usages, véhicule par véhicule'),
        planned(middleOf(2027), 'Marché commun avec deux communes voisines'),
        planned(endOf(2027), 'Premiers véhicules partagés et six vélos cargos'),
        planned(year(2028), 'Réorganisation complète du garage municipal')
      ]
    },
    {
      number: 24,
      slug: 'arroser-avec-l-eau-de-pluie',
      title: 'Arroser avec l’eau de pluie',
      status: 'prevue',
      due: '2028-06-30',
      published: '2024-03-05',
      updatedDaysAgo: 109,
      author: 'paul.mercier',
      pilotes: ['paul.mercier'],
      directions: ['cadre-de-vie', 'batiments-et-energie'],
      services: ['espaces-verts', 'patrimoine-bati'],
      enjeux: ['transition-ecologique'],
      summary: `<p>Chaque été, le service Espaces verts arrose avec de l’eau potable, et chaque été les restrictions arrivent plus tôt. Les toits du centre technique, du gymnase et de la halle reçoivent pourtant <strong>six millions de litres de pluie par an</strong>, qui partent à l’égout.</p>
<p>Le projet consiste à enterrer trois cuves, à raccorder les toits et à équiper deux remorques d’arrosage. En parallèle, le fleurissement continue sa mue : vivaces, paillage, plantes de climat sec.</p>
<p>Il reste à vérifier la qualité de l’eau récoltée et la place des réseaux sous la halle.</p>`,
      steps: [
        planned(startOf(2027), 'Sondages sous la halle et analyses d’eau'),
        planned(endOf(2027), 'Première cuve, au centre technique'),
        planned(month('2028-05'), 'Deux autres cuves et remorques d’arrosage')
      ]
    }
  ]
}
