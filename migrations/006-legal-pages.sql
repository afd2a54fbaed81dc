-- The pages that every city must have, complete from the first day: what is particular to a city comes from its settings.
-- La démarche is among them because its address exists before anybody has written it.

insert into pages (slug, title, introduction, body) values
(
  'demarche',
  'La démarche',
  'Un projet d’administration ne s’écrit pas seul dans un bureau. Voici, étape par étape, comment le nôtre a été construit.',
  ''
),
(
  'mentions-legales',
  'Mentions légales',
  'Qui publie ce site, qui l’héberge, et à qui s’adresser.',
  '<h2>À quoi sert ce site</h2>
<p>Ce site présente aux agentes et aux agents de la ville le projet d’administration et l’avancement de ses actions. L’accès est réservé au personnel de la ville, sauf pour les pages et les fiches d’action que la ville a rendues publiques.</p>
<h2>Réutiliser les contenus</h2>
<p>Les textes, les images et les vidéos appartiennent à la ville ou à leurs autrices et auteurs. Vous pouvez les consulter et les imprimer pour votre usage professionnel. Toute autre réutilisation demande l’accord de la ville. Les personnes photographiées ou filmées ont donné leur accord pour une diffusion sur ce site ; elles peuvent le retirer à tout moment, en écrivant au contact indiqué ci-dessus.</p>
<h2>Liens</h2>
<p>Le site ne contient ni publicité ni contenu venu d’un autre site. Il peut renvoyer vers des sites extérieurs, dont la ville ne maîtrise pas les contenus.</p>
<h2>Signaler un problème</h2>
<p>Une erreur, une image sans accord, une faille de sécurité : écrivez au contact indiqué ci-dessus. L’adresse à utiliser pour une faille figure aussi dans le fichier <a href="/.well-known/security.txt">security.txt</a>.</p>
<h2>Données personnelles et accessibilité</h2>
<p>Voir les pages <a href="/confidentialite">Confidentialité</a> et <a href="/accessibilite">Accessibilité</a>.</p>'
),
(
  'confidentialite',
  'Confidentialité',
  'Ce que le site garde à votre sujet, pourquoi, combien de temps, et comment exercer vos droits.',
  '<h2>En bref</h2>
<ul>
<li>Le site garde le moins possible : votre adresse professionnelle, votre nom et la liste de vos appareils connectés.</li>
<li>Il ne mesure pas ce que vous lisez. Personne ne peut savoir quelles pages vous avez consultées.</li>
<li>Il n’y a aucun traceur, aucune publicité, aucun appel à un autre site, et un seul cookie : celui qui vous garde connecté.</li>
</ul>
<h2>Pourquoi ces données</h2>
<p>Elles servent à deux choses : vérifier que vous faites partie du personnel de la ville, et indiquer qui pilote ou met à jour les contenus. Ce traitement relève de la mission d’intérêt public de la ville (article 6.1.e du règlement général sur la protection des données). Votre adresse est nécessaire pour vous connecter ; rien d’autre n’est obligatoire. Aucune décision n’est prise automatiquement à votre sujet.</p>
<h2>Ce qui est gardé, et combien de temps</h2>
<table>
<caption>Données conservées et durées de conservation</caption>
<thead>
<tr><th scope="col">Donnée</th><th scope="col">Durée</th></tr>
</thead>
<tbody>
<tr><th scope="row">Votre compte : adresse professionnelle, nom, fonction, rôle, date de la dernière connexion</th><td>Tant que vous travaillez pour la ville ; le compte est désactivé à votre départ</td></tr>
<tr><th scope="row">Connexion sur un téléphone personnel</th><td>90 jours, ou jusqu’à votre déconnexion</td></tr>
<tr><th scope="row">Connexion sur un poste partagé</th><td>Jusqu’à la fermeture du navigateur, ou après 10 minutes sans activité, et 12 heures au plus</td></tr>
<tr><th scope="row">Connexions terminées : type d’appareil, dates</th><td>6 mois, pour pouvoir enquêter sur un accès anormal</td></tr>
<tr><th scope="row">Demandes de connexion : adresse saisie, type d’appareil</th><td>7 jours ; le code, lui, n’est pas enregistré et cesse de fonctionner au bout de 10 minutes</td></tr>
<tr><th scope="row">Messages envoyés par le site</th><td>30 jours après l’envoi</td></tr>
<tr><th scope="row">Compteurs qui limitent les essais de connexion</th><td>1 jour, sous une forme qui ne permet pas de retrouver l’adresse</td></tr>
<tr><th scope="row">Contenus publiés avec votre nom : fiches, équipes, photos</th><td>Tant qu’ils sont en ligne ; vous pouvez demander leur retrait</td></tr>
</tbody>
</table>
<h2>Qui y a accès</h2>
<p>Les autres agentes et agents voient votre nom là où vous pilotez ou mettez à jour un contenu, et dans l’équipe de votre direction si vous y figurez. Les comptes sont gérés par les webmasters de la ville ; la base de données, par son service informatique ou par l’hébergeur indiqué dans les <a href="/mentions-legales">mentions légales</a>. Rien n’est vendu, rien n’est transmis à d’autres.</p>
<h2>Le cookie</h2>
<p>Un seul cookie est déposé. Il contient un numéro de session tiré au hasard et, le cas échéant, le message à afficher sur la page suivante. Indispensable à la connexion, il ne demande pas votre consentement. Sans connexion ni formulaire, aucun cookie n’est déposé.</p>
<h2>Vos droits</h2>
<p>Vous pouvez demander à consulter vos données, à les corriger, à les effacer, à en limiter l’usage ou vous opposer à leur traitement. La page <a href="/compte">Mon compte</a> montre déjà ce que le site sait de vous et permet de déconnecter un appareil à distance. Pour le reste, écrivez à la personne déléguée à la protection des données indiquée ci-dessus ; la réponse vous parvient sous un mois.</p>
<p>Si la réponse ne vous convient pas, vous pouvez adresser une réclamation à la <a href="https://www.cnil.fr/fr/plaintes">Commission nationale de l’informatique et des libertés</a> (CNIL).</p>'
),
(
  'accessibilite',
  'Accessibilité',
  'La ville veut que chaque agente et chaque agent puisse utiliser ce site, avec ou sans handicap, sur tout appareil.',
  '<h2>Déclaration d’accessibilité</h2>
<p>La ville s’engage à rendre ce site accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005. Tant qu’aucun audit n’a été mené, la loi demande de le déclarer « non conforme » : cela ne veut pas dire qu’il est inutilisable, mais que personne d’indépendant ne l’a encore vérifié.</p>
<h2>Ce qui a été prévu</h2>
<ul>
<li>Tout le site s’utilise au clavier et avec un lecteur d’écran.</li>
<li>Les textes s’agrandissent jusqu’à 400 % sans défilement horizontal.</li>
<li>Les contrastes sont suffisants, en clair comme en sombre, et la couleur n’est jamais seule à porter une information.</li>
<li>La lecture et la connexion fonctionnent sans JavaScript.</li>
<li>Les animations disparaissent si votre appareil le demande.</li>
</ul>
<p>Certains documents anciens, déposés au format PDF ou en présentation, peuvent ne pas être accessibles. Demandez-nous une version adaptée.</p>
<h2>Nous écrire</h2>
<p>Si une page ou un document vous résiste, écrivez au contact indiqué dans les <a href="/mentions-legales">mentions légales</a> : nous vous donnerons l’information autrement et corrigerons le défaut.</p>
<h2>Voies de recours</h2>
<p>Si vous avez signalé un défaut qui vous empêche d’accéder à un contenu et que vous n’avez pas reçu de réponse satisfaisante, vous pouvez :</p>
<ul>
<li>écrire au <a href="https://formulaire.defenseurdesdroits.fr/">Défenseur des droits</a> ;</li>
<li>contacter la déléguée ou le délégué du <a href="https://www.defenseurdesdroits.fr/carte-des-delegues">Défenseur des droits dans votre région</a> ;</li>
<li>envoyer un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.</li>
</ul>'
);
