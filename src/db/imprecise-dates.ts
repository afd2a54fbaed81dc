/** How dates that are known more or less well follow each other. */
import { sql } from 'kysely'

/** For `order by`: « Fin 2022 » comes after « 2022 », « Mi-2022 » between; a part moves a year within itself. */
export const imprecisely = sql<Date>`starts_on
  + case part when 'milieu' then interval '5 months' when 'fin' then interval '10 months' else interval '0' end`
