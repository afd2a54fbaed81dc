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
GET  /gestion                                        webmaster visitor 303 → /connexion?suite=/gestion · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/actions                                agent     visitor 303 → /connexion?suite=/gestion/actions · agent 403 · référente 200 · pilote 200 · webmaster 200
POST /gestion/actions                                webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/58
GET  /gestion/actions/:id                            agent     visitor 303 → /connexion?suite=/gestion/actions/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/actions/:id/annuler-la-publication     agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/5
GET  /gestion/actions/:id/apercu                     agent     visitor 303 → /connexion?suite=/gestion/actions/:id/apercu · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/actions/:id/brouillon                  agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/actions/:id/corbeille                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/corbeille
GET  /gestion/actions/:id/historique                 agent     visitor 303 → /connexion?suite=/gestion/actions/:id/historique · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/actions/:id/historique/:revision       agent     visitor 303 → /connexion?suite=/gestion/actions/:id/historique/:revision · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/actions/:id/historique/:revision/reprendre agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 404
POST /gestion/actions/:id/programmer                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/5
POST /gestion/actions/:id/publier                    agent     visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 409
POST /gestion/actions/:id/retirer                    webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/actions/:id/sortir-de-la-corbeille     webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/actions/5
GET  /gestion/agents                                 webmaster visitor 303 → /connexion?suite=/gestion/agents · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/agents/:id                             webmaster visitor 303 → /connexion?suite=/gestion/agents/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/:id                             webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/agents/:id/deconnecter                 webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
GET  /gestion/agents/:id/desactiver                  webmaster visitor 303 → /connexion?suite=/gestion/agents/:id/desactiver · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/:id/desactiver                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
POST /gestion/agents/:id/reactiver                   webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/agents/19
POST /gestion/agents/connexion                       webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/agents/droits.csv                      webmaster visitor 303 → /connexion?suite=/gestion/agents/droits.csv · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/agents/importer                        webmaster visitor 303 → /connexion?suite=/gestion/agents/importer · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/importer                        webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/agents/importer/confirmer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/agents/nouveau                         webmaster visitor 303 → /connexion?suite=/gestion/agents/nouveau · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/agents/nouveau                         webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/corbeille                              webmaster visitor 303 → /connexion?suite=/gestion/corbeille · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/demonstration/retirer                  webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/journal                                webmaster visitor 303 → /connexion?suite=/gestion/journal · agent 403 · référente 403 · pilote 403 · webmaster 200
GET  /gestion/mediatheque                            webmaster visitor 303 → /connexion?suite=/gestion/mediatheque · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque                            webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
GET  /gestion/mediatheque/:id                        webmaster visitor 303 → /connexion?suite=/gestion/mediatheque/:id · agent 403 · référente 403 · pilote 403 · webmaster 200
POST /gestion/mediatheque/:id                        webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/corbeille              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/remplacer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 422
POST /gestion/mediatheque/:id/restaurer              webmaster visitor 303 → /connexion · agent 403 · référente 403 · pilote 403 · webmaster 303 → /gestion/mediatheque/1
GET  /healthz                                        machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /manifest.webmanifest                           public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /medias/:id/:filename                           agent     visitor 303 → /connexion?suite=/medias/:id/:filename · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /mentions-legales                               public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /plan-du-site                                   public    visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /readyz                                         machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /recherche                                      agent     visitor 303 → /connexion?suite=/recherche · agent 200 · référente 200 · pilote 200 · webmaster 200
GET  /robots.txt                                     machine   visitor 200 · agent 200 · référente 200 · pilote 200 · webmaster 200
`
