/* IMPORTANT
 * This snapshot file is auto-generated, but designed for humans.
 * It should be checked into source control and tracked carefully.
 * Re-generate by setting TAP_SNAPSHOT=1 and running tests.
 * Make sure to inspect the output below.  Do not ignore changes!
 */
'use strict'
exports[`test/access.test.ts > TAP > who gets what > every address and everyone 1`] = `
GET  /                                               agent     visitor 303 → /connexion · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /.well-known/security.txt                       public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /accessibilite                                  public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /actions/:slug                                  public    visitor 303 → /connexion?suite=/actions/:slug · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /assets/:version/*                              machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /assets/:version/accent/:colour                 machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /assets/:version/editor/rich-text.js            machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /assets/:version/site.css                       machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /bonus                                          agent     visitor 303 → /connexion?suite=/bonus · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /bonus/entre-nous/:slug                         agent     visitor 303 → /connexion?suite=/bonus/entre-nous/:slug · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /bonus/galerie/:slug                            agent     visitor 303 → /connexion?suite=/bonus/galerie/:slug · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /compte                                         agent     visitor 303 → /connexion?suite=/compte · agent 200 · référente 200 · pilote 200 · webmaster 200
POST /compte                                         agent     visitor 303 → /connexion · agent 422 · référente 422 · pilote 422 · webmaster 422
POST /compte/appareils/:id/deconnecter               agent     visitor 303 → /connexion · agent 303 → /compte · référente 303 → /compte · pilote 303 → /compte · webmaster 303 → /compte
POST /compte/appareils/deconnecter-les-autres        agent     visitor 303 → /connexion · agent 303 → /compte · référente 303 → /compte · pilote 303 → /compte · webmaster 303 → /compte
GET  /confidentialite                                public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /connexion                                      public    visitor 200 · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
POST /connexion                                      public    visitor 422 · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
GET  /connexion/code                                 public    visitor 303 → /connexion · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
POST /connexion/code                                 public    visitor 422 · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
POST /connexion/lien                                 public    visitor 422 · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
GET  /connexion/lien/:token                          public    visitor 200 · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
POST /connexion/renvoyer                             public    visitor 303 → /connexion · agent 303 → / · référente 303 → / · pilote 303 → / · webmaster 303 → /
POST /deconnexion                                    public    visitor 303 → /connexion · agent 303 → /connexion · référente 303 → /connexion · pilote 303 → /connexion · webmaster 303 → /connexion
GET  /demarche                                       agent     visitor 303 → /connexion?suite=/demarche · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /directions                                     agent     visitor 303 → /connexion?suite=/directions · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /directions/:slug                               agent     visitor 303 → /connexion?suite=/directions/:slug · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /engagements                                    agent     visitor 303 → /connexion?suite=/engagements · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /engagements/:slug                              agent     visitor 303 → /connexion?suite=/engagements/:slug · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /favicon.ico                                    machine   visitor 302 → /assets/:version/img/favicon.svg · agent 302 → /assets/:version/img/favicon.svg · référente 302 → /assets/:version/img/favicon.svg · pilote 302 → /assets/:version/img/favicon.svg · webmaster 302 → /assets/:version/img/favicon.svg
GET  /gestion                                        agent     visitor 303 → /connexion?suite=/gestion · agent 403 · référente 200 · pilote 200 · webmaster 200
GET  /gestion/accueil                                webmaster visitor 303 → /connexion?suite=/gestion/accueil · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/accueil/5
GET  /gestion/accueil/:id                            agent     visitor 303 → /connexion?suite=/gestion/accueil/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/accueil/:id/annuler-la-publication     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/accueil/5
GET  /gestion/accueil/:id/apercu                     agent     visitor 303 → /connexion?suite=/gestion/accueil/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/accueil/:id/apercu/telephone           agent     visitor 303 → /connexion?suite=/gestion/accueil/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/accueil/:id/brouillon                  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
GET  /gestion/accueil/:id/historique                 agent     visitor 303 → /connexion?suite=/gestion/accueil/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/accueil/:id/historique/:revision       agent     visitor 303 → /connexion?suite=/gestion/accueil/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/accueil/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/accueil/:id/programmer                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/accueil/5
POST /gestion/accueil/:id/proposer                   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/accueil/:id/publier                    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/accueil/:id/renvoyer                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/accueil/:id/reprendre-la-proposition   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/accueil/5
GET  /gestion/accueil/:id/verifier                   agent     visitor 303 → /connexion?suite=/gestion/accueil/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/actions                                agent     visitor 303 → /connexion?suite=/gestion/actions · agent 403 · référente 200 · pilote 200 · webmaster 200
POST /gestion/actions                                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/60
GET  /gestion/actions/:id                            agent     visitor 303 → /connexion?suite=/gestion/actions/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/actions/:id/annuler-la-publication     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/6
GET  /gestion/actions/:id/apercu                     agent     visitor 303 → /connexion?suite=/gestion/actions/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/actions/:id/apercu/telephone           agent     visitor 303 → /connexion?suite=/gestion/actions/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/actions/:id/brouillon                  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/actions/:id/corbeille                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/corbeille
GET  /gestion/actions/:id/historique                 agent     visitor 303 → /connexion?suite=/gestion/actions/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/actions/:id/historique/:revision       agent     visitor 303 → /connexion?suite=/gestion/actions/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/actions/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/actions/:id/programmer                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/6
POST /gestion/actions/:id/proposer                   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/actions/:id/publier                    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/actions/:id/renvoyer                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/actions/:id/reprendre-la-proposition   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/6
POST /gestion/actions/:id/retirer                    webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/actions/:id/sortir-de-la-corbeille     webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/6
GET  /gestion/actions/:id/supprimer                  webmaster visitor 303 → /connexion?suite=/gestion/actions/:id/supprimer · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/actions/:id/supprimer                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/6
GET  /gestion/actions/:id/verifier                   agent     visitor 303 → /connexion?suite=/gestion/actions/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/affiches                               webmaster visitor 303 → /connexion?suite=/gestion/affiches · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/affiches/actions/:id(^\\d{1,9}$).pdf    webmaster visitor 303 → /connexion?suite=/gestion/affiches/actions/:id(^\\d{1,9}$).pdf · agent 403 · référente 403 · pilote 403 · webmaster 404
GET  /gestion/affiches/actions/:id(^\\d{1,9}$).svg    webmaster visitor 303 → /connexion?suite=/gestion/affiches/actions/:id(^\\d{1,9}$).svg · agent 403 · référente 403 · pilote 403 · webmaster 404
GET  /gestion/affiches/engagements/:id(^\\d{1,9}$).pdf webmaster visitor 303 → /connexion?suite=/gestion/affiches/engagements/:id(^\\d{1,9}$).pdf · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/affiches/engagements/:id(^\\d{1,9}$).svg webmaster visitor 303 → /connexion?suite=/gestion/affiches/engagements/:id(^\\d{1,9}$).svg · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/affiches/site.pdf                      webmaster visitor 303 → /connexion?suite=/gestion/affiches/site.pdf · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/affiches/site.svg                      webmaster visitor 303 → /connexion?suite=/gestion/affiches/site.svg · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/agents                                 webmaster visitor 303 → /connexion?suite=/gestion/agents · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/agents/:id                             webmaster visitor 303 → /connexion?suite=/gestion/agents/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/:id                             webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/agents/:id/deconnecter                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
GET  /gestion/agents/:id/desactiver                  webmaster visitor 303 → /connexion?suite=/gestion/agents/:id/desactiver · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/:id/desactiver                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
POST /gestion/agents/:id/inviter                     webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
POST /gestion/agents/:id/reactiver                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
GET  /gestion/agents/droits.csv                      webmaster visitor 303 → /connexion?suite=/gestion/agents/droits.csv · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/agents/importer                        webmaster visitor 303 → /connexion?suite=/gestion/agents/importer · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/importer                        webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/agents/importer/confirmer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/agents/nouveau                         webmaster visitor 303 → /connexion?suite=/gestion/agents/nouveau · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/nouveau                         webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/albums                                 webmaster visitor 303 → /connexion?suite=/gestion/albums · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/albums                                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/albums/61
GET  /gestion/albums/:id                             agent     visitor 303 → /connexion?suite=/gestion/albums/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/albums/:id/annuler-la-publication      agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/albums/53
GET  /gestion/albums/:id/apercu                      agent     visitor 303 → /connexion?suite=/gestion/albums/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/albums/:id/apercu/telephone            agent     visitor 303 → /connexion?suite=/gestion/albums/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/albums/:id/brouillon                   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/albums/:id/corbeille                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/corbeille
GET  /gestion/albums/:id/historique                  agent     visitor 303 → /connexion?suite=/gestion/albums/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/albums/:id/historique/:revision        agent     visitor 303 → /connexion?suite=/gestion/albums/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/albums/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
GET  /gestion/albums/:id/photos                      webmaster visitor 303 → /connexion?suite=/gestion/albums/:id/photos · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/albums/:id/photos                      webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/albums/:id/photos/geste                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 307 → /gestion/albums/53/brouillon
POST /gestion/albums/:id/programmer                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/albums/53
POST /gestion/albums/:id/proposer                    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/albums/:id/publier                     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/albums/:id/renvoyer                    webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/albums/:id/reprendre-la-proposition    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/albums/53
POST /gestion/albums/:id/retirer                     webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/albums/:id/sortir-de-la-corbeille      webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/albums/53
GET  /gestion/albums/:id/supprimer                   webmaster visitor 303 → /connexion?suite=/gestion/albums/:id/supprimer · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/albums/:id/supprimer                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/albums/53
GET  /gestion/albums/:id/verifier                    agent     visitor 303 → /connexion?suite=/gestion/albums/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/contenus/:entryId                      agent     visitor 303 → /connexion?suite=/gestion/contenus/:entryId · agent 403 · référente 403 · pilote 403 · webmaster 302 → /gestion/actions/6
GET  /gestion/corbeille                              webmaster visitor 303 → /connexion?suite=/gestion/corbeille · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/demarche                               webmaster visitor 303 → /connexion?suite=/gestion/demarche · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/demarche/1
GET  /gestion/demarche/:id                           agent     visitor 303 → /connexion?suite=/gestion/demarche/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/demarche/:id/annuler-la-publication    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/demarche/1
GET  /gestion/demarche/:id/apercu                    agent     visitor 303 → /connexion?suite=/gestion/demarche/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/demarche/:id/apercu/telephone          agent     visitor 303 → /connexion?suite=/gestion/demarche/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/demarche/:id/brouillon                 agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
GET  /gestion/demarche/:id/historique                agent     visitor 303 → /connexion?suite=/gestion/demarche/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/demarche/:id/historique/:revision      agent     visitor 303 → /connexion?suite=/gestion/demarche/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/demarche/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/demarche/:id/programmer                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/demarche/1
POST /gestion/demarche/:id/proposer                  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/demarche/:id/publier                   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/demarche/:id/renvoyer                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/demarche/:id/reprendre-la-proposition  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/demarche/1
GET  /gestion/demarche/:id/verifier                  agent     visitor 303 → /connexion?suite=/gestion/demarche/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/demonstration/retirer                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/directions                             agent     visitor 303 → /connexion?suite=/gestion/directions · agent 403 · référente 200 · pilote 403 · webmaster 200
POST /gestion/directions                             webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/directions/62
GET  /gestion/directions/:id                         agent     visitor 303 → /connexion?suite=/gestion/directions/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/directions/:id/annuler-la-publication  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/directions/41
GET  /gestion/directions/:id/apercu                  agent     visitor 303 → /connexion?suite=/gestion/directions/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/directions/:id/apercu/telephone        agent     visitor 303 → /connexion?suite=/gestion/directions/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/directions/:id/brouillon               agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/directions/:id/corbeille               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/corbeille
GET  /gestion/directions/:id/historique              agent     visitor 303 → /connexion?suite=/gestion/directions/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/directions/:id/historique/:revision    agent     visitor 303 → /connexion?suite=/gestion/directions/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/directions/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/directions/:id/programmer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/directions/41
POST /gestion/directions/:id/proposer                agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/directions/:id/publier                 agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/directions/:id/renvoyer                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/directions/:id/reprendre-la-proposition agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/directions/41
POST /gestion/directions/:id/retirer                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/directions/:id/sortir-de-la-corbeille  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/directions/41
GET  /gestion/directions/:id/supprimer               webmaster visitor 303 → /connexion?suite=/gestion/directions/:id/supprimer · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/directions/:id/supprimer               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/directions/41
GET  /gestion/directions/:id/verifier                agent     visitor 303 → /connexion?suite=/gestion/directions/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/engagements                            webmaster visitor 303 → /connexion?suite=/gestion/engagements · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/engagements                            webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/63
GET  /gestion/engagements/:id                        agent     visitor 303 → /connexion?suite=/gestion/engagements/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/engagements/:id/annuler-la-publication agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/36
GET  /gestion/engagements/:id/apercu                 agent     visitor 303 → /connexion?suite=/gestion/engagements/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/engagements/:id/apercu/telephone       agent     visitor 303 → /connexion?suite=/gestion/engagements/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/engagements/:id/brouillon              agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/engagements/:id/corbeille              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/36
GET  /gestion/engagements/:id/historique             agent     visitor 303 → /connexion?suite=/gestion/engagements/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/engagements/:id/historique/:revision   agent     visitor 303 → /connexion?suite=/gestion/engagements/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/engagements/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/engagements/:id/programmer             webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/36
POST /gestion/engagements/:id/proposer               agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/engagements/:id/publier                agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/engagements/:id/renvoyer               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/engagements/:id/reprendre-la-proposition agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/36
POST /gestion/engagements/:id/retirer                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/engagements/:id/sortir-de-la-corbeille webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/36
GET  /gestion/engagements/:id/supprimer              webmaster visitor 303 → /connexion?suite=/gestion/engagements/:id/supprimer · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/engagements/:id/supprimer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/engagements/36
GET  /gestion/engagements/:id/verifier               agent     visitor 303 → /connexion?suite=/gestion/engagements/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/entre-nous                             webmaster visitor 303 → /connexion?suite=/gestion/entre-nous · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/entre-nous                             webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/entre-nous/64
GET  /gestion/entre-nous/:id                         agent     visitor 303 → /connexion?suite=/gestion/entre-nous/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/entre-nous/:id/annuler-la-publication  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/entre-nous/49
GET  /gestion/entre-nous/:id/apercu                  agent     visitor 303 → /connexion?suite=/gestion/entre-nous/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/entre-nous/:id/apercu/telephone        agent     visitor 303 → /connexion?suite=/gestion/entre-nous/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/entre-nous/:id/brouillon               agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/entre-nous/:id/corbeille               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/corbeille
GET  /gestion/entre-nous/:id/historique              agent     visitor 303 → /connexion?suite=/gestion/entre-nous/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/entre-nous/:id/historique/:revision    agent     visitor 303 → /connexion?suite=/gestion/entre-nous/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/entre-nous/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/entre-nous/:id/programmer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/entre-nous/49
POST /gestion/entre-nous/:id/proposer                agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/entre-nous/:id/publier                 agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/entre-nous/:id/renvoyer                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/entre-nous/:id/reprendre-la-proposition agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/entre-nous/49
POST /gestion/entre-nous/:id/retirer                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/entre-nous/:id/sortir-de-la-corbeille  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/entre-nous/49
GET  /gestion/entre-nous/:id/supprimer               webmaster visitor 303 → /connexion?suite=/gestion/entre-nous/:id/supprimer · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/entre-nous/:id/supprimer               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/entre-nous/49
GET  /gestion/entre-nous/:id/verifier                agent     visitor 303 → /connexion?suite=/gestion/entre-nous/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/journal                                webmaster visitor 303 → /connexion?suite=/gestion/journal · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/journal.csv                            webmaster visitor 303 → /connexion?suite=/gestion/journal.csv · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/mediatheque                            webmaster visitor 303 → /connexion?suite=/gestion/mediatheque · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque                            agent     visitor 303 → /connexion · agent 403 · référente 422 · pilote 422 · webmaster 422
GET  /gestion/mediatheque/:id                        webmaster visitor 303 → /connexion?suite=/gestion/mediatheque/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque/:id                        webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/alternative            agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/corbeille              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/decision               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/mediatheque/1
POST /gestion/mediatheque/:id/droit-a-l-image        webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/image-du-film          webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/mediatheque/:id/preparation            webmaster visitor 303 → /connexion?suite=/gestion/mediatheque/:id/preparation · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque/:id/preparer               webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/mediatheque/1
POST /gestion/mediatheque/:id/remplacer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/restaurer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/mediatheque/1
POST /gestion/mediatheque/:id/sans-sous-titres       agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/mediatheque/:id/sous-titres            agent     visitor 303 → /connexion?suite=/gestion/mediatheque/:id/sous-titres · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque/:id/sous-titres            agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/mediatheque/:id/sous-titres/importer   agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/sous-titres/lignes     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque/:id/supprimer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/mediatheque/:id/transcription          agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
GET  /gestion/mediatheque/choix                      agent     visitor 303 → /connexion?suite=/gestion/mediatheque/choix · agent 403 · référente 200 · pilote 200 · webmaster 200
POST /gestion/mediatheque/envois                     agent     visitor 303 → /connexion · agent 403 · référente 411 · pilote 411 · webmaster 411
DELETE /gestion/mediatheque/envois/:upload           agent     visitor 303 → /connexion · agent 403 · référente 404 · pilote 404 · webmaster 404
PATCH /gestion/mediatheque/envois/:upload            agent     visitor 303 → /connexion · agent 403 · référente 404 · pilote 404 · webmaster 404
POST /gestion/mediatheque/envois/:upload             agent     visitor 303 → /connexion · agent 403 · référente 404 · pilote 404 · webmaster 404
GET  /gestion/mediatheque/espace                     webmaster visitor 303 → /connexion?suite=/gestion/mediatheque/espace · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/pages                                  webmaster visitor 303 → /connexion?suite=/gestion/pages · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/pages/:id                              agent     visitor 303 → /connexion?suite=/gestion/pages/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/pages/:id/annuler-la-publication       agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/pages/2
GET  /gestion/pages/:id/apercu                       agent     visitor 303 → /connexion?suite=/gestion/pages/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/pages/:id/apercu/telephone             agent     visitor 303 → /connexion?suite=/gestion/pages/:id/apercu/telephone · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/pages/:id/brouillon                    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
GET  /gestion/pages/:id/historique                   agent     visitor 303 → /connexion?suite=/gestion/pages/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/pages/:id/historique/:revision         agent     visitor 303 → /connexion?suite=/gestion/pages/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/pages/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/pages/:id/programmer                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/pages/2
POST /gestion/pages/:id/proposer                     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 403
POST /gestion/pages/:id/publier                      agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/pages/:id/renvoyer                     webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/pages/:id/reprendre-la-proposition     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/pages/2
GET  /gestion/pages/:id/verifier                     agent     visitor 303 → /connexion?suite=/gestion/pages/:id/verifier · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/reglages                               webmaster visitor 303 → /connexion?suite=/gestion/reglages · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/reglages/:section                      webmaster visitor 303 → /connexion?suite=/gestion/reglages/:section · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/reglages/:section                      webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/reglages/remettre/:line                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
GET  /healthz                                        machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /logo                                           public    visitor 404 · agent 404 · référente 404 · pilote 404 · webmaster 404
GET  /manifest.webmanifest                           public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /medias/:id/:filename                           agent     visitor 303 → /connexion?suite=/medias/:id/:filename · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /medias/:id/chapitres.vtt                       agent     visitor 303 → /connexion?suite=/medias/:id/chapitres.vtt · agent 404 · référente 404 · pilote 404 · webmaster 404
GET  /medias/:id/retrait                             agent     visitor 303 → /connexion?suite=/medias/:id/retrait · agent 200 · référente 200 · pilote 200 · webmaster 200
POST /medias/:id/retrait                             agent     visitor 303 → /connexion · agent 303 → /medias/73/retrait · référente 303 → /medias/73/retrait · pilote 303 → /medias/73/retrait · webmaster 303 → /medias/73/retrait
GET  /mentions-legales                               public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /plan-du-site                                   public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /readyz                                         machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /recherche                                      agent     visitor 303 → /connexion?suite=/recherche · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /robots.txt                                     machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
`
