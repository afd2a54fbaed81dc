-- What the city promised, and who carries it.

create table directions (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (length(name) between 1 and 160),
  tagline text not null default '' check (length(tagline) <= 240),
  project text not null default '',
  image_id integer references media on delete set null,
  "order" smallint not null default 0,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  author_id integer references agents on delete set null,
  demonstration boolean not null default false,
  search tsvector generated always as (
    setweight(to_tsvector('french_unaccent', name), 'A') || setweight(to_tsvector('french_unaccent', tagline), 'B')
    || setweight(to_tsvector('french_unaccent', project), 'C')
  ) stored
);
create index directions_search on directions using gin (search);
create index directions_updated on directions (updated_at desc) where published_at is not null;

create table direction_members (
  id integer generated always as identity primary key,
  direction_id integer not null references directions on delete cascade,
  name text not null check (length(name) between 1 and 120),
  job_title text not null default '' check (length(job_title) <= 160),
  portrait_id integer references media on delete set null,
  "order" smallint not null default 0
);
create index direction_members_of on direction_members (direction_id, "order");

create table direction_referents (
  direction_id integer not null references directions on delete cascade,
  agent_id integer not null references agents on delete cascade,
  primary key (direction_id, agent_id)
);
create index direction_referents_agent on direction_referents (agent_id);

create table direction_media (
  direction_id integer not null references directions on delete cascade,
  media_id integer not null references media on delete cascade,
  "order" smallint not null default 0,
  primary key (direction_id, media_id)
);
create index direction_media_media on direction_media (media_id);

create table engagements (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  number smallint not null unique check (number > 0),
  title text not null check (length(title) between 1 and 160),
  tagline text not null default '' check (length(tagline) <= 240),
  description text not null default '',
  -- A name of the palette of public/css/tokens.css, whose contrasts are tested.
  hue text not null check (hue in ('brique', 'ocre', 'feuille', 'lagon', 'prune')),
  image_id integer references media on delete set null,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  author_id integer references agents on delete set null,
  demonstration boolean not null default false,
  search tsvector generated always as (
    setweight(to_tsvector('french_unaccent', title), 'A') || setweight(to_tsvector('french_unaccent', tagline), 'B')
    || setweight(to_tsvector('french_unaccent', description), 'C')
  ) stored
);
create index engagements_search on engagements using gin (search);

create table actions (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  number smallint not null unique check (number > 0),
  engagement_id integer not null references engagements on delete restrict,
  title text not null check (length(title) between 1 and 200),
  status text not null default 'prevue' check (status in ('prevue', 'en_cours', 'realisee')),
  visibility text not null default 'agents' check (visibility in ('agents', 'public')),
  due_on date,
  summary text not null default '',
  results text not null default '',
  tools text not null default '',
  image_id integer references media on delete set null,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  author_id integer references agents on delete set null,
  demonstration boolean not null default false,
  search tsvector generated always as (
    setweight(to_tsvector('french_unaccent', title), 'A') || setweight(to_tsvector('french_unaccent', summary), 'B')
    || setweight(to_tsvector('french_unaccent', results), 'C') || setweight(to_tsvector('french_unaccent', tools), 'D')
  ) stored
);
create index actions_of_engagement on actions (engagement_id, number);
create index actions_search on actions using gin (search);
create index actions_updated on actions (updated_at desc) where published_at is not null;
create index actions_author on actions (author_id);

-- A line of the chronology. People remember « Fin 2022 » or « 2020-2022 »: the date keeps just what is known.
create table action_steps (
  id integer generated always as identity primary key,
  action_id integer not null references actions on delete cascade,
  precision text not null check (precision in ('year', 'years', 'month', 'day')),
  part text check (part in ('debut', 'milieu', 'fin')),
  starts_on date not null,
  ends_on date,
  description text not null check (length(description) between 1 and 600),
  done boolean not null default false,
  "order" smallint not null default 0,
  check (part is null or precision = 'year'),
  check ((precision = 'years') = (ends_on is not null)),
  check (ends_on is null or ends_on > starts_on)
);
create index action_steps_of on action_steps (action_id, starts_on, "order");

create table tags (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('service', 'enjeu')),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (length(name) between 1 and 80),
  demonstration boolean not null default false,
  unique (kind, slug)
);

create table action_tags (
  action_id integer not null references actions on delete cascade,
  tag_id integer not null references tags on delete cascade,
  primary key (action_id, tag_id)
);
create index action_tags_tag on action_tags (tag_id);

create table action_directions (
  action_id integer not null references actions on delete cascade,
  direction_id integer not null references directions on delete cascade,
  primary key (action_id, direction_id)
);
create index action_directions_direction on action_directions (direction_id);

create table action_pilotes (
  action_id integer not null references actions on delete cascade,
  agent_id integer not null references agents on delete cascade,
  primary key (action_id, agent_id)
);
create index action_pilotes_agent on action_pilotes (agent_id);

create table action_documents (
  action_id integer not null references actions on delete cascade,
  media_id integer not null references media on delete cascade,
  "order" smallint not null default 0,
  primary key (action_id, media_id)
);
create index action_documents_media on action_documents (media_id);

-- Symmetrical: stored once, the smaller number first, read from both sides.
create table related_actions (
  action_id integer not null references actions on delete cascade,
  related_id integer not null references actions on delete cascade,
  primary key (action_id, related_id),
  check (action_id < related_id)
);
create index related_actions_related on related_actions (related_id);
