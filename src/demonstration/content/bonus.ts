import type { AlbumContent, IssueContent } from './types.ts'

/** Title, summary and articles lie with the files: they are also what the PDF is made of. */
export const issues: IssueContent[] = [
  { number: 1, issuedOn: '2024-10-14' },
  { number: 2, issuedOn: '2025-02-10' },
  { number: 3, issuedOn: '2025-05-12' },
  { number: 4, issuedOn: '2025-10-13' }
]

export const albums: AlbumContent[] = [
  {
    slug: 'journee-des-agentes-et-des-agents',
    title: 'La journée des agentes et des agents',
    description:
      'Le 2 juillet 2026, quatre cent dix collègues se sont retrouvés au parc des Ormes. Pique-nique, jeux, musique et un gâteau à partager.',
    heldOn: '2026-07-02',
    publishedOn: '2026-07-09',
    media: [
      {
        file: 'album-journee-1.jpg',
        caption: 'À table, la seule règle : s’asseoir avec des gens que l’on ne connaît pas.'
      },
      {
        file: 'album-journee-2.jpg',
        caption: 'Le tournoi de quilles finlandaises : treize à douze, après prolongation.'
      },
      { file: 'album-journee-3.jpg', caption: 'Le groupe des ateliers municipaux et sa chanteuse de l’état civil.' },
      { file: 'album-journee-4.jpg', caption: 'La photo de famille, devant l’hôtel de ville.' },
      {
        file: 'album-journee-5.jpg',
        caption: 'Au gymnase, la finale de tennis de table oppose la propreté aux finances.'
      },
      { file: 'album-journee-6.jpg', caption: 'Cinq étages, un par engagement : le gâteau de la cuisine centrale.' }
    ]
  },
  {
    slug: 'les-ateliers-de-la-demarche',
    title: 'Les ateliers de la démarche',
    description:
      'De 2020 à 2022, une centaine de réunions et d’ateliers ont fait le projet d’administration. Quelques souvenirs, du premier papier collé au dernier vote.',
    heldOn: '2022-10-13',
    publishedOn: '2023-03-21',
    media: [
      { file: 'album-ateliers-1.jpg', caption: 'Le mur des idées, à la fin de la première matinée.' },
      {
        file: 'album-ateliers-2.jpg',
        caption: 'Comment une demande circule d’un service à l’autre : plus de flèches que prévu.'
      },
      { file: 'album-ateliers-3.jpg', caption: 'Une restitution en petit comité, avec deux grands témoins.' },
      { file: 'album-ateliers-4.jpg', caption: 'La carte de la ville, annotée par celles et ceux qui la parcourent.' },
      { file: 'album-ateliers-5.jpg', caption: 'Chacun pose ses gommettes : les trente actions se dessinent.' },
      { file: 'album-ateliers-6.jpg', caption: 'Le dernier vote, à main levée et à une très large majorité.' }
    ]
  }
]
